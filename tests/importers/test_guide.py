"""The guide for authors of importers: its example is really installed, found, run and checked."""

import re
import runpy
from collections.abc import Callable
from pathlib import Path

import pytest

from outgrow.importers import discovery, testing
from outgrow.importers.contract import Context
from outgrow.importers.sandbox import Batch, FileEnded, read

GUIDE = Path(__file__).parents[2] / "docs" / "importers.md"
Install = Callable[[str, str, str], Path]


@pytest.fixture
def worklog(install: Install) -> str:
    """Install the example of the guide under the entry point the guide names."""
    text = GUIDE.read_text(encoding="utf-8")
    source = re.findall(r"```python\n(.*?)```", text, re.DOTALL)[0]
    name, place = re.findall(r'^(\w+) = "([\w.:]+)"$', text, re.MULTILINE)[0]
    install(name, place, source)
    return str(source)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "samples" / "week.worklog"
    path.parent.mkdir()
    path.write_text("2024-05-02 09:00 1.5 Wrote the plan\n\nlunch\n2024-02-30 09:00 1 Never\n")
    return path


def test_the_example_is_short(worklog: str) -> None:
    assert len(worklog.splitlines()) < 60


def test_the_example_is_found_and_run_in_the_sandbox(worklog: str, log: Path, context: Context) -> None:
    assert worklog
    assert discovery.identify(log) == "worklog"
    _, batch, ended = read("worklog", [log], context)
    assert isinstance(batch, Batch)
    assert [each.title for each in batch.activities] == ["Wrote the plan"]
    assert batch.activities[0].minutes == 90
    assert [each.line for each in batch.problems] == [3, 4]
    assert isinstance(ended, FileEnded)
    assert ended.tally.records == 3


def test_the_harness_checks_the_example(
    worklog: str, log: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert worklog
    arguments = ["outgrow_worklog:WorkLog", str(log.parent)]
    assert testing.main(arguments) == 1
    assert '+      "title": "Wrote the plan",' in capsys.readouterr().out
    assert testing.main([*arguments, "--update"]) == 0
    monkeypatch.setattr("sys.argv", ["testing", *arguments])
    with pytest.raises(SystemExit) as left:
        runpy.run_path(testing.__file__, run_name="__main__")
    assert left.value.code == 0
    assert "1 samples, all as they should be" in capsys.readouterr().out


def test_every_built_in_importer_is_in_the_guide() -> None:
    listed = set(re.findall(r"^\| `(\w+)` \|", GUIDE.read_text(encoding="utf-8"), re.MULTILINE))
    assert listed == {name for name in discovery.importers() if discovery.target(name).startswith("outgrow.")} | {
        each.name for each in discovery.broken()
    }
