"""Keeps everybody but the person out: nobody else on the machine or the web can read or send anything (promise P10).

Every request passes `Guard` before a page sees it. In this order it checks the Host header (against DNS rebinding),
the method and the form of the request, where it comes from (against foreign pages), the cookie that the one-use link
gave, and the size. What it refuses it answers with one sentence, and with nothing of what was sent.
"""

import math
import re
import secrets
import time
from collections.abc import Awaitable, Callable, Collection, Iterable, MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from outgrow.web import bare
from outgrow.web.peer import is_somebody_elses

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

#: The most bytes of one request: files that are handed over, and anything else.
MOST_UPLOADED = 256 * 1024 * 1024
MOST_SENT = 1024 * 1024

ENTRANCE = "/enter/"
_WORDS, _FILES = "application/x-www-form-urlencoded", "multipart/form-data"
#: Headers that a browser sends once; with two of them the app and we might look at different ones.
_ONCE = ("host", "origin", "sec-fetch-site", "cookie", "content-type", "content-length")
_METHODS = frozenset({"GET", "HEAD", "POST"})
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
TOO_MUCH = "That is more than outgrow takes at once. Import large files with: outgrow import FILE"
_CLOSED = "This page opens with the link that outgrow prints. Run outgrow in a terminal and open the new link."


class Doors:
    """The one-use links that were given out, and the sessions they opened. Nothing of it is written to disk.

    How long a comparison takes does not tell how much of a secret was guessed.
    """

    def __init__(self) -> None:
        """Begin with every door closed."""
        self._links: dict[str, float] = {}  # each with when it lapses, on the clock of time.monotonic
        self._sessions: set[str] = set()

    def link(self, lasts: float = math.inf) -> str:
        """Return the path of a new link; it opens once, and no longer than it lasts (seconds).

        One that lapses is for a program that is started with it. Others may read it in the list of processes, so it
        opens to no stranger.
        """
        token = secrets.token_urlsafe(32)
        self._links[token] = time.monotonic() + lasts
        return ENTRANCE + token

    def open(self, token: str, is_stranger: Callable[[], bool] = lambda: False) -> str:
        """Return a new session for the token of a link, which is used up by that; empty for any other token."""
        for each, until in list(self._links.items()):  # links are given out by other threads
            if until <= time.monotonic():
                del self._links[each]
        if not _is_among(token, self._links):
            return ""
        if self._links[token] < math.inf and is_stranger():
            return ""
        del self._links[token]
        session = secrets.token_urlsafe(32)
        self._sessions.add(session)
        return session

    def knows(self, session: str) -> bool:
        """Whether a session was opened by a link."""
        return _is_among(session, self._sessions)


def _is_among(secret: str, known: Iterable[str]) -> bool:
    said = secret.encode("utf-8", "replace")
    return sum(secrets.compare_digest(said, each.encode()) for each in known) > 0


class Guard:
    """Lets a request through to the app, or answers it with a 4xx; puts the security headers on every answer."""

    def __init__(self, app: App, doors: Doors, port: int, uploads: Collection[str] = ()) -> None:
        """Guard an app that is served on a port of this machine alone; `uploads` are the paths that take files."""
        self._app = app
        self._doors = doors
        self._uploads = frozenset(uploads)
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}
        self._cookie = f"outgrow-{port}"  # cookies of one host are shared by all its ports

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        most = self._most(scope, headers)
        answer = self._refuse(scope, headers, most)
        if answer is None:
            await self._app(scope, _limited(receive, most), _with_headers(send))
        else:
            await answer(scope, receive, _with_headers(send))

    def _most(self, scope: Scope, headers: Headers) -> int:
        sends_files = scope["path"] in self._uploads and _kind(headers) == _FILES
        return MOST_UPLOADED if sends_files else MOST_SENT

    def _refuse(self, scope: Scope, headers: Headers, most: int) -> Response | None:
        """Return the answer to a request that goes no further, or None."""
        if headers.get("host", "") not in self._hosts:
            return bare.page("This address is not one of outgrow's.", 421)
        if refused := _unknown(scope, headers):
            return refused
        if self._is_foreign(scope["method"], headers):
            return bare.page("This request comes from another page; outgrow answers its own pages alone.", 403)
        if scope["path"].startswith(ENTRANCE):
            return self._enter(scope)
        if not any(map(self._doors.knows, _cookies_of(headers, self._cookie))):
            return bare.page(_CLOSED, 403)
        return _unfit(scope, headers, most)

    def _is_foreign(self, method: str, headers: Headers) -> bool:
        site = headers.get("sec-fetch-site", "")
        origin = headers.get("origin", "")
        ours = {f"http://{host}" for host in self._hosts}
        if site not in {"", "same-origin", "none"}:
            return True
        if origin in {"", "null"}:  # a form sends "null" under no-referrer, and then only the site tells
            return method == "POST" and site != "same-origin"
        return origin not in ours

    def _enter(self, scope: Scope) -> Response:
        token, session = scope["path"].removeprefix(ENTRANCE), ""
        if scope["method"] == "GET":  # whoever looks ahead uses nothing up
            session = self._doors.open(token, lambda: is_somebody_elses(scope["client"], scope["server"]))
        if not session:
            return bare.page(f"This link has been used, or never was one. {_CLOSED}", 403)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self._cookie, session, httponly=True, samesite="strict", path="/")
        return answer


def _unknown(scope: Scope, headers: Headers) -> Response | None:
    """Return the answer to a request that is none of those a browser makes, or None."""
    if scope["method"] not in _METHODS:
        return bare.page("outgrow does not know this kind of request.", 405)
    if not _is_sound(scope["path"], headers):
        return bare.page("outgrow does not understand this request.", 400)
    return None


def _unfit(scope: Scope, headers: Headers, most: int) -> Response | None:
    """Return the answer to the person's own request where what is sent is no form or too large, or None."""
    if scope["method"] == "POST" and not _is_form(headers):
        return bare.page("outgrow takes forms in UTF-8 and nothing else.", 415)
    return bare.page(TOO_MUCH, 413) if _length(headers) > most else None


def _is_sound(path: str, headers: Headers) -> bool:
    """Whether a request can be read in one way alone: a path and no whole address, and no header said twice."""
    return path.startswith("/") and all(len(headers.getlist(name)) < 2 for name in _ONCE)  # noqa: PLR2004 - not twice


def _kind(headers: Headers) -> str:
    """Return the kind of what is sent, without its parameters."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def _is_form(headers: Headers) -> bool:
    """Whether a form is sent in an encoding that can be read without a doubt."""
    charset = re.search(r"charset\s*=\s*\"?([^\s;\"]*)", headers.get("content-type", ""), re.IGNORECASE)
    return _kind(headers) in {_WORDS, _FILES} and (charset is None or charset[1].lower() == "utf-8")


def _cookies_of(headers: Headers, name: str) -> list[str]:
    """Return all cookies of a name: another program on this machine may have set one that goes before ours."""
    parts = (part.strip().partition("=") for part in headers.get("cookie", "").split(";"))
    return [value for key, _, value in parts if key == name]


def _length(headers: Headers) -> int:
    said = headers.get("content-length", "0")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 20 else MOST_UPLOADED + 1  # noqa: PLR2004 - no length is longer


def _limited(receive: Receive, most: int) -> Receive:
    """Count what comes: a request without a length may still be too long, and then the app is told so."""
    got = 0

    async def counted() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > most:
            raise HTTPException(413)
        return message

    return counted


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sent
