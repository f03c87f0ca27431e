"""Prints a packet as PDF with an installed browser: no window, no network, a profile of its own."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

#: Names another browser of that family, by its name or path.
CHOICE = "OUTGROW_BROWSER"
_NAMES = {
    "chromium": "Chromium",
    "chromium-browser": "Chromium",
    "google-chrome": "Chrome",
    "google-chrome-stable": "Chrome",
    "chrome": "Chrome",
    "microsoft-edge": "Edge",
    "microsoft-edge-stable": "Edge",
    "msedge": "Edge",
}
_ELSEWHERE = {
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome": "Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium": "Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge": "Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe": "Chrome",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe": "Chrome",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe": "Edge",
}
_ARGUMENTS = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
)
_PATIENCE = 30.0  # seconds
#: What the browser notes of itself, of the machine and of the moment.
_NOTED = re.compile(rb"/(?:Creator|Producer|CreationDate|ModDate) ?\((?:\\.|[^\\)])*\)", re.DOTALL)


def browsers() -> Iterator[tuple[str, str]]:
    """Yield the path and the name of each browser found that prints: that which is named in OUTGROW_BROWSER first."""
    if chosen := os.environ.get(CHOICE):
        path = shutil.which(chosen)
        if path:
            yield path, Path(path).name
        return
    for name, word in _NAMES.items():
        if path := shutil.which(name):
            yield path, word
    yield from ((path, word) for path, word in _ELSEWHERE.items() if Path(path).is_file())


def browser() -> str:
    """Return the name of the browser that would print; empty where there is none."""
    return next((word for _, word in browsers()), "")


def print_pdf(page: str) -> tuple[bytes, str] | None:
    """Print an HTML page; return the PDF and the name of the browser, or None where none could."""
    with tempfile.TemporaryDirectory(prefix="outgrow-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, "packet.html")
        source.write_text(page, encoding="utf-8")
        for path, word in browsers():
            printed = _printed(path, source)
            if printed:
                return without_notes(printed), word
    return None


def _printed(browser: str, source: Path) -> bytes:
    """Return what a browser prints; nothing where it fails or takes too long."""
    target = source.with_suffix(".pdf")
    own = [f"--user-data-dir={source.with_name('profile')}", f"--print-to-pdf={target}", source.as_uri()]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        own.insert(0, "--no-sandbox")  # it refuses to run for root otherwise
    with suppress(OSError, subprocess.SubprocessError):
        subprocess.run(  # noqa: S603 - a browser found at its usual place, or the one the person names
            [browser, *_ARGUMENTS, *own],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
        return target.read_bytes()
    return b""


def without_notes(pdf: bytes) -> bytes:
    """Return a PDF that keeps its title alone of what is noted about it; nothing in it moves."""
    return _NOTED.sub(lambda found: b" " * len(found[0]), pdf)
