"""`outgrow ladder`, as a person would use it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from outgrow.cli.main import main

FILE = """\
name: Ours
levels: [Junior, Senior]
expectations:
- {level: Junior, kind: craft, text: Writes a report}
- {level: Senior, kind: craft, text: writes a report}
-\t{level: Senior, kind: leadership, text: Leads a team, id: lead}
"""
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on data of its own; return its exit code and what it printed."""

    def ladder(*words: str) -> tuple[int, str]:
        code = main(["--data", str(tmp_path / "data"), *words])
        said = capsys.readouterr()
        return code, said.out + said.err

    return ladder


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "ours.yml"
    path.write_text(FILE)
    return str(path)


def test_a_ladder_is_looked_at_then_imported(run: Run, file: str) -> None:
    code, said = run("ladder", "import", file, "--dry-run")
    assert code == 3
    assert "Ours (ours.yml): 2 levels, 3 expectations of 2 kinds." in said
    assert "1 place to look at:\n  line 6: a tab in column 2, where YAML allows spaces alone" in said
    assert "Ours" not in run("ladder", "list")[1]
    assert "Kept as ladder 1." in run("ladder", "import", file)[1]
    assert "It is there already, as ladder 1." in run("ladder", "import", file)[1]
    assert "Ours              1       2             3" in run("ladder", "list")[1]


def test_the_step_is_set_and_shown(run: Run, file: str) -> None:
    run("ladder", "import", file)
    code, said = run("ladder", "aim", "junior", "--ladder", "ours")
    assert code == 0
    assert "Ours: from Junior to Senior\nSenior expects 1 thing that Junior does not; 1 expectation of both" in said
    assert "Leads a team\n      [lead]" in said
    assert run("ladder", "step")[1] == said
    assert "Junior to Senior" in run("ladder", "list")[1]
    assert run("undo")[1].startswith("Taken back: the ladder and the levels you look at")
    step = json.loads(run("ladder", "step", "--from", "senior", "--to", "lead", "--json")[1])
    assert (step["outgrow"], step["ladder_name"], len(step["asked"])) == ("ladder step", "Knowledge work", 12)


def test_a_ladder_is_edited_and_exported(run: Run, file: str, tmp_path: Path) -> None:
    run("ladder", "import", file)
    words = ["Teaches", "--kind", "leadership", "--example", "a course", "--ladder", "1"]
    assert "Teaches\n      Such as: a course\n      [senior-leadership-1]" in run("ladder", "add", "senior", *words)[1]
    assert "Teaches others" in run("ladder", "edit", "lead", "--text", "Teaches others", "--ladder", "1")[1]
    assert "Chief (level Senior" in run("ladder", "rename", "Chief", "--level", "senior", "--ladder", "1")[1]
    assert "Removed: Teaches others." in run("ladder", "remove", "1", "--expectation", "lead")[1]
    exported = run("ladder", "export", "1")[1]
    assert exported == run("ladder", "show", "ours", "--json")[1]
    (tmp_path / "again.json").write_text(exported)
    assert "Ours (again.json): 2 levels, 3 expectations" in run("ladder", "import", str(tmp_path / "again.json"))[1]
    assert run("ladder", "remove", "1")[1] == "Removed: Ours. outgrow undo brings it back.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "Pilots"], "'Pilots' is no ladder. There are: 0 Knowledge work. Say the number."),
        (["show", "--level", "Captain"], "'Captain' is no level of Knowledge work. Say one of: Associate, "),
        (["aim", "director"], "No level of Knowledge work follows Director. Say which one to look at."),
        (["edit", "nothing", "--text", "x"], "Knowledge work has no expectation 'nothing'."),
        (["edit", "nothing"], "say what shall be different: --text, --kind or --example"),
        (["remove", "0"], "The built-in ladder stays"),
        (["import", "/nowhere.yml"], "'/nowhere.yml' does not exist"),
    ],
)
def test_what_is_asked_wrongly_names_the_remedy(run: Run, words: list[str], said: str) -> None:
    code, printed = run("ladder", *words)
    assert code == 2
    assert said in printed


def test_nothing_of_a_ladder_steers_the_terminal(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "evil.json"
    text = {"level": "J\u001b[31m", "kind": "k\u202e", "text": "\u001b]0;x\u0007 \u202ereversed"}
    path.write_text(json.dumps({"name": "\u001b[2J", "levels": ["J\u001b[31m"], "expectations": [text]}))
    for words in (["import", str(path)], ["show", "1"], ["list"], ["step", "--ladder", "1"]):
        assert not set(run("ladder", *words)[1]) & set("\u001b\u202e\u0007")
