"""Puts everything that cannot be computed again into a parcel, in plain formats."""

from outgrow.store import files, plain
from outgrow.store.database import Store, Transaction
from outgrow.store.parcel import FILES, Packer


def put_everything(view: Transaction, store: Store, packer: Packer) -> tuple[str, ...]:
    """Put in all records and kept files; return the names of those files that are gone or damaged."""
    for kind in plain.KINDS:
        packer.put(kind.file, plain.lines(view, kind), counted=True)
    return put_files(view, store, packer)


def put_files(view: Transaction, store: Store, packer: Packer) -> tuple[str, ...]:
    """Put in the kept files; return the names of those that are gone or damaged, which are left out."""
    kept = files.mentioned(view)
    lost = {each.sha256 for each, _ in files.damaged(store, kept)}
    for each in kept:
        if each.sha256 not in lost:
            packer.put_file(FILES + each.sha256, files.place(store, each))
    return tuple(each.name for each in kept if each.sha256 in lost)
