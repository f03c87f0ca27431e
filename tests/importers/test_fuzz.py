"""A short run of spoilt files through every importer; `python -m benchmarks.fuzz --count 100000` is the long one."""

from pathlib import Path

import pytest

from benchmarks import fuzz
from outgrow.importers import discovery


@pytest.mark.promise("P9")
@pytest.mark.parametrize("importer", sorted(discovery.importers()))
def test_no_spoilt_file_breaks_an_importer(importer: str, tmp_path: Path) -> None:
    count = 8 if importer == "git" else 120
    outcome = fuzz.fuzz(importer, count, keep=tmp_path)
    assert outcome.broke == []
    assert outcome.files == count
    assert outcome.slowest < fuzz.SLOWEST


def test_the_same_number_gives_the_same_file(tmp_path: Path) -> None:
    (once,) = fuzz.spoilt_files("notes", tmp_path, [7])
    before = once.read_bytes()
    (again,) = fuzz.spoilt_files("notes", tmp_path, [7])
    assert again.read_bytes() == before
    assert before not in fuzz.seeds("notes").values()
