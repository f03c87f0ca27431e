"""Fetching by address, against a real server on this machine's loopback."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from outgrow.importers.feed import FeedError, fetch, is_address

SECRET = "s3cret-token"  # noqa: S105 - a canary, no password
BODY = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        port = self.connection.getsockname()[1]
        match self.path.split("?")[0]:
            case "/calendar.ics":
                self._send(200, BODY)
            case "/moved":
                self._send(302, b"", Location="/calendar.ics")
            case "/inside":
                self._send(302, b"", Location=f"http://127.0.0.2:{port}/calendar.ics")
            case "/file":
                self._send(302, b"", Location="file:///etc/hostname")
            case "/loop":
                self._send(302, b"", Location="/loop")
            case "/short":
                self._send(200, BODY, length=len(BODY) + 10)
            case _:
                self._send(404, b"")

    def _send(self, status: int, body: bytes, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the test output quiet."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


@pytest.mark.parametrize("path", ["/calendar.ics", "/moved"])
def test_writes_the_file(server: str, tmp_path: Path, path: str) -> None:
    fetch(server + path, tmp_path / "feed.ics")
    assert (tmp_path / "feed.ics").read_bytes() == BODY


@pytest.mark.promise("P14")
@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/gone", "404"),
        ("/inside", "private"),
        ("/file", "no web address"),
        ("/loop", "redirects"),
        ("/short", "broke"),
    ],
)
def test_refuses(server: str, tmp_path: Path, path: str, word: str) -> None:
    with pytest.raises(FeedError, match=word):
        fetch(server + path, tmp_path / "feed.ics")


@pytest.mark.promise("P14")
def test_a_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("10.0.0.5", 80))])
    with pytest.raises(FeedError, match="private"):
        fetch("http://calendar.example/a.ics", tmp_path / "feed.ics")


@pytest.mark.promise("P12")
@pytest.mark.parametrize("address", ["http://127.0.0.1:1/{0}.ics", "http://[bad/{0}", "ftp://host/{0}"])
def test_no_error_says_the_secret(address: str, tmp_path: Path) -> None:
    with pytest.raises(FeedError) as caught:
        fetch(address.format(SECRET), tmp_path / "feed.ics")
    assert SECRET not in str(caught.value)


def test_knows_an_address_from_a_path() -> None:
    assert is_address("webcal://calendar.example/a.ics")
    assert not is_address("calendar.ics")


def test_it_tells_on_the_way_and_ends_when_told_to(server: str, tmp_path: Path) -> None:
    class EndError(Exception):
        pass

    calls = 0

    def tell() -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise EndError

    with pytest.raises(EndError):
        fetch(f"{server}/calendar.ics", tmp_path / "x.ics", tell)
    assert not (tmp_path / "x.ics").exists() or not (tmp_path / "x.ics").read_bytes()
