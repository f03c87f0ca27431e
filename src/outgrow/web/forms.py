"""Reads forms: whole, or not at all."""

import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from outgrow.web.security import Message

_MOST_FIELDS = 5000
_MOST_FILES = 1000
_LONGEST_END = 256  # bytes of a boundary with its dashes and what may follow it
_BOUNDARY = re.compile(r"boundary=\"?([^\";]+)", re.IGNORECASE)

logging.getLogger("python_multipart").addHandler(logging.NullHandler())  # it would quote what was sent on the terminal


@asynccontextmanager
async def read(request: Request) -> AsyncIterator[FormData]:
    """Give the form of a request; raises HTTPException for one that is malformed or was cut off."""
    end = bytearray()

    async def receive() -> Message:
        message = await request.receive()
        end.extend(message.get("body", b"")[-_LONGEST_END:])
        del end[:-_LONGEST_END]
        return message

    async with _received(Request(request.scope, receive)) as form:
        boundary = _BOUNDARY.search(request.headers.get("content-type", ""))
        if boundary and f"--{boundary[1].strip()}--".encode("latin-1") not in end:
            raise HTTPException(400)
        yield form


@asynccontextmanager
async def _received(request: Request) -> AsyncIterator[FormData]:
    """Give what came; what is large lies in temporary files, for which there may be no room."""
    try:
        form = await request.form(max_files=_MOST_FILES, max_fields=_MOST_FIELDS)
    except OSError as error:
        raise HTTPException(409) from error
    try:
        yield form
    finally:
        await form.close()
