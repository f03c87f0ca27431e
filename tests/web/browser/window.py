"""A browser window on the app: goes to pages, looks at them, and notes everything that must never happen."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import ConsoleMessage, Page, Request, Response, expect

from tools.browser import Served

SHOTS = "OUTGROW_SHOTS"
WIDE, NARROW, HEIGHT = 1280, 390, 900
PATIENCE = 60_000  # milliseconds
_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_ALL = {"runOnly": {"type": "tag", "values": _TAGS}, "rules": {"target-size": {"enabled": True}}}
_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
_WIDER = """() => [...document.querySelectorAll("body *")]
    .filter(each => each.getBoundingClientRect().right > innerWidth + 0.5)
    .map(each => each.outerHTML.slice(0, 120)).slice(0, 5)"""
_FROM_SERVER = re.compile(r"Failed to load resource: the server responded with a status of (4\d\d)")


@dataclass
class Window:
    """One window that has entered by its link. `wrong` is what was seen and must not be; a test fails at its end on it.

    A test that asks for a page that is refused names the status in `expected`.
    """

    page: Page
    served: Served
    name: str
    scripts: bool
    wrong: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Begin to watch."""
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.wrong.append(f"error in a script: {error}"))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def enter(self) -> None:
        """Open the one-use link."""
        self.page.goto(self.served.link())

    def go(self, path: str) -> Page:
        """Open the page at a path; return it."""
        self.page.goto(self.served.address + path)
        return self.page

    def settle(self) -> None:
        """Wait until what the page waits for has been computed in the background."""
        expect(self.page.locator("[data-watch]")).to_have_count(0, timeout=PATIENCE)

    def violations(self, rules: Mapping[str, object] = _ALL) -> list[str]:
        """Return what axe finds against any rule of WCAG 2.x A or AA or good practice: rule, place, reason.

        axe is a script itself: a window without scripts has to be looked at in another one.
        """
        self.page.evaluate("script => { if (!window.axe) (0, eval)(script); }", AXE_SCRIPT)
        found: dict[str, Any] = self.page.evaluate("rules => axe.run(rules)", {**rules, "resultTypes": ["violations"]})
        return [_said(each, node) for each in found["violations"] for node in each["nodes"]]

    def overflow(self) -> list[str]:
        """Return the elements that make the page wider than the window; empty if it fits."""
        self.page.wait_for_load_state("load")  # without its style sheets a page may be wider
        fits = self.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        return [] if fits else self.page.evaluate(_WIDER) or ["something outside the body"]

    def shot(self, name: str) -> None:
        """Keep a picture of the whole page in the folder that OUTGROW_SHOTS names, if it names one."""
        if folder := os.environ.get(SHOTS):
            path = Path(folder) / f"{name}-{self.name}.png"
            self.page.screenshot(path=path, full_page=True, animations="disabled")

    def inspect(self, name: str, rules: Mapping[str, object] = _ALL) -> None:
        """Assert what holds for every page in every state, and keep a picture: it fits, and axe finds nothing."""
        self.shot(name)
        found = [f"too wide: {each}" for each in self.overflow()]
        if self.scripts:
            found += self.violations(rules)
        assert not found, f"{self.page.url} ({self.name}):\n" + "\n".join(found)

    def inspect_all(self, name: str) -> None:
        """Inspect the page, once all is there, wide and narrow, and in the dark, where the colours alone differ."""
        self.settle()
        for width in (NARROW, WIDE):
            self.look(width)
            self.inspect(name)
        self.look(WIDE, dark=True)
        self.inspect(name, _COLOURS)
        self.look(WIDE)

    def look(self, width: int, *, dark: bool = False) -> None:
        """Change the width of the window and the colours the system asks for."""
        self.name = f"{width}-{'dark' if dark else 'light'}"
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.page.emulate_media(color_scheme="dark" if dark else "light")

    def _heard(self, message: ConsoleMessage) -> None:
        # A plain answer names no icon, and then the browser looks for one by itself.
        is_icon = message.location["url"].endswith("/favicon.ico")
        if message.type in {"error", "warning"} and not is_icon and not self._is_expected(message.text):
            self.wrong.append(f"in the console: {message.text}")

    def _is_expected(self, text: str) -> bool:
        told = _FROM_SERVER.match(text)
        return bool(told and int(told[1]) in self.expected)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.served.address}/", "data:", "blob:")):
            self.wrong.append(f"a request to {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and response.status not in self.expected):
            self.wrong.append(f"{response.status} from {response.url}: {response.request.method}")


def _said(rule: dict[str, Any], node: dict[str, Any]) -> str:
    return f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
