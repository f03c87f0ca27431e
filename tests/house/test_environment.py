"""Setting up says plainly what stands in its way, and is done once."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tools import environment
from tools.environment import Environment, SetUpFailed

ROOT = Path(__file__).parents[2]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that looks like the repository to the set-up."""
    (tmp_path / "requirements").mkdir()
    for name in ("requirements/run.txt", "requirements/build.txt", "pyproject.toml"):
        (tmp_path / name).write_text("# empty\n")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    return tmp_path


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the environments made, which the test makes no packages for."""
    names: list[str] = []

    def make(wanted: Environment) -> None:
        wanted.folder.mkdir(parents=True, exist_ok=True)
        names.append(wanted.name)

    monkeypatch.setattr(Environment, "_make", make)
    return names


def test_it_is_made_once(house: Path, made: list[str]) -> None:
    Environment("run").ready()
    Environment("run").ready()
    assert made == ["run"]
    assert (house / ".env" / "run" / "stamp").exists()


@pytest.mark.parametrize("changed", ["requirements/run.txt", "requirements/build.txt", "pyproject.toml"])
def test_it_is_made_anew_when_what_it_rests_on_has_changed(house: Path, made: list[str], changed: str) -> None:
    Environment("run").ready()
    (house / changed).write_text("# something else\n")
    Environment("run").ready()
    assert made == ["run", "run"]


def test_a_python_without_ensurepip_is_told_what_to_install(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert house
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(SetUpFailed, match="sudo apt install python3-venv"):
        Environment("run").ready()


def test_a_missing_network_is_named(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (house / "requirements" / "run.txt").write_text("absent==1.0 --hash=sha256:" + 64 * "0" + "\n")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    with pytest.raises(SetUpFailed, match="cannot be reached from here"):
        Environment("run").ready()


@pytest.mark.parametrize(
    ("stop", "words"), [(SetUpFailed("No network."), "No network."), (KeyboardInterrupt(), "Run this again")]
)
def test_what_stops_the_set_up_is_said_without_a_trace(
    house: Path, monkeypatch: pytest.MonkeyPatch, stop: BaseException, words: str
) -> None:
    def refuse(_wanted: Environment) -> None:
        raise stop

    monkeypatch.setattr(Environment, "_make", refuse)
    with pytest.raises(SystemExit, match=words):
        environment.prepared("run")
    assert not (house / ".env" / "run" / "stamp").exists()


def test_an_old_python_is_told_which_one_is_needed() -> None:
    pretend = "import sys; sys.version_info = (3, 9); sys.argv = ['start.py']; import tools"
    said = subprocess.run([sys.executable, "-c", pretend], cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert "needs Python 3.11 or newer, and this is Python 3.9" in said.stderr
