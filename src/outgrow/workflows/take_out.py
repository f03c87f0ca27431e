"""Takes everything out in plain formats, so that the person can always leave."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from outgrow.analysis.grouping import key_of
from outgrow.model.capability import Capability, CapabilityState
from outgrow.model.evidence import Evidence
from outgrow.model.review import Commitment
from outgrow.reports import export_guide, spreadsheet
from outgrow.reports.spreadsheet import Cell
from outgrow.reports.taken_out import Export
from outgrow.store import activities, backup, export, judgements, parcel, versions, workstreams
from outgrow.store.activities import Stored
from outgrow.store.database import Transaction
from outgrow.workflows.workspace import Workspace

#: The folder, among the data, of what was made to be downloaded.
LEAVING = "leaving"
_DOWNLOAD = "outgrow-export.zip"

Row = tuple[Cell, ...]


def take_out(workspace: Workspace, target: Path) -> Export:
    """Write everything into a folder, or a ZIP where the name ends so. Raises CannotPack; then nothing is there."""
    target = target.expanduser().absolute()
    with workspace.store.look() as view, parcel.packing(target, "export") as packer:
        workspace.progress("Writing records", 0)
        missing = export.put_everything(view, workspace.store, packer)
        for name, rows in _tables(view).items():
            workspace.progress(f"Writing the table of {name}", 0)
            packer.put(f"tables/{name}.csv", spreadsheet.rows(name, rows))
        packer.put("README.md", [export_guide.render().encode()])
        told = packer.told
    return Export(
        path=str(target),
        size=_size(target),
        records={each.name: each.records for each in told if each.records is not None},
        files=sum(each.name.startswith(parcel.FILES) for each in told),
        missing=missing,
    )


def download(workspace: Workspace) -> Path:
    """Return where an export lies that was made to be downloaded, whether it is there or not."""
    return backup.home(workspace.store) / LEAVING / _DOWNLOAD


def make_download(workspace: Workspace) -> Export:
    """Make an export to be downloaded, in place of the one before. Raises CannotPack."""
    target = download(workspace)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    return take_out(workspace, target)


def _size(target: Path) -> int:
    return sum(each.stat().st_size for each in ([target] if target.is_file() else target.rglob("*")) if each.is_file())


def _tables(view: Transaction) -> Mapping[str, Iterable[Row]]:
    pins, names = workstreams.pins(view), _names(view)
    return {
        "activities": (_activity(each, names, pins, gone=gone) for each, gone in activities.stream(view)),
        "judgements": _judgements(view, names),
        "capabilities": (_capability(*each) for each in versions.current(view, Capability).items()),
        "evidence": (_evidence(*each) for each in versions.current(view, Evidence).items()),
        "commitments": (_commitment(*each) for each in versions.current(view, Commitment).items()),
    }


def _names(view: Transaction) -> dict[str, str]:
    """Return what to call the kinds of work the person spoke of: by the name given, else by their first activity.

    Nothing that is computed is asked, for it may not be there, and differs from day to day.
    """
    pins = workstreams.pins(view)
    names: dict[str, str] = {}
    for each, _ in activities.stream(view) if pins else ():
        workstream = pins.get(key_of(each.activity))
        if workstream:
            names.setdefault(workstream, each.activity.title)
    return names | workstreams.names(view)


def _activity(each: Stored, names: Mapping[str, str], pins: Mapping[str, str], *, gone: bool) -> Row:
    told = each.activity
    return (
        each.id,
        told.start,
        told.end,
        told.minutes,
        told.title,
        told.project,
        told.kind.value,
        told.source,
        told.account,
        ", ".join(told.people),
        ", ".join(told.tags),
        told.role.value,
        told.state.value,
        "yes" if gone else "",
        names.get(pins.get(key_of(told), ""), "") if pins else "",
    )


def _judgements(view: Transaction, names: Mapping[str, str]) -> Iterator[Row]:
    for number, each in judgements.numbered(view):
        yield (
            number,
            each.said_at,
            names.get(each.workstream, ""),
            each.value.value,
            each.since,
            "; ".join(sorted(reason.value for reason in each.reasons)),
            each.discomfort,
            ", ".join(map(str, sorted(each.exceptions))),
        )


def _capability(number: int, each: Capability) -> Row:
    since = {reached.state: reached.on for reached in each.reached}
    evidence = sorted({found for reached in each.reached for found in reached.evidence})
    return (
        number,
        each.name,
        each.state.value,
        *(since.get(state) for state in CapabilityState),
        ", ".join(map(str, evidence)),
        each.merged_into or each.superseded_by,
    )


def _evidence(number: int, each: Evidence) -> Row:
    return (
        number,
        each.on,
        each.action,
        each.situation,
        each.result,
        each.hours,
        ", ".join(each.seen_by),
        each.kind.value,
        each.polish.value,
        ", ".join(link.url for link in each.links),
        ", ".join(kept.name for kept in each.files),
    )


def _commitment(number: int, each: Commitment) -> Row:
    return number, each.text, each.due, each.sign, each.outcome.value if each.outcome else "", each.note
