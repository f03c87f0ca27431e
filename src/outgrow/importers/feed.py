"""Fetches a calendar or export by its address into a file. The only place that opens a connection.

Addresses are secrets: no error says more of one than its host. Private addresses are refused unless the person named
them, and every redirect is checked again.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import SplitResult, urljoin, urlsplit

MOST_BYTES = 200_000_000
_TIMEOUT = 20.0
_TOTAL_SECONDS = 120.0
_REDIRECTS = 5
_CHUNK = 1 << 16


class FeedError(Exception):
    """The address could not be fetched; the message is one sentence with the remedy and without the address."""


def is_address(text: str) -> bool:
    """Whether this is a web or calendar address rather than a path."""
    return text.lower().startswith(("http://", "https://", "webcal://", "webcals://"))


def _silent() -> None:
    """Say nothing."""


def fetch(address: str, into: Path, tell: Callable[[], None] = _silent) -> None:
    """Write what stands at the address into the file `into`; raises FeedError and leaves no half file as whole.

    `tell` is called on the way; what it raises ends the fetching.
    """
    parts = _checked(address)
    named = parts.hostname or ""
    for _ in range(_REDIRECTS + 1):
        tell()
        redirect = _fetch_once(parts, into, tell, named_by_person=parts.hostname == named and _is_literal(named))
        if redirect is None:
            return
        parts = _checked(urljoin(parts.geturl(), redirect), f"{named} leads to an address that")
    message = f"{named} redirects more than {_REDIRECTS} times; open the address in a browser and import the file"
    raise FeedError(message)


def _checked(address: str, subject: str = "this") -> SplitResult:
    text = address.strip()
    lower = text.lower()
    if lower.startswith("webcal"):
        text = "https" + text[text.index("://") :]
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError:
        host, parts = None, SplitResult("", "", "", "", "")
    if parts.scheme not in {"http", "https"} or not host:
        message = f"{subject} is no web address; only http, https and webcal addresses can be fetched"
        raise FeedError(message)
    return parts


def _is_literal(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _resolve(host: str, port: int, *, named_by_person: bool) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        message = f"{host} cannot be found; check the address and the connection, or save the file and import that"
        raise FeedError(message) from error
    ip = str(found[0][4][0])
    if not named_by_person and not ipaddress.ip_address(ip.partition("%")[0]).is_global:
        message = (
            f"{host} leads to a private address, which is not fetched unless you name it by its number; "
            "save the file and import that"
        )
        raise FeedError(message)
    return ip


def _connect(parts: SplitResult, ip: str, port: int) -> http.client.HTTPConnection:
    """Connect to the very address that was checked, so that a second look-up cannot lead elsewhere."""
    host = parts.hostname or ""
    plain = socket.create_connection((ip, port), timeout=_TIMEOUT)
    connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT)
    connection.sock = plain
    if parts.scheme == "https":
        connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
        connection.default_port = http.client.HTTPS_PORT
    return connection


def _fetch_once(parts: SplitResult, into: Path, tell: Callable[[], None], *, named_by_person: bool) -> str | None:
    """Fetch one address; return where it redirects to, or None when the file is written."""
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    ip = _resolve(host, port, named_by_person=named_by_person)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection = _connect(parts, ip, port)
        try:
            connection.request("GET", path, headers={"Accept": "*/*", "User-Agent": "outgrow"})
            answer = connection.getresponse()
            if answer.status in {301, 302, 303, 307, 308}:
                return answer.headers.get("Location", "")
            _refuse_status(host, answer.status)
            _write(answer, into, host, tell)
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        message = f"{host} could not be reached or broke off{_why(error)}; try again later; what is here stays"
        raise FeedError(message) from error
    return None


def _why(error: Exception) -> str:
    """Say what is known of a failed connection, never more than that: errors may quote the address."""
    match error:
        case ConnectionRefusedError():
            return " (nothing answers there)"
        case ssl.SSLError():
            return " (its certificate or encryption is not in order)"
        case TimeoutError():
            return " (it took too long)"
        case _:
            return ""


def _refuse_status(host: str, status: int) -> None:
    if status == http.client.OK:
        return
    if status in {401, 403, 404, 410}:
        message = f"{host} says {status}: the address no longer holds or needs a password; copy the current secret one"
    else:
        message = f"{host} says {status}; try again later; what is here stays"
    raise FeedError(message)


def _write(answer: http.client.HTTPResponse, into: Path, host: str, tell: Callable[[], None]) -> None:
    with into.open("wb") as file:
        for chunk in _chunks(answer, host):
            tell()
            file.write(chunk)


def _chunks(answer: http.client.HTTPResponse, host: str) -> Iterator[bytes]:
    """Yield the body while it stays within size and time, so that an endless one ends."""
    size, until = 0, time.monotonic() + _TOTAL_SECONDS
    while chunk := answer.read1(_CHUNK):
        size += len(chunk)
        if size > MOST_BYTES or time.monotonic() > until:
            message = f"{host} sends too much or too slowly (over {MOST_BYTES // 1_000_000} MB); import a saved file"
            raise FeedError(message)
        yield chunk
    promised = answer.headers.get("Content-Length", "")
    if promised.isdigit() and size < int(promised):
        message = f"{host} broke off after {size} of {promised} bytes; try again later; what is here stays"
        raise FeedError(message)
