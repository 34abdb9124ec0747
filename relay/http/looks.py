"""What portals look like, as every visitor loads it: their stylesheets and logos."""

from aiohttp import web

from protocol.errors import ErrorCode
from relay.domain.content import Portal
from relay.domain.looks import stylesheet
from relay.http.answers import Refusal
from relay.http.parts import Parts
from relay.storage.portals import PortalStore

FOR_EVER = "public, max-age=31536000, immutable"
"""For an address that names a version: what it answers never changes."""

ASK_AGAIN = "no-cache"
NOTHING_RUNS = "default-src 'none'; sandbox"
"""The policy of an uploaded picture that somebody opens by itself."""


class Looks:
    """The handlers; anybody may look."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._store = PortalStore(parts.database)

    async def css(self, request: web.Request) -> web.Response:
        """GET /look/{id}.css"""
        portal = self._portal(request)
        headers = {"Cache-Control": _caching(request, portal.accent[1:])}
        text = stylesheet(portal.accent)
        return web.Response(text=text, content_type="text/css", charset="utf-8", headers=headers)

    async def logo(self, request: web.Request) -> web.Response:
        """GET /look/{id}/logo"""
        portal = self._portal(request)
        logo = await self._store.logo(portal.id) if portal.logo else None
        if logo is None:
            raise Refusal(ErrorCode.NOT_FOUND)
        headers = {
            "Cache-Control": _caching(request, portal.logo),
            "Content-Security-Policy": NOTHING_RUNS,
            "Content-Disposition": "inline",
        }
        return web.Response(body=logo.content, content_type=logo.kind, headers=headers)

    def _portal(self, request: web.Request) -> Portal:
        """One that exists, unlike what `content.portal` falls back to. Raises `Refusal`."""
        portal = self._parts.hub.content.portals.get(request.match_info["id"])
        if portal is None:
            raise Refusal(ErrorCode.NOT_FOUND)
        return portal


def _caching(request: web.Request, version: str) -> str:
    """A page of before may ask for a version that is no longer there: it gets the present one,
    which nobody may keep under that name."""
    return FOR_EVER if version and request.query.get("v") == version else ASK_AGAIN
