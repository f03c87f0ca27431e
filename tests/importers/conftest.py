"""Importers of somebody else, installed for the length of a test."""

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from outgrow.importers import discovery
from outgrow.importers.contract import Context

Install = Callable[[str, str, str], Path]

#: Importers that misbehave, told by the name of the file what to do.
UNRULY = """
import os
import re
import socket
import sys
import time
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from outgrow.importers.contract import Importer, Option, Question, Unreadable
from outgrow.model.activity import Activity, Kind, Precision
from outgrow.model.problem import Problem

EAST = timezone(timedelta(hours=5, minutes=30))


def activity(line, **more):
    more = {"title": f"title {line}", "start": datetime(2024, 5, 1, 9, tzinfo=EAST), **more}
    return Activity(source="unruly", account="", native_id=str(line), line=line, kind=Kind.NOTE, **more)


class Unruly(Importer):
    name = "unruly"
    complete = True

    def identify(self, path, head):
        return path.suffix == ".unruly"

    def signature(self, path):
        return "shape of " + path.stem

    def read(self, path, context):
        if path.stem == "question" and "who" not in context.choices:
            raise Question("who", "Who are you?", (Option("me", "I am"),))
        if path.stem == "unreadable":
            raise Unreadable("it is a picture", "Give me words.")
        if path.stem == "many":
            yield from (activity(line) for line in range(1, 10_001))
        yield activity(1)
        yield activity(1)
        yield Problem(line=2, reason="no date", raw="?")
        getattr(self, path.stem, lambda: None)()
        if path.stem == "odd":
            yield activity(3, title="\\ud800" + "a" * 3_000_000, tags=("\\udfff",))
            yield activity(4, start=datetime(1800, 1, 1, tzinfo=ZoneInfo("Europe/Amsterdam")))
            yield activity(5, start=datetime(9999, 12, 31, tzinfo=timezone(-timedelta(hours=12))))
            yield activity(6, start=datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))))
        if path.stem == "choice":
            yield activity(3, title=context.choices["who"])

    def loop(self):
        while True:
            pass

    def pattern(self):
        re.match("(a+)+$", "a" * 60 + "b")

    def sleep(self):
        time.sleep(1000)

    def memory(self):
        held = []
        while True:
            held.append(bytearray(10_000_000))

    def death(self):
        os.abort()

    def fault(self):
        raise ValueError("the password is swordfish")

    def network(self):
        socket.create_connection(("127.0.0.1", 9))

    def lookup(self):
        socket.getaddrinfo("localhost", 80)

    def writing(self):
        with open(os.environ["UNRULY_OUT"], "w") as file:
            file.write("x")

    def files(self):
        self.held = [open(os.devnull) for _ in range(1000)]

    def noise(self):
        print("{}")
        os.write(1, b"noise")
        sys.stderr.write("noise")
        sys.stdin.read()

    def gone(self):
        open("no such file")
"""


@pytest.fixture
def context() -> Context:
    return Context(now=datetime(2025, 1, 15, 12, tzinfo=UTC), zone="Europe/Berlin")


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Install a module as a package would be, with an entry point: name, where it lives, source."""
    site = tmp_path / "site-packages"

    def add(name: str, place: str, source: str) -> Path:
        module = place.partition(":")[0]
        information = site / f"{module}-1.0.dist-info"
        information.mkdir(parents=True)
        (site / f"{module}.py").write_text(source)
        (information / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
        (information / "entry_points.txt").write_text(f"[{discovery.GROUP}]\n{name} = {place}\n")
        monkeypatch.syspath_prepend(str(site))
        sys.modules.pop(module, None)
        forget()
        return site

    yield add
    forget()


def forget() -> None:
    """Make discovery look again at what is installed."""
    discovery._installed.cache_clear()  # noqa: SLF001 - only tests install while running
    discovery._load.cache_clear()  # noqa: SLF001 - as above
    discovery.importers.cache_clear()


@pytest.fixture
def unruly(install: Install, tmp_path: Path) -> Callable[..., list[Path]]:
    """Install the unruly importer; call with what its files shall do to get their paths."""
    install("unruly", "unruly_importer:Unruly", UNRULY)

    def files(*stems: str) -> list[Path]:
        paths = [tmp_path / f"{stem}.unruly" for stem in stems]
        for path in paths:
            path.write_text("x")
        return paths

    return files
