"""Asks the app as a server would, header by header, so that a test can send what no browser sends."""

import asyncio
import re
from collections.abc import Collection, MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode

from outgrow.web.app import EXAMPLE, create_app
from outgrow.web.desk import Desk
from outgrow.web.security import Doors, Guard

PORT = 4790
HOST = f"127.0.0.1:{PORT}"
ORIGIN = f"http://{HOST}"
SEE_OTHER = 303
FORM = "application/x-www-form-urlencoded"

Header = tuple[str, str]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Sequence[Header]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    def header(self, name: str) -> str:
        """Return a header, empty where there is none."""
        return next((value for key, value in self.headers if key == name), "")


class Asking:
    """An app on data of its own, and a browser that has entered it."""

    def __init__(self, folder: Path) -> None:
        """Make the app and open a session."""
        self.folder = folder
        self.doors = Doors()
        self._thread = ThreadPoolExecutor(1)  # the browser of other tests has a loop of its own in ours
        self.desks = (Desk(str(folder)), Desk(str(folder / "example"), EXAMPLE))
        self.app: Guard = create_app(*self.desks, self.doors, PORT)
        self.cookie = f"outgrow-{PORT}={self.doors.open(self.doors.link().removeprefix('/enter/'))}"

    def close(self) -> None:
        """Close the data."""
        self._thread.shutdown()
        for desk in self.desks:
            desk.close()

    def headers(self, method: str = "GET", without: Collection[str] = ()) -> list[Header]:
        """Return the headers that a browser sends from a page of ours, but for some."""
        said = [("host", HOST), ("cookie", self.cookie), ("sec-fetch-site", "same-origin")]
        if method == "POST":
            said += [("origin", ORIGIN), ("content-type", FORM)]
        return [each for each in said if each[0] not in without]

    def get(self, target: str) -> Answer:
        """Get a page as the person's browser does."""
        return self.ask("GET", target, self.headers())

    def post(self, target: str, **words: str) -> Answer:
        """Send a form as the person's browser does."""
        return self.ask("POST", target, self.headers("POST"), [urlencode(words).encode()])

    def post_and_follow(self, target: str, **words: str) -> Answer:
        """Send a form and get the page that it leads to in the end."""
        answer = self.post(target, **words)
        while answer.status == SEE_OTHER:
            answer = self.get(answer.header("location"))
        return answer

    def ask(
        self,
        method: str,
        target: str,
        headers: Sequence[Header],
        chunks: Sequence[bytes] = (b"",),
        *,
        leaves: bool = False,
    ) -> Answer:
        """Send a request whose body comes in chunks; return the answer. Who `leaves` sends no end."""
        asked = self._ask(_scope(method, target, headers), list(chunks), leaves=leaves)
        return self._thread.submit(asyncio.run, asked).result()

    async def _ask(self, scope: MutableMapping[str, Any], chunks: list[bytes], *, leaves: bool) -> Answer:
        told: list[MutableMapping[str, Any]] = []

        async def receive() -> MutableMapping[str, Any]:
            if not chunks:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": chunks.pop(0), "more_body": leaves or bool(chunks)}

        async def send(message: MutableMapping[str, Any]) -> None:
            told.append(message)

        await self.app(scope, receive, send)
        said = [(name.decode(), value.decode("latin-1")) for name, value in told[0]["headers"]]
        return Answer(told[0]["status"], said, b"".join(each.get("body", b"") for each in told[1:]))


def _scope(method: str, target: str, headers: Sequence[Header]) -> MutableMapping[str, Any]:
    path, _, query = target.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},  # who asks is there until a file has been sent
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", PORT),
    }


def filled(path: str, value: str = "1") -> str:
    """Return the path of a route with one value for all that it names."""
    return re.sub(r"\{[^}]+\}", value, path)


def replaced(headers: Sequence[Header], name: str, *values: str) -> list[Header]:
    """Return headers with these values of one, and no others of it."""
    return [each for each in headers if each[0] != name] + [(name, value) for value in values]
