"""The browser of the browser tests is found where it is, installed where that needs no question, or asked for."""

import os
import shutil
from pathlib import Path

import pytest

from tools import chromium


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the only folder programs are looked for in: a machine without a browser."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(chromium.CHOICE, raising=False)
    monkeypatch.setattr(chromium, "_ELSEWHERE", ())
    return tmp_path


def program(path: Path) -> Path:
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_a_browser_on_the_path_is_found(bare: Path) -> None:
    assert chromium.found() == ""
    chrome = program(bare / "google-chrome")
    assert chromium.found() == str(chrome)


def test_the_one_that_is_named_comes_first(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare / "chromium")
    other = program(bare / "other")
    monkeypatch.setenv(chromium.CHOICE, str(other))
    assert chromium.prepared() == str(other)
    monkeypatch.setenv(chromium.CHOICE, str(bare / "absent"))
    assert chromium.found() == ""


@pytest.mark.parametrize("root", [False, True])
def test_where_it_may_not_be_installed_the_person_is_told(
    bare: Path, monkeypatch: pytest.MonkeyPatch, root: bool
) -> None:
    assert not (bare / "apt-get").exists()
    monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000)
    with pytest.raises(SystemExit, match="sudo apt install chromium"):
        chromium.prepared()


def test_root_installs_it_with_apt(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    copy = shutil.which("cp", path=os.defpath)
    installer = program(bare / "apt-get")
    installer.write_text(f'#!/bin/sh\n[ "$3" = install ] && {copy} "$0" "{bare}/chromium"\n', encoding="utf-8")
    assert chromium.prepared() == str(bare / "chromium")
