"""Nothing of a ladder is lost: as much is read as plain counting of its lines finds; and its steps make sense."""

import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest

from outgrow.analysis.readiness import step
from outgrow.importers.contract import Context
from outgrow.importers.ladders.reader import LadderFile
from outgrow.model.ladder import Ladder
from outgrow.workflows.show_next import level_after
from tests.importers import test_ladders as shapes

#: Ladders of real companies, where a checkout has them beside it.
REAL = Path(__file__).parents[2].parent / "shared" / "data" / "ladders"
OWN = {"tracks.yml": shapes.TWO_TRACKS, "topics.md": shapes.TOPICS, "prose.md": shapes.PROSE}
ENDINGS = {".yml", ".yaml", ".md", ".json"}


def files(folder: Path) -> list[Path]:
    """Return the ladders of a folder; none where there is no such folder."""
    return sorted(each for each in folder.glob("*") if each.suffix in ENDINGS)


@pytest.fixture(params=OWN)
def own(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    name: str = request.param
    shapes.read(tmp_path, name, OWN[name])
    return tmp_path / name


@pytest.fixture(params=range(len(files(REAL))) if files(REAL) else [None])
def real(request: pytest.FixtureRequest) -> Path:
    place: int | None = request.param
    if place is None:
        pytest.skip("no real ladders lie beside this checkout")
    return files(REAL)[place]


def read(path: Path) -> tuple[Ladder, int, list[str]]:
    """Read a ladder: what it is, what was passed over, and the reasons of its problems."""
    reader = LadderFile()
    problems = [each.reason for each in reader.read(path, Context(now=shapes.NOW))]
    ladder = reader.ladder()
    assert ladder
    return ladder, sum(reader.passed_over().values()), problems


def counted(text: str) -> int:
    """Count what a file expects by its lines alone: entries of competencies, bullets of front matter, else prose."""
    lines = text.splitlines()
    if "competencies:" in lines:
        return sum(line.startswith("  - id:") for line in lines[lines.index("competencies:") :])
    front = list(takewhile(lambda line: line.strip() != "---", lines[1:]))
    below = lines[len(front) + 2 :]
    return _bullets(front) if any("content:" in line for line in front) else sum(1 for _ in _paragraphs(below))


def _bullets(lines: list[str]) -> int:
    """Count the bullets, but for the examples of a criterion that is counted itself."""
    found, example = 0, False
    for line in map(str.strip, lines):
        told = re.match(r"- criteria: \W*(.*)", line)
        if told:
            example = not re.match(r"Criteria (?:for|of) ", told[1])
            found += example
        elif line in {"criteria:", "exampleCriteria:"}:
            example = False
        elif re.match(r"-\s*[\"']", line):
            found += not example
    return found


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Yield the first line of each paragraph and each outer bullet of the prose below the topics of a level."""
    before, heading = "", ""
    for line in lines:
        heading = line if line.startswith("#") else heading
        bullet, begins = line.startswith("- "), bool(line[:1].strip()) and not before.strip()
        if heading.startswith("###") and (bullet or (begins and not line.startswith(("#", "---")))):
            yield line
        before = line


def check(path: Path) -> None:
    """See that all is read, that problems tell of nothing else than of tabs, and that each step asks for something."""
    text = path.read_text(encoding="utf-8-sig")
    ladder, references, problems = read(path)
    assert len(ladder.expectations) + references == counted(text) > 0
    assert all("tab in column" in each for each in problems)
    assert len(problems) == sum("\t" in line for line in text.splitlines())
    assert not any(set("\u200b\ufeff\ufffd") & set(each.text) for each in ladder.expectations)
    _check_steps(ladder)


def _check_steps(ladder: Ladder) -> None:
    found = 0
    for level in ladder.levels:
        after = level_after(ladder, level.id)
        if after and ladder.of(after.id):
            asked = step(ladder, level.id, after.id).asked
            assert 0 < len(asked) <= len(ladder.of(after.id)), f"from {level.name} to {after.name}"
            found += 1
    assert found, "there is a step"


def test_every_shape_is_read_whole_and_has_steps(own: Path) -> None:
    check(own)


def test_real_ladders_are_read_whole_and_have_steps(real: Path) -> None:
    check(real)
