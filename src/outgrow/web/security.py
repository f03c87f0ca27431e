"""Keeps everybody but the person out: nobody else on the machine or the web can read or send anything (promise P10).

Every request passes `Guard` before a page sees it. In this order it checks the Host header (against DNS rebinding),
the method, where the request comes from (against foreign pages), the cookie that the one-use link gave, and the size.
"""

import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

#: The most bytes of one request: files that are handed over, and anything else.
MOST_UPLOADED = 256 * 1024 * 1024
MOST_SENT = 1024 * 1024

ENTRANCE = "/enter/"
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
_CLOSED = "This page opens with the link that `outgrow` prints. Run outgrow in a terminal and open the new link."


class Doors:
    """The one-use links that were given out, and the sessions they opened. Nothing of it is written to disk."""

    def __init__(self) -> None:
        """Begin with every door closed."""
        self._links: set[str] = set()
        self._sessions: set[str] = set()

    def link(self) -> str:
        """Return the path of a new link; it opens once."""
        token = secrets.token_urlsafe(32)
        self._links.add(token)
        return ENTRANCE + token

    def open(self, token: str) -> str:
        """Return a new session for the token of a link, which is used up by that; empty for any other token."""
        if token not in self._links:
            return ""
        self._links.discard(token)
        session = secrets.token_urlsafe(32)
        self._sessions.add(session)
        return session

    def knows(self, session: str) -> bool:
        """Whether a session was opened by a link."""
        return any(secrets.compare_digest(session.encode(), each.encode()) for each in self._sessions)


class _TooMuch(Exception):  # noqa: N818 - named for what is wrong
    """More bytes came than a request may have."""


class Guard:
    """Lets a request through to the app, or answers it with a 4xx; puts the security headers on every answer."""

    def __init__(self, app: App, doors: Doors, port: int) -> None:
        """Guard an app that is served on a port of this machine alone."""
        self._app = app
        self._doors = doors
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}
        self._cookie = f"outgrow-{port}"  # cookies of one host are shared by all its ports

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        most = MOST_UPLOADED if scope["path"].endswith("/upload") else MOST_SENT
        answer = self._refuse(scope, most)
        if answer is None:
            try:
                await self._app(scope, _limited(receive, most), _with_headers(send))
            except _TooMuch:
                await _too_large()(scope, receive, _with_headers(send))
        else:
            await answer(scope, receive, _with_headers(send))

    def _refuse(self, scope: Scope, most: int) -> Response | None:
        """Return the answer to a request that goes no further, or None."""
        headers = Headers(scope=scope)
        if headers.get("host", "") not in self._hosts or len(headers.getlist("host")) != 1:
            return _plain("This address is not one of outgrow's.", 421)
        if scope["method"] not in _METHODS:
            return _plain("outgrow does not know this kind of request.", 405)
        if self._is_foreign(scope["method"], headers):
            return _plain("This request comes from another page; outgrow answers its own pages alone.", 403)
        if scope["path"].startswith(ENTRANCE):
            return self._enter(scope["path"].removeprefix(ENTRANCE))
        if not self._doors.knows(_cookie_of(headers, self._cookie)):
            return _plain(_CLOSED, 403)
        return _too_large() if _length(headers) > most else None

    def _is_foreign(self, method: str, headers: Headers) -> bool:
        site = headers.get("sec-fetch-site", "")
        origin = headers.get("origin", "")
        ours = {f"http://{host}" for host in self._hosts}
        if site not in {"", "same-origin", "none"}:
            return True
        if origin in {"", "null"}:  # a form sends "null" under no-referrer, and then only the site tells
            return method == "POST" and site != "same-origin"
        return origin not in ours

    def _enter(self, token: str) -> Response:
        session = self._doors.open(token)
        if not session:
            return _plain(f"This link has been used, or never was one. {_CLOSED}", 403)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self._cookie, session, httponly=True, samesite="strict", path="/")
        return answer


def _plain(sentence: str, status: int) -> Response:
    return PlainTextResponse(sentence + "\n", status)


def _too_large() -> Response:
    return _plain("That is more than outgrow takes at once. Import large files with: outgrow import FILE", 413)


def _cookie_of(headers: Headers, name: str) -> str:
    for part in headers.get("cookie", "").split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            return value
    return ""


def _length(headers: Headers) -> int:
    said = headers.get("content-length", "0")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 20 else MOST_UPLOADED + 1  # noqa: PLR2004 - no length is longer


def _limited(receive: Receive, most: int) -> Receive:
    """Count what comes: a request without a length may still be too long."""
    got = 0

    async def counted() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > most:
            raise _TooMuch
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
