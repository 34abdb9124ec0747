"""Files on their way to a browser: in whole or the one range that is asked for, saved under a name
and never shown."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable, Iterator

from aiohttp import ClientError, web

from relay.domain.byte_range import Span, Unsatisfiable, span_of
from relay.domain.file_names import disposition
from relay.realtime.downloads import Download
from relay.realtime.errands import FileRefused

STALLED_S = 60.0
"""Somebody who sends or takes nothing for so long is gone."""

WRITE_BYTES = 128 * 1024
"""So much is encrypted at once, so that chats are not kept waiting."""

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"

Pieces = Callable[[Span], AsyncGenerator[bytes, None]]


async def send(request: web.Request, download: Download, pieces: Pieces) -> web.StreamResponse:
    """Answer with what is asked for of `download`; `pieces` gives the bytes of a span."""
    headers = {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": disposition(download.name),
        "Content-Security-Policy": SANDBOX,
        "Accept-Ranges": "bytes",
        "ETag": f'"{download.sha256}"',
    }
    try:
        span = _asked(request, download)
    except Unsatisfiable:
        headers["Content-Range"] = f"bytes */{download.size}"
        return web.Response(status=416, headers=headers)
    start, after = span or Span(0, download.size)
    if span is not None:
        headers["Content-Range"] = f"bytes {start}-{after - 1}/{download.size}"
    response = web.StreamResponse(status=206 if span else 200, headers=headers)
    response.content_length = after - start
    await response.prepare(request)
    if request.method != "HEAD":
        await _write(request, response, pieces(Span(start, after)))
    return response


async def _write(
    request: web.Request, response: web.StreamResponse, pieces: AsyncGenerator[bytes, None]
) -> None:
    """All `pieces`. One who may have no more of them is cut off, so that nobody takes the part
    for the whole."""
    try:
        async with contextlib.aclosing(pieces):
            async for piece in pieces:
                for some in _slices(piece):
                    async with asyncio.timeout(STALLED_S):
                        await response.write(some)
        await response.write_eof()
    except (ConnectionError, ClientError):
        pass  # it went away; it may come back for the rest
    except (FileRefused, OSError):  # a timeout is one of these
        if request.transport is not None:
            request.transport.abort()


def _asked(request: web.Request, download: Download) -> Span | None:
    """The range that is asked for. Raises `Unsatisfiable`.

    With If-Range only if the file is still the one that the asker has a part of.
    """
    known = request.headers.get("If-Range", f'"{download.sha256}"')
    if known != f'"{download.sha256}"':
        return None
    return span_of(request.headers.get("Range", ""), download.size)


def _slices(data: bytes) -> Iterator[memoryview]:
    view = memoryview(data)
    for at in range(0, len(data), WRITE_BYTES):
        yield view[at : at + WRITE_BYTES]
