"""The web app: its start, an answer by key in a real browser, and every page of a large store whose verdict is called.

Processor time is the least of some runs, because whatever else the machine does can add to it alone. The program finds
what Python has compiled in the first of them, as it does wherever it is used.
"""

import asyncio
import http.client
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

from benchmarks.figure import Figure
from benchmarks.verdict import fill
from outgrow.model.judgement import Value
from outgrow.model.period import Period
from outgrow.model.share import Certainty
from outgrow.web import app as web_app
from outgrow.web.app import EXAMPLE, ROUTES, create_app
from outgrow.web.desk import Desk
from outgrow.web.security import Doors, Guard
from outgrow.workflows.capture import Work, capture
from outgrow.workflows.choose_period import latest_period
from outgrow.workflows.give_verdict import give_verdict
from outgrow.workflows.sort_work import WorkAnswer, judge, list_work
from outgrow.workflows.workspace import open_workspace
from tools.browser import open_browser

_OUTGROW = str(Path(sys.executable).with_name("outgrow"))
_START, _PAGE, _REPAINT, _WEIGHT = 1.0, 0.1, 50.0, 100.0
_STATIC = Path(web_app.__file__).with_name("static")
_ANSWERS = 20
_GROWS = 8  # every eighth kind of work
_IDLE = 0.002  # processor seconds in a fifth of a second
_PORT = 4790
_LOOKS_FAR = {"/changed", "/traps", "/returns", "/room"}  # at the work of a year or more, and draw or solve
_FIRST, _AGAIN = 2.0, 0.15  # CPU s of these: from cold, and once built
_PATHS = (
    *(route.path for route in ROUTES if route.method == "GET" and "{" not in route.path),
    "/?period=last+10+years",
)
_WATCH = """() => {
    window.took = [];
    let pressed = 0;
    addEventListener("keydown", event => { pressed = event.timeStamp; }, true);
    document.addEventListener("swapped", () => requestAnimationFrame(
        () => setTimeout(() => took.push(performance.now() - pressed))));
}"""


def run(*, small: bool) -> Iterator[Figure]:
    """Measure on an empty store and on one of ten years, 100,000 activities, with all computed and work judged."""
    size = 2_000 if small else 100_000
    with TemporaryDirectory() as folder:
        large, empty = f"{folder}/large", f"{folder}/empty"
        fill(large, size)
        compute = [_OUTGROW, "--quiet", "--data", large, "verdict", "last 10 years"]
        subprocess.run(compute, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words
        _call(large)
        for where, data in (("an empty store", empty), (f"{size:,} activities", large)):
            cpu = min(_first_page(data) for _ in range(1 if small else 5))
            yield Figure(name=f"start to the first page, {where}", value=cpu, unit="CPU s", limit=_START)
        for path in _PATHS:
            cpu = min(_first_visit(large, path) for _ in range(1 if small else 3))
            limit = _FIRST if path in _LOOKS_FAR else _PAGE
            yield Figure(name=f"{path} first after a start", value=cpu, unit="CPU s", limit=limit)
        yield from _pages(large, runs=1 if small else 5)
        took = _answer_by_key(large)
        yield Figure(
            name=f"key to repaint, {len(took)} answers", value=statistics.median(took), unit="ms", limit=_REPAINT
        )


def _call(folder: str) -> None:
    """Judge all work of a year, one kind in some as growth: a called verdict looks at all that may wait."""
    with open_workspace(folder) as workspace:
        period = latest_period(workspace)
        year = Period(period.last - timedelta(days=365), period.last)
        work = [card.workstream for card in list_work(workspace, year)]
        said = {Value.GROWTH: work[::_GROWS], Value.DEPTH: [each for n, each in enumerate(work) if n % _GROWS]}
        for value, named in said.items():
            judge(workspace, named, year.first, WorkAnswer(value))
        assert give_verdict(workspace, period).certainty in {Certainty.LEANING, Certainty.CLEAR}


@dataclass(frozen=True, slots=True)
class _Program:
    """The app as a program of its own; `link` lets in whoever opens it."""

    number: int
    link: str

    @property
    def cpu(self) -> float:
        """The processor seconds it has taken by now."""
        return time.clock_gettime((~self.number << 3) | 2)  # how Linux names the clock of another process


@contextmanager
def _running(folder: str) -> Iterator[_Program]:
    """Run the app on the data in a folder."""
    command = (_OUTGROW, "--quiet", "--data", folder, "serve", "--no-browser")
    kept = {"PYTHONPYCACHEPREFIX": str(Path(folder).with_name("compiled")), "PYTHONDONTWRITEBYTECODE": ""}
    with subprocess.Popen(command, env=os.environ | kept, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own words
        try:
            link = next(line.strip() for line in process.stdout or () if "http://" in line)
            yield _Program(process.pid, link)
        finally:
            process.terminate()


def _first_page(folder: str) -> float:
    """Return the processor seconds of the app, user and system, until it has shown its home page and is stopped."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with _running(folder) as program:
        parts = urlsplit(program.link)
        server = http.client.HTTPConnection(parts.netloc)
        path, cookie, status = parts.path, "", http.client.SEE_OTHER
        while status == http.client.SEE_OTHER:  # to the home page, and on to Start while there is nothing
            server.request("GET", path, headers={"Cookie": cookie})
            answer = server.getresponse()
            answer.read()
            path, status = answer.headers["Location"], answer.status
            cookie = cookie or answer.headers["Set-Cookie"].partition(";")[0]
        assert status == http.client.OK
        server.close()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def _first_visit(folder: str, path: str) -> float:
    """Return the processor seconds of a page that is the first one since the app was started and came to rest."""
    with _running(folder) as program:
        parts = urlsplit(program.link)
        server = http.client.HTTPConnection(parts.netloc)
        server.request("GET", parts.path)
        let_in = server.getresponse()
        let_in.read()
        before = _at_rest(program)
        server.request("GET", path, headers={"Cookie": let_in.headers["Set-Cookie"].partition(";")[0]})
        server.getresponse().read()
        took = program.cpu - before
        server.close()
    return took


def _at_rest(program: _Program) -> float:
    """Wait until the app has done what it does ahead of pages; return the processor seconds it has taken by then."""
    before, now = -1.0, program.cpu
    while now - before > _IDLE:
        time.sleep(0.2)
        before, now = now, program.cpu
    return now


@dataclass(frozen=True, slots=True)
class _Client:
    """Asks the app for pages without a network between."""

    app: Guard
    session: str

    async def get(self, path: str) -> tuple[int, bytes]:
        """Return the status of a page and its bytes."""
        told: list[Any] = []
        address, _, query = path.partition("?")
        headers = [(b"host", f"127.0.0.1:{_PORT}".encode()), (b"cookie", f"outgrow-{_PORT}={self.session}".encode())]
        scope = {"type": "http", "http_version": "1.1", "scheme": "http", "method": "GET", "root_path": ""} | {
            "path": address, "raw_path": address.encode(), "query_string": query.encode(), "headers": headers,
            "server": ("127.0.0.1", _PORT), "client": ("127.0.0.1", 1),
        }  # fmt: skip

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:  # noqa: ANN401 - a message of ASGI
            told.append(message)

        await self.app(scope, receive, send)
        return told[0]["status"], b"".join(each.get("body", b"") for each in told[1:])


def _pages(folder: str, runs: int) -> Iterator[Figure]:
    """Measure every page: when nothing has changed since it was seen, just after an answer, and just after a note.

    The note is of the month that is shown, so that its hours are counted and its proposals made anew.
    """
    doors, own = Doors(), Desk(folder)
    app = create_app(own, Desk(folder, EXAMPLE), doors, _PORT)
    client = _Client(app, doors.open(doors.link().rpartition("/")[2]))
    with open_workspace(folder) as workspace:
        period = latest_period(workspace)
        work, notes = cycle(card.workstream for card in list_work(workspace, period, judged=True)), count(1)

        def answer() -> None:
            judge(workspace, [next(work)], workspace.today, WorkAnswer(Value.DEPTH))

        def note() -> None:
            capture(workspace, Work(text=f"Note {next(notes)}", day=period.last, hours=1.0))

        for path in (*_PATHS, f"/workstream/{next(work)}"):
            status, page = asyncio.run(client.get(path))
            if status == http.client.OK:
                for when, before in (("again", _nothing), ("after an answer", answer), ("after a note", note)):
                    cpu = _timed(client, path, runs, before)
                    limit = _AGAIN if path in _LOOKS_FAR else _PAGE
                    yield Figure(name=f"{path} {when}", value=cpu, unit="CPU s", limit=limit)
                yield Figure(name=f"{path} with all it loads", value=_weight(page) / 1000, unit="kB", limit=_WEIGHT)
    own.close()


def _nothing() -> None:
    """Leave everything as it is."""


def _timed(client: _Client, path: str, runs: int, before: Callable[[], None]) -> float:
    """Return the processor seconds of a page, each time after something was done."""
    return min(_once(client, path, before) for _ in range(runs))


def _once(client: _Client, path: str, before: Callable[[], None]) -> float:
    before()
    began = time.process_time()
    asyncio.run(client.get(path))
    return time.process_time() - began


def _weight(page: bytes) -> int:
    """Return the bytes of a page with its styles, scripts and what they import."""
    wanted = re.findall(r'(?:href|src)="/static/([^"]+)"', page.decode())
    seen: dict[str, bytes] = {}
    while wanted:
        name = wanted.pop()
        if name not in seen:
            seen[name] = (_STATIC / name).read_bytes()
            wanted += re.findall(r'from "\./([^"]+)"', seen[name].decode())
    return len(page) + sum(map(len, seen.values()))


def _answer_by_key(folder: str) -> list[float]:
    """Return the milliseconds from each key that answers a card to the next card on the screen."""
    with _running(folder) as program, open_browser() as browser:
        page = browser.new_page()
        page.goto(program.link)
        page.goto("/".join(program.link.split("/")[:3]) + f"/audit?cards={_ANSWERS + 8}")
        _guess(page)
        page.evaluate(_WATCH)
        for number in range(1, _ANSWERS + 1):
            if not page.locator("[data-key=d]").is_visible():  # the range is narrow enough before that
                break
            page.keyboard.press("d")
            page.wait_for_function("number => took.length >= number", arg=number)
        return [float(each) for each in page.evaluate("took")]


def _guess(page: Page) -> None:
    """Begin the audit without a guess."""
    page.get_by_role("button", name="No idea").click()
    page.locator("[data-key=d]").wait_for()
