"""Portals: what administrators see and change of them, their logos included."""

from collections.abc import Mapping

import structlog
from aiohttp import web

from protocol.errors import ErrorCode
from protocol.site_api import (
    LOGO_BYTES,
    AccentCheck,
    Made,
    PortalRow,
    Portals,
    PortalWish,
    SchemeLook,
)
from relay.domain.content import MAIN_PORTAL, Portal
from relay.domain.looks import DARK, LIGHT, Scheme, is_colour, look_of, slug_fault
from relay.domain.pictures import Unfit, picture
from relay.http import portal_look
from relay.http.answers import Refusal, answer, read_json
from relay.http.parts import Parts
from relay.http.picture_body import read_picture, unfit
from relay.http.site_input import done, id_of, new_id, optional_line_of, told
from relay.http.teams import issue_row
from relay.http.who import ACCOUNT
from relay.storage.portals import Logo, PortalStore, portal_version

log = structlog.get_logger("portals")


class PortalPages:
    """The handlers; their routes ask for `portals.manage`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._store = PortalStore(parts.database)

    async def state(self, _request: web.Request) -> web.Response:
        """GET /api/portals"""
        content, config = self._parts.hub.content, self._parts.config
        return answer(
            Portals(
                portals=tuple(_row(one) for one in await self._store.everything()),
                issues=tuple(issue_row(one) for one in content.issues.values()),
                origin=config.public_url,
                organisation=config.organisation,
                way=content.settings.way,
            )
        )

    async def accent(self, request: web.Request) -> web.Response:
        """GET /api/accent?colour=: what a colour leads to."""
        colour = request.query.get("colour", "")
        if colour and not is_colour(colour):
            raise Refusal(ErrorCode.BAD_INPUT, field="accent", detail="colour")
        look = look_of(colour)
        return answer(
            AccentCheck(
                light=_scheme(look.light, LIGHT),
                dark=_scheme(look.dark, DARK),
                nearest=look.nearest,
            )
        )

    async def add(self, request: web.Request) -> web.Response:
        """POST /api/portals"""
        portal = _portal(new_id(), await read_json(request, PortalWish))
        with told("slug"):
            await self._store.add(portal)
        log.info("portals.added", by=request[ACCOUNT].id, id=portal.id)
        await self._parts.hub.content_changed()
        return answer(Made(id=portal.id))

    async def change(self, request: web.Request) -> web.Response:
        """POST /api/portals/{id}"""
        wish = await read_json(request, PortalWish)
        with told("slug"):
            await self._store.change(_portal(id_of(request), wish), wish.version)
        return await self._changed(request, "portals.changed")

    async def delete(self, request: web.Request) -> web.Response:
        """POST /api/portals/{id}/delete"""
        with told():
            await self._store.remove(id_of(request))
        return await self._changed(request, "portals.deleted")

    async def put_logo(self, request: web.Request) -> web.Response:
        """POST /api/portals/{id}/logo: the picture itself, whatever type the browser says it is."""
        content = await read_picture(request, "logo", LOGO_BYTES)
        try:
            kind = picture(content).kind
        except Unfit as why:
            raise unfit("logo", why.why) from None
        with told():
            await self._store.put_logo(id_of(request), Logo(content, kind))
        return await self._changed(request, "portals.logo_changed")

    async def remove_logo(self, request: web.Request) -> web.Response:
        """POST /api/portals/{id}/logo/delete"""
        with told():
            await self._store.put_logo(id_of(request), None)
        return await self._changed(request, "portals.logo_removed")

    async def _changed(self, request: web.Request, what: str) -> web.Response:
        log.info(what, by=request[ACCOUNT].id, id=id_of(request))
        await self._parts.hub.content_changed()
        return done()


def _row(portal: Portal) -> PortalRow:
    return PortalRow(
        id=portal.id,
        slug=portal.slug,
        name=portal.name,
        accent=portal.accent,
        way=portal.way,
        issues=None if portal.issues is None else tuple(sorted(portal.issues)),
        logo=portal_look.look_of(portal, "").logo,
        version=portal_version(portal),
    )


def _scheme(scheme: Scheme, tokens: Mapping[str, str]) -> SchemeLook:
    return SchemeLook(
        as_chosen=scheme.as_chosen,
        accent=scheme.accent,
        accent_ink=scheme.accent_ink,
        accent_text=scheme.accent_text,
        accent_soft=scheme.accent_soft,
        ground=tokens["ground"],
        surface=tokens["surface"],
        ink=tokens["ink"],
        soft=tokens["soft"],
        line=tokens["line"],
    )


def _portal(portal_id: str, wish: PortalWish) -> Portal:
    slug = wish.slug.strip()
    fault = "" if portal_id == MAIN_PORTAL else slug_fault(slug)
    if fault:
        raise Refusal(ErrorCode.BAD_INPUT, field="slug", detail=fault)
    name = optional_line_of(wish.name, "name")
    issues = None if wish.issues is None else frozenset(wish.issues)
    return Portal(portal_id, slug, name, wish.accent.lower(), "", wish.way, issues)
