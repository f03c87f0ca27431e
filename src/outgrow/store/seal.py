"""Closes a file with a passphrase, in the format of age: any program that knows it can open the file as well.

A whole file is in memory meanwhile, for that is how age closes one with a passphrase.
"""

import os
from pathlib import Path

import pyrage  # type: ignore[import-untyped] # it tells no types

from outgrow.model.fault import Fault

_HEAD = b"age-encryption.org/v1"
_WRONG = "Decryption failed"  # what age says when the passphrase opens nothing


class NeedsPassphrase(Fault):
    """A file is closed with a passphrase, and none was given."""

    exit_code = 2


class CannotOpen(Fault):
    """A closed file does not open: the passphrase is another one, or the file is not whole."""

    exit_code = 2


def is_sealed(path: Path) -> bool:
    """Whether a file is closed with a passphrase."""
    with path.open("rb") as file:
        return file.read(len(_HEAD)) == _HEAD


def seal(path: Path, sealed: Path, passphrase: str) -> None:
    """Write a file closed with a passphrase, readable by the person alone, and have the disk take it."""
    closed = pyrage.passphrase.encrypt(path.read_bytes(), passphrase)
    with os.fdopen(os.open(sealed, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(closed)
        file.flush()
        os.fsync(file.fileno())


def unseal(path: Path, passphrase: str) -> bytes:
    """Return what a closed file holds; raises NeedsPassphrase and CannotOpen."""
    if not passphrase:
        message = f"{path} is closed with a passphrase. Give it when you are asked, or in OUTGROW_PASSPHRASE."
        raise NeedsPassphrase(message)
    try:
        held: bytes = pyrage.passphrase.decrypt(path.read_bytes(), passphrase)
    except pyrage.DecryptError as error:
        raise CannotOpen(_why(path, str(error))) from error
    return held


def _why(path: Path, said: str) -> str:
    if said == _WRONG:
        return f"The passphrase does not open {path}. Give the one it was closed with."
    return f"{path} is not whole: it was cut off or changed since it was made. Take another copy of it."
