"""The native client's way in."""

import msgspec
from aiohttp import web

from protocol.api import Join, Joined, RelayIdentity, Watermark
from protocol.catalogue import choose
from protocol.errors import ErrorCode
from protocol.requests import Nonce
from protocol.roles import Door, Way
from relay.domain.content import MAIN_PORTAL
from relay.domain.entrance import is_code
from relay.http.answers import Refusal, answer, read_json
from relay.http.joining import Admitted, Customer, Joining
from relay.http.parts import Parts
from relay.http.portal_look import look_of


class Native:
    """The handlers."""

    def __init__(self, parts: Parts, joining: Joining) -> None:
        self._parts = parts
        self._joining = joining

    async def identity(self, request: web.Request) -> web.Response:
        """GET /api/identity?nonce=…: who this is, before a key is shown. Raises `Refusal`
        BAD_INPUT without a nonce of the right form."""
        try:
            nonce = msgspec.convert(request.query.get("nonce"), Nonce)
        except msgspec.ValidationError:
            raise Refusal(ErrorCode.BAD_INPUT, field="nonce") from None
        identity, config = self._parts.identity, self._parts.config
        return answer(
            RelayIdentity(
                identity=identity.public_text,
                signature=identity.sign(config.public_url, nonce),
                oldest_client=config.oldest_client,
            )
        )

    async def join(self, request: web.Request) -> web.Response:
        """POST /api/join: with a session key or a join code."""
        wish = await read_json(request, Join)
        customer = Customer(
            address=self._parts.callers.network(request),
            door=Door.CLIENT,
            language=choose([wish.language]),
            name=wish.name,
            system=wish.system,
            portal=MAIN_PORTAL,
        )
        if is_code(wish.key):
            admitted = await self._joining.by_code(wish.key, customer)
        else:
            admitted = await self._by_key(wish.key, customer)
        identity, origin = self._parts.identity, self._parts.config.public_url
        return answer(
            Joined(
                session=admitted.opened.session,
                participant=admitted.opened.participant,
                token=admitted.token,
                organisation=await self._parts.hub.entrance.name_of(admitted.opened.session),
                identity=identity.public_text,
                signature=identity.sign(origin, wish.nonce) if wish.nonce else "",
                mail=self._parts.hub.content.mail,
                watermark=await self._watermark(admitted.opened.session),
            )
        )

    async def _watermark(self, session: str) -> Watermark | None:
        """What lies over the screen while it is shared, as the site wishes."""
        settings = self._parts.hub.content.settings
        if not settings.watermark:
            return None
        came_by = await self._parts.hub.entrance.portal_of(session)
        portal = self._parts.hub.content.portal(came_by)
        look = look_of(portal, self._parts.config.organisation)
        text = " ".join(settings.watermark_text.split())
        return Watermark(
            text=text or look.name,
            percent=settings.watermark_percent,
            seen=settings.watermark_seen,
            logo="" if text else look.logo,
        )

    async def _by_key(self, typed: str, customer: Customer) -> Admitted:
        """Raises `Refusal` KEY_FOR_CHAT, the key unused, and as `Joining.by_key`."""
        portal = self._parts.hub.content.portal(MAIN_PORTAL)
        way = await self._joining.way_of_key(typed, customer.address, portal)
        if way is Way.CHAT:
            raise Refusal(ErrorCode.KEY_FOR_CHAT, field="key")
        return await self._joining.by_key(typed, customer)
