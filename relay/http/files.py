"""The bytes of files: the four addresses of `protocol.files`.

The program proves itself by its resume token, a page by its cookie; both only for their own
session. What is fetched is saved, never shown: whatever is in it, no page of ours runs it.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Iterator

from aiohttp import ClientError, web

from protocol.errors import ErrorCode
from protocol.files import FileSum
from relay.domain.byte_range import Span, Unsatisfiable, span_of
from relay.domain.file_names import disposition
from relay.http import cookies
from relay.http.answers import Refusal, answer, read_json
from relay.http.parts import Parts
from relay.http.shortly import Shortly
from relay.http.who import Who
from relay.realtime.downloads import Download
from relay.realtime.errands import Errand, FileRefused

STALLED_S = 60.0
"""Somebody who sends or takes nothing for so long is gone."""

WRITE_BYTES = 128 * 1024
"""So much is encrypted at once, so that chats are not kept waiting."""

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
_BEARER = "Bearer "


class FileBytes:
    """The handlers."""

    def __init__(self, parts: Parts, who: Who) -> None:
        self._hub = parts.hub
        self._who = Shortly(who, parts.hub, parts.clock)

    async def standing(self, request: web.Request) -> web.StreamResponse:
        """GET /api/files/{session}/{transfer}"""
        with _told():
            return answer(await self._hub.uploads.standing(await self._errand(request)))

    async def put(self, request: web.Request) -> web.StreamResponse:
        """PUT /api/files/{session}/{transfer}/{piece}: its bytes and nothing else."""
        errand = await self._errand(request)
        piece = int(request.match_info["piece"])
        async with contextlib.aclosing(_body(request)) as body:
            with _told():
                return answer(await self._hub.uploads.put(errand, piece, body))

    async def finish(self, request: web.Request) -> web.StreamResponse:
        """POST /api/files/{session}/{transfer}"""
        said = await read_json(request, FileSum)
        with _told():
            await self._hub.uploads.finish(await self._errand(request), said.sha256)
        return web.Response(status=204)

    async def fetch(self, request: web.Request) -> web.StreamResponse:
        """GET /files/{session}/{transfer}: all of it, or the one range that is asked for."""
        errand = await self._errand(request)
        with _told():
            download = self._hub.downloads.offered(errand)
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
            await self._send(request, response, errand, Span(start, after))
        return response

    async def _send(
        self, request: web.Request, response: web.StreamResponse, errand: Errand, span: Span
    ) -> None:
        """The bytes of `span`. One who may have no more of them is cut off, so that nobody takes
        the part for the whole."""
        try:
            async with contextlib.aclosing(self._hub.downloads.fetch(errand, *span)) as pieces:
                async for piece in pieces:
                    for some in _slices(piece):
                        async with asyncio.timeout(STALLED_S):
                            await response.write(some)
            await response.write_eof()
        except (FileRefused, TimeoutError):
            if request.transport is not None:
                request.transport.abort()
        except (ConnectionError, ClientError):
            pass  # it went away; it may come back for the rest

    async def _errand(self, request: web.Request) -> Errand:
        """Who asks about which transfer. Raises `Refusal`."""
        session, transfer = request.match_info["session"], request.match_info["transfer"]
        token = _bearer(request)
        if token is None and "Authorization" not in request.headers:
            token = cookies.token_in(request, cookies.CHAT)
        member = await self._who.member(token) if token else None
        if member is not None and member.session == session:
            somebody = self._hub.here(member)
            if somebody is not None:
                return Errand(session, transfer, somebody)
        account = await self._who.account(request)
        if account is None:
            raise Refusal(ErrorCode.SIGNED_OUT)
        helper = self._hub.helper(session, account.id)
        if helper is None:
            raise Refusal(ErrorCode.UNKNOWN_SESSION)
        return Errand(session, transfer, helper, account.permissions)


def _bearer(request: web.Request) -> str | None:
    """The program's token; a browser cannot be made to send one."""
    said = request.headers.get("Authorization", "")
    native = not request.headers.keys() & {"Origin", "Cookie"}
    return said.removeprefix(_BEARER) if native and said.startswith(_BEARER) else None


async def _body(request: web.Request) -> AsyncGenerator[bytes, None]:
    """The body as it comes. Raises `Refusal` when it stalls or breaks off."""
    try:
        while True:
            async with asyncio.timeout(STALLED_S):
                some = await request.content.readany()
            if not some:
                return
            yield some
    except (TimeoutError, ConnectionError, ClientError, web.HTTPException):
        raise Refusal(ErrorCode.BAD_INPUT) from None


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


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """What files are refused for, as a `Refusal`."""
    try:
        yield
    except FileRefused as refused:
        raise Refusal(refused.code, detail=refused.detail, field=refused.field) from None
