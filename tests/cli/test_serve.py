"""The web app as a program: its link, its end, and what comes to its port that is no request of a browser."""

import http.client
import os
import pty
import re
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from outgrow.cli.main import main

PATIENCE = 20.0
LINK = re.compile(r"http://127\.0\.0\.1:\d+/enter/[\w-]+")
CANARY = "s3cret"


def words(data: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "outgrow", "--data", str(data), "serve", *more]


@contextmanager
def serving(data: Path, *more: str, **surroundings: str) -> Iterator[subprocess.Popen[str]]:
    """Run the program without a terminal."""
    program = subprocess.Popen(
        words(data, *more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **surroundings},
    )
    try:
        yield program
    finally:
        with suppress(ProcessLookupError):
            program.kill()
        program.wait(PATIENCE)


def printed_link(program: subprocess.Popen[str]) -> str:
    assert program.stdout
    for line in program.stdout:
        if found := LINK.search(line):
            return found[0]
    raise AssertionError(program.stderr.read() if program.stderr else "")


def port_of(link: str) -> int:
    return urlsplit(link).port or 0


def get(link: str, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port_of(link), timeout=PATIENCE)
    connection.request("GET", path, headers=headers)
    return connection.getresponse()


def raw(link: str, sent: bytes) -> bytes:
    """Send bytes to the port; return the first line that comes back."""
    with socket.create_connection(("127.0.0.1", port_of(link)), PATIENCE) as line:
        line.sendall(sent)
        return line.recv(4096).split(b"\r\n")[0]


@pytest.mark.promise("P12")
def test_it_lets_its_person_in_and_stops_at_once(tmp_path: Path) -> None:
    with serving(tmp_path, "--no-browser") as program:
        link = printed_link(program)
        entered = get(link, urlsplit(link).path)
        assert entered.status == 303
        cookie = entered.headers["set-cookie"].split(";")[0]
        assert get(link, "/settings", cookie=cookie).status == 200
        assert get(link, "/settings").status == 403
        assert get(link, f"/{CANARY}?period={CANARY}", cookie=cookie).status == 404
        _disturb(link)
        assert get(link, "/settings", cookie=cookie).status == 200, "it still answers"
        began = time.monotonic()
        program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=PATIENCE)
        assert time.monotonic() - began < 5
    assert program.returncode == 0
    assert out.strip() == "outgrow has stopped. What you said is kept."
    assert err == ""


def _disturb(link: str) -> None:
    """Send what no browser sends."""
    host = f"Host: 127.0.0.1:{port_of(link)}".encode()
    refused = re.compile(rb"HTTP/1.1 4\d\d .*")
    for sent in (
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.0\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + host + b"\r\n" + host + b"\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\n" + host + b"\r\n\r\n",
        b"CONNECT evil.example:443 HTTP/1.1\r\n" + host + b"\r\n\r\n",
        b"GET /" + b"x" * 200_000 + b" HTTP/1.1\r\n" + host + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + host + b"\r\nX: " + b"x" * 200_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + host + b"\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        b"POST / HTTP/1.1\r\n" + host + b"\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
        b"GET /" + CANARY.encode() + b"\xff HTTP/1.1\r\n" + host + b"\r\n\r\n",
    ):
        assert refused.match(raw(link, sent)), sent[:60]


def test_outgrow_alone_opens_the_app(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    served: list[tuple[str | None, int | None]] = []

    def serve(folder: str | None, port: int | None, ready: Callable[[Callable[[float], str]], None]) -> None:
        served.append((folder, port))
        ready(lambda _lasts: "the link")

    monkeypatch.setattr("outgrow.web.serve.serve", serve)
    monkeypatch.setenv("BROWSER", "/nonexistent/browser")
    assert main(["--data", "here"]) == 0
    assert served == [("here", None)]
    assert "the link" in capsys.readouterr().out


def test_a_taken_port_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        found = subprocess.run(
            words(tmp_path, "--port", port), capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    assert found.returncode == 2
    assert found.stderr.startswith(f"Port {port} is taken")
    assert len(found.stderr.splitlines()) == 1


def test_quietly_it_prints_the_link_alone_and_needs_no_browser(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "outgrow", "-q", "--data", str(tmp_path), "serve"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "BROWSER": "/nonexistent/browser", "PATH": ""},
    ) as program:
        assert program.stdout
        link = program.stdout.readline().strip()
        assert LINK.fullmatch(link)
        assert get(link, urlsplit(link).path).status == 303
        program.send_signal(signal.SIGINT)
        assert program.stdout.read().strip() == "outgrow has stopped. What you said is kept."


@pytest.mark.promise("P10")
def test_the_browser_gets_a_link_of_its_own_that_lapses(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What stands in the list of processes is neither what was printed nor of use for long."""
    opened: list[str] = []
    monkeypatch.setattr("outgrow.cli.serve._open", opened.append)
    monkeypatch.setattr("outgrow.cli.serve._in_the_background", lambda work: work())
    monkeypatch.setattr("outgrow.web.serve.serve", lambda _folder, _port, ready: ready(lambda lasts: f"lasts {lasts}"))
    assert main(["serve"]) == 0
    assert opened == ["lasts 60.0"]
    printed = capsys.readouterr().out
    assert "lasts inf" in printed
    assert "lasts 60.0" not in printed


def test_enter_prints_a_new_link(tmp_path: Path) -> None:
    own, theirs = pty.openpty()
    program = subprocess.Popen(
        words(tmp_path, "--no-browser"), stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    try:
        seen = _until(own, "", 1)
        assert "Enter prints a new link." in _until(own, seen, 1, "stops outgrow.")
        os.write(own, b"\n")
        seen = _until(own, seen, 2)
        first, second = LINK.findall(seen)
        assert first != second
        for link in (second, first):
            assert get(link, urlsplit(link).path).status == 303
    finally:
        program.send_signal(signal.SIGINT)
        assert program.wait(PATIENCE) == 0
        os.close(own)


def _until(terminal: int, seen: str, links: int, words_too: str = "") -> str:
    """Read until so many whole links, and some words, have been printed."""
    deadline = time.monotonic() + PATIENCE
    while len(re.findall(LINK.pattern + r"\s", seen)) < links or words_too not in seen:
        assert select.select([terminal], [], [], max(0.0, deadline - time.monotonic()))[0], seen
        seen += os.read(terminal, 4096).decode()
    return seen
