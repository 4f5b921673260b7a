"""Requests read up to a limit, answers as JSON, and what pages that formcheck wrote may load."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from formcheck.errors import FormcheckError, UsageError
from formcheck.files.checked_fields import FieldError, Fields

MOST_JSON_BYTES = 64 * 1024
SLOW_S = 20.0
"""A sender that sends nothing for this long is cut off."""
_POLICY = re.compile(r'http-equiv="Content-Security-Policy"\s+content="([^"]+)"')
HEAD_LETTERS = 8192
NOTHING = "default-src 'none'"


class TooLarge(FormcheckError):
    """A request has more bytes than it may have."""


class TooSlow(FormcheckError):
    """A request stopped in its midst."""


def refuse_larger(size: int | None, most: int) -> None:
    """Raises `TooLarge` for a size in bytes beyond `most`; None is a size nobody knows yet."""
    if size is not None and size > most:
        raise TooLarge(f"At most {most} bytes are taken.")


async def chunks(request: Request, most: int) -> AsyncIterator[bytes]:
    """Gives the body of a request piece by piece.

    Raises
    ------
    TooLarge
        It has, or says that it has, more than `most` bytes.
    TooSlow
        Nothing came for 20 s, or the sender has gone.
    """
    said = request.headers.get("content-length", "")
    refuse_larger(int(said) if said.isdecimal() else None, most)
    stream, came = request.stream().__aiter__(), 0
    while True:
        try:
            piece = await asyncio.wait_for(stream.__anext__(), SLOW_S)
        except StopAsyncIteration:
            return
        except (TimeoutError, ClientDisconnect):
            raise TooSlow("The sender stopped in the midst of it.") from None
        came += len(piece)
        refuse_larger(came, most)
        yield piece


async def body(request: Request, most: int) -> bytes:
    """Returns the body of a request; see `chunks`."""
    return b"".join([piece async for piece in chunks(request, most)])


async def fields(request: Request) -> Fields:
    """Returns the JSON object of a request; anything else raises a `FormcheckError`."""
    data = await body(request, MOST_JSON_BYTES)
    try:
        return Fields(json.loads(data or b"{}"))
    except (ValueError, RecursionError):
        raise UsageError("The request is no JSON.") from None


def refused(error: FormcheckError) -> JSONResponse:
    """Returns the answer to a request that can't be done, with its sentence."""
    status = 422
    if isinstance(error, TooLarge):
        status = 413
    elif isinstance(error, TooSlow):
        status = 408
    elif isinstance(error, UsageError | FieldError):
        status = 400
    return JSONResponse({"error": str(error)}, status_code=status)


Handler = Callable[[Request], Awaitable[Any]]


def answering(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Returns a handler whose plain values become JSON, and whose errors become their sentence."""

    async def answer(request: Request) -> Response:
        try:
            given = await handler(request)
        except FormcheckError as error:
            return refused(error)
        return given if isinstance(given, Response) else JSONResponse(given)

    return answer


def own_policy(page: str) -> str:
    """Returns the policy of a report or a progress page, for the answer's header.

    It allows the page's program by its hash, and no other; a page without one may load nothing.
    """
    found = _POLICY.search(page[:HEAD_LETTERS])
    policy = NOTHING if found is None else found[1].replace("&#39;", "'")
    return f"{policy}; frame-ancestors 'none'"
