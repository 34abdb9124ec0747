"""Photos of representatives: their own to change, and everybody's to look at."""

import re

import structlog
from aiohttp import web

from protocol import limits
from protocol.errors import ErrorCode
from relay.domain.pictures import Unfit, picture
from relay.http.answers import Refusal
from relay.http.looks import FOR_EVER, NOTHING_RUNS
from relay.http.parts import Parts
from relay.http.picture_body import read_picture, unfit
from relay.http.who import ACCOUNT
from relay.storage.photos import Photo, PhotoStore

FIELD = "photo"
_DIGEST = re.compile(r"[0-9a-f]{64}")

log = structlog.get_logger("account")


class Photos:
    """The handlers."""

    def __init__(self, parts: Parts) -> None:
        self._store = PhotoStore(parts.database)

    async def show(self, request: web.Request) -> web.Response:
        """GET /photos/{sha256}"""
        sha256 = request.match_info["sha256"]
        found = await self._store.find(sha256) if _DIGEST.fullmatch(sha256) else None
        if found is None:
            raise Refusal(ErrorCode.NOT_FOUND)
        headers = {
            "Cache-Control": FOR_EVER,
            "Content-Security-Policy": NOTHING_RUNS,
            "Content-Disposition": "inline",
        }
        return web.Response(body=found.content, content_type=found.kind, headers=headers)

    async def put(self, request: web.Request) -> web.Response:
        """POST /api/account/photo: the picture itself, whatever type the browser says it is."""
        content = await read_picture(request, FIELD, limits.PHOTO_BYTES)
        try:
            found = picture(content)
        except Unfit as why:
            raise unfit(FIELD, why.why) from None
        if max(found.width, found.height) > limits.PHOTO_PIXELS:
            raise unfit(FIELD, "logo_pixels")
        await self._store.put(request[ACCOUNT].id, Photo(content, found.kind))
        log.info("account.photo_changed", user=request[ACCOUNT].id)
        return web.Response(status=204)

    async def remove(self, request: web.Request) -> web.Response:
        """POST /api/account/photo/delete"""
        await self._store.put(request[ACCOUNT].id, None)
        log.info("account.photo_removed", user=request[ACCOUNT].id)
        return web.Response(status=204)
