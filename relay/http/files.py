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
from relay.http import cookies
from relay.http.answers import Refusal, answer, read_json
from relay.http.parts import Parts
from relay.http.sending import STALLED_S, send
from relay.http.shortly import Shortly
from relay.http.who import Who
from relay.realtime.errands import Errand, FileRefused

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
        return await send(request, download, lambda span: self._hub.downloads.fetch(errand, *span))

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


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """What files are refused for, as a `Refusal`."""
    try:
        yield
    except FileRefused as refused:
        raise Refusal(refused.code, detail=refused.detail, field=refused.field) from None
