"""Finds the browser that the browser tests drive, and installs it where that needs no question."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.environment import tell

CHOICE = "OUTGROW_CHROMIUM"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome", "msedge")
_ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
MISSING = (
    "The browser tests need Chromium, Chrome or Edge, and none was found. On Debian and Ubuntu install one with: "
    f"sudo apt install chromium. Elsewhere install Chrome, or set {CHOICE} to the path of a browser of that family."
)


def found() -> str:
    """Return the path of the browser that OUTGROW_CHROMIUM names, or else of one that is installed; empty if none."""
    if chosen := os.environ.get(CHOICE):
        return shutil.which(chosen) or ""
    on_path = (shutil.which(name) for name in _NAMES)
    elsewhere = (path for path in _ELSEWHERE if Path(path).exists())
    return next((path for path in (*on_path, *elsewhere) if path), "")


def prepared() -> str:
    """Return the path of the browser, installing it where we may, or end the program with a sentence."""
    if not found() and _may_install():
        tell("Installing chromium for the browser tests (once)")
        _install()
    return found() or sys.exit(MISSING)


def _may_install() -> bool:
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return is_root and bool(shutil.which("apt-get")) and CHOICE not in os.environ


def _install() -> None:
    surroundings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (("update",), ("install", "--yes", "--no-install-recommends", "chromium")):
        command = ("apt-get", "--quiet", "--quiet", *words)
        subprocess.run(command, env=surroundings, stdout=subprocess.DEVNULL, check=False)  # noqa: S603 - our own words
