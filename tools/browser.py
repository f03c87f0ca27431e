"""Runs the app on this machine and opens a real browser that can reach it and nothing else."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from outgrow.web.app import EXAMPLE, create_app
from outgrow.web.desk import Desk
from outgrow.web.security import Doors
from outgrow.web.serve import listen
from outgrow.workflows.demonstrate import example_folder
from tools import chromium

HOST = "127.0.0.1"
_ARGUMENTS = (f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}", "--force-color-profile=srgb")
_PATIENCE = 10.0


class NoBrowser(Exception):  # noqa: N818 - names what is missing
    """There is no browser to open; the message says what to install."""


@dataclass(frozen=True, slots=True)
class Served:
    """The app while it runs: the data folder, its address without a slash at the end, and the links into it."""

    folder: str
    address: str
    doors: Doors

    def link(self) -> str:
        """Return a new one-use link."""
        return self.address + self.doors.link()


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Open the installed Chromium without a window; raises NoBrowser."""
    path = chromium.found()
    if not path:
        raise NoBrowser(chromium.MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        browser.close()


def machine_clock() -> datetime | None:
    """Leave the present moment to the clock of this machine."""
    return None


@contextmanager
def served(folder: Path, clock: Callable[[], datetime | None] = machine_clock) -> Iterator[Served]:
    """Serve the data in a folder, and the example beside them, on any free port of this machine."""
    own = Desk(str(folder), clock=clock)
    example = Desk(str(example_folder(str(folder))), EXAMPLE, clock)
    doors = Doors()
    with listen(0) as listening:
        port = listening.getsockname()[1]
        app = create_app(own, example, doors, port)
        config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", ws="none", http="h11")
        with _serving(uvicorn.Server(config), listening):
            yield Served(str(folder), f"http://{HOST}:{port}", doors)
    own.close()
    example.close()


@contextmanager
def _serving(server: uvicorn.Server, listening: socket.socket) -> Iterator[None]:
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    until = time.monotonic() + _PATIENCE
    while not server.started and time.monotonic() < until:
        time.sleep(0.005)
    try:
        yield
    finally:
        server.should_exit = server.force_exit = True
        thread.join(_PATIENCE)
