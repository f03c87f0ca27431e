"""Who reads what: importers by entry points, files by their first bytes, folders without surprises."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from outgrow.importers import discovery

Install = Callable[[str, str, str], Path]
READER = """
from outgrow.importers.contract import Importer

class Reader(Importer):
    name = "reader"

    def identify(self, path, head):
        if path.suffix == ".fail":
            raise RuntimeError
        return head.startswith(b"MINE")

    def read(self, path, context):
        yield from ()
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    top = tmp_path / "things"
    for name in ("day.md", "notes/b.md", "notes/a.md", "todo.txt", "strange.bin", ".hidden.md", ".obsidian/x.md"):
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("- [x] done\n")
    (top / "node_modules").mkdir()
    (top / "node_modules" / "read.md").write_text("- [x] theirs")
    return top


def repository(folder: Path) -> Path:
    subprocess.run(["git", "init", "-q", str(folder)], check=True)  # noqa: S607 - whichever git there is
    return folder


@pytest.mark.parametrize(
    ("name", "text", "importer"),
    [
        ("2024-05-01.md", "- [x] done", "notes"),
        ("todo.txt", "call", "todotxt"),
        ("jobs.txt", "x 2024-05-01 call\n(A) write\n", "todotxt"),
        ("letter.txt", "Dear Ann,\n\nx marks the spot", None),
        ("calendar.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "icalendar"),
        ("empty.bin", "", None),
    ],
)
def test_files_are_known_by_name_and_first_bytes(tmp_path: Path, name: str, text: str, importer: str | None) -> None:
    path = tmp_path / name
    path.write_text(text)
    assert discovery.identify(path) == importer


def test_a_repository_is_known_by_its_folder(tmp_path: Path) -> None:
    assert discovery.identify(repository(tmp_path / "code")) == "git"
    assert discovery.identify(tmp_path) is None


def test_a_plugin_comes_in_by_the_same_door_and_is_asked_first(install: Install, tmp_path: Path) -> None:
    install("reader", "reader_plugin:Reader", READER)
    path = tmp_path / "todo.txt"
    path.write_text("MINE")
    assert discovery.identify(path) == "reader"
    assert discovery.target("reader") == "reader_plugin:Reader"


def test_a_plugin_that_fails_over_a_file_does_not_read_it(install: Install, tmp_path: Path) -> None:
    install("reader", "reader_plugin:Reader", READER)
    path = tmp_path / "x.fail"
    path.write_text("x")
    assert discovery.identify(path) is None


@pytest.mark.parametrize(
    "source", ["import no_such_module", "raise SystemError", "Reader = 1", "Reader = dict", "class Reader(: pass"]
)
def test_a_broken_plugin_is_reported_and_the_others_work(install: Install, source: str) -> None:
    install("reader", "reader_plugin:Reader", source)
    assert [each.name for each in discovery.broken()] == ["reader"]
    assert "reader_plugin:Reader" in discovery.broken()[0].reason
    assert "notes" in discovery.importers()
    assert discovery.find("reader") is None


def test_one_importer_is_found_without_loading_the_others(install: Install) -> None:
    install("reader", "reader_plugin:Reader", READER)
    found = discovery.find("todotxt")
    assert "reader_plugin" not in sys.modules
    assert found is discovery.importers()["todotxt"]
    assert discovery.find("nobody") is None


def test_no_plugin_replaces_one_of_ours(install: Install) -> None:
    install("notes", "reader_plugin:Reader", READER)
    assert discovery.target("notes") == "outgrow.importers.notes:Notes"


def test_a_folder_is_sorted_by_importer(tree: Path) -> None:
    found = discovery.walk(tree)
    assert found.by_importer == {
        "notes": [tree / "day.md", tree / "notes/a.md", tree / "notes/b.md"],
        "todotxt": [tree / "todo.txt"],
    }
    assert found.unknown == (tree / "strange.bin",)


def test_a_repository_is_one_path_and_not_entered(tree: Path) -> None:
    code = repository(tree / "code")
    (code / "README.md").write_text("- [x] not mine")
    found = discovery.walk(tree)
    assert found.by_importer["git"] == [code]
    assert code / "README.md" not in found.by_importer["notes"]


def test_a_vault_kept_in_git_gives_its_commits_and_its_notes(tree: Path) -> None:
    repository(tree)
    assert set(discovery.walk(tree).by_importer) == {"git", "notes", "todotxt"}


@pytest.mark.promise("P14")
def test_links_never_lead_out_of_the_folder(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("- [x] secret")
    (tree / "link.md").symlink_to(tmp_path / "secret.md")
    (tree / "inside.md").symlink_to(tree / "day.md")
    (tree / "round").symlink_to(tree)
    (tree / "out").symlink_to(tmp_path)
    (tree / "nowhere.md").symlink_to(tmp_path / "missing.md")
    notes = discovery.walk(tree).by_importer["notes"]
    assert tree / "inside.md" in notes
    assert not [each for each in notes if each.name in {"link.md", "secret.md", "nowhere.md"}]
    assert not [each for each in notes if "round" in each.parts]


def test_what_is_no_file_is_passed_over(tree: Path) -> None:
    import os  # noqa: PLC0415 - mkfifo is not everywhere

    os.mkfifo(tree / "pipe.md")
    assert tree / "pipe.md" not in discovery.walk(tree).by_importer["notes"]
    assert discovery.walk(tree / "missing").by_importer == {}
