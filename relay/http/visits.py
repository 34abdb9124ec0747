"""Somebody at a portal: which one it is, who they are, and what they are told when it fails."""

from collections.abc import Mapping

import structlog
from aiohttp import web

from protocol.errors import ErrorCode
from protocol.roles import Door
from relay.domain.content import MAIN_PORTAL, Portal
from relay.domain.entrance import portal_at
from relay.domain.notices import System, system_of
from relay.http.answers import STATUS, Refusal
from relay.http.joining import Customer
from relay.http.parts import Parts
from relay.http.problems import route_of
from relay.storage.database import StorageUnavailable

log = structlog.get_logger("http")

SYSTEMS = {
    System.WINDOWS: "Windows",
    System.MACOS: "macOS",
    System.LINUX: "Linux",
    System.ANDROID: "Android",
    System.IOS: "iOS",
}
"""What they call themselves, in every language."""


class Visits:
    """What the handlers of portals ask about a request."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def portal(self, request: web.Request, slug: str | None = None) -> Portal:
        """The portal of an address. Raises `Refusal` NOT_FOUND."""
        slug = slug or request.match_info.get("slug", "")
        portals = self._parts.hub.content.portals
        portal = portal_at(portals, slug) if slug else portals.get(MAIN_PORTAL, Portal(MAIN_PORTAL))
        if portal is None:
            raise Refusal(ErrorCode.NOT_FOUND)
        return portal

    def customer(self, request: web.Request, portal: Portal, wished: Door, name: str) -> Customer:
        """Who comes in, by which door."""
        system = system_of(request.headers.get("User-Agent", ""))
        return Customer(
            address=self._parts.callers.network(request),
            door=wished,
            language=self._parts.pages.texts(request).language,
            name=name,
            system=SYSTEMS[System(system)] if system else "",
            portal=portal.id,
        )

    def told(
        self, request: web.Request, failure: Refusal | StorageUnavailable
    ) -> tuple[int, Mapping[str, str], str]:
        """Status, headers and sentence of an answer that shows the form again."""
        texts = self._parts.pages.texts(request)
        if isinstance(failure, Refusal):
            sentence = texts(f"error.{failure.code}", detail=failure.detail)
            return failure.status, failure.headers, sentence
        log.warning("storage.unavailable", route=route_of(request), error=failure)
        return STATUS[ErrorCode.STORAGE], {}, texts("portal.storage")
