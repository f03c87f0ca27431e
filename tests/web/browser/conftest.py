"""Real Chromium on the real app, with data made for the tests. What goes wrong in a window fails the test."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser

from tests.web.browser.states import STATES
from tests.web.browser.window import HEIGHT, WIDE, Window
from tools.browser import Served, open_browser, served


class Opening(Protocol):
    """What the fixture `window` gives: opens a window on the served data."""

    def __call__(
        self, at: Served, *, width: int = WIDE, dark: bool = False, scripts: bool = True, moving: bool = False
    ) -> Window:
        """Open a window of this width that has entered; by default light, with scripts and with motion reduced."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give the browser."""
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Give a way to get the folder of a state, made once; it is copied before it is used."""
    folders: dict[str, Path] = {}

    def folder(state: str) -> Path:
        if state not in folders:
            folders[state] = tmp_path_factory.mktemp(state) / "data"
            STATES[state](folders[state])
        return folders[state]

    return folder


@pytest.fixture
def start(made: Callable[[str], Path], tmp_path: Path) -> Iterator[Callable[[str], Served]]:
    """Give a way to serve data in one of the STATES, or those in `tmp_path / "data"` again after a first start."""
    with ExitStack() as running:

        def serve(state: str) -> Served:
            folder = tmp_path / "data"
            running.close()
            if not folder.exists():
                shutil.copytree(made(state), folder)
            return running.enter_context(served(folder))

        yield serve


@pytest.fixture
def window(browser: Browser) -> Iterator[Opening]:
    """Give a way to open windows; whatever went wrong in one of them fails the test at its end."""
    opened: list[Window] = []

    def enter(
        at: Served, *, width: int = WIDE, dark: bool = False, scripts: bool = True, moving: bool = False
    ) -> Window:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            color_scheme="dark" if dark else "light",
            reduced_motion="no-preference" if moving else "reduce",
            java_script_enabled=scripts,
            service_workers="block",
        )
        name = f"{width}-{'dark' if dark else 'light'}"
        opened.append(Window(context.new_page(), at, name if scripts else f"{name}-plain", scripts))
        opened[-1].enter()
        return opened[-1]

    yield enter
    for each in opened:
        each.page.context.close()
    assert [wrong for each in opened for wrong in each.wrong] == []
