"""The public side: the portal page, the key field, the web chat, the client's way in."""

from urllib.parse import parse_qs

from aiohttp import web

from protocol import keys, limits
from protocol.api import AvailableRepresentative, Join, Joined, Portal
from protocol.errors import ErrorCode
from protocol.roles import Door
from relay.domain.tokens import token_hash
from relay.http import cookies
from relay.http.answers import Refusal, answer, read, read_json
from relay.http.headers import OWN_REFERRER
from relay.http.joining import Customer, Joining
from relay.http.pages import see_other
from relay.http.parts import Parts

_FORM = "application/x-www-form-urlencoded"
_FORM_FIELDS = 8
_KEY_CHARS = 40


class PublicPages:
    """The handlers."""

    def __init__(self, parts: Parts, joining: Joining) -> None:
        self._parts = parts
        self._joining = joining

    async def portal(self, request: web.Request) -> web.Response:
        """GET /"""
        return self._portal(request)

    async def portal_with_key(self, request: web.Request) -> web.Response:
        """GET /join/{key}: looking never uses the key."""
        return self._portal(request, typed=_as_shown(request.match_info["key"]))

    async def join(self, request: web.Request) -> web.Response:
        """POST /join"""
        typed, name = await _read_form(request)
        address = self._parts.callers.network(request)
        try:
            admitted = await self._joining.join(typed, Customer(address, Door.CHAT, name))
        except Refusal as refusal:
            return self._portal(request, typed=typed, name=name, refusal=refusal)
        response = see_other("/chat")
        cookies.give(response, cookies.CHAT, admitted.token)
        return response

    async def chat(self, request: web.Request) -> web.Response:
        """GET /chat"""
        token = cookies.token_in(request, cookies.CHAT)
        if token is None or await self._parts.hub.member(token_hash(token)) is None:
            return see_other("/")
        return self._parts.pages.render(request, "chat")

    async def api_portal(self, _request: web.Request) -> web.Response:
        """GET /api/portal"""
        return answer(
            Portal(
                organisation=self._parts.config.organisation,
                representatives=self._representatives(),
            )
        )

    async def api_join(self, request: web.Request) -> web.Response:
        """POST /api/join"""
        wish = await read_json(request, Join)
        address = self._parts.callers.network(request)
        customer = Customer(address, Door.CLIENT, wish.name, wish.system)
        admitted = await self._joining.join(wish.key, customer)
        identity, origin = self._parts.identity, self._parts.config.public_url
        return answer(
            Joined(
                session=admitted.opened.session,
                participant=admitted.opened.participant,
                token=admitted.token,
                organisation=self._parts.config.organisation,
                identity=identity.public_text,
                signature=identity.sign(origin, wish.nonce) if wish.nonce else "",
            )
        )

    def _portal(
        self,
        request: web.Request,
        *,
        typed: str = "",
        name: str = "",
        refusal: Refusal | None = None,
    ) -> web.Response:
        error = ""
        if refusal is not None:
            error = self._parts.pages.texts(request)(f"error.{refusal.code}", detail=refusal.detail)
        return self._parts.pages.render(
            request,
            "portal",
            status=200 if refusal is None else refusal.status,
            headers=OWN_REFERRER | ({} if refusal is None else refusal.headers),
            representatives=self._representatives(),
            typed=typed,
            name=name,
            error=error,
        )

    def _representatives(self) -> tuple[AvailableRepresentative, ...]:
        return tuple(AvailableRepresentative(name=one) for one in self._parts.hub.available())


def _as_shown(typed: str) -> str:
    """A key from a link as people read it; anything else as far as it is digits."""
    digits = keys.normalise(typed[:_KEY_CHARS])
    return keys.shown(digits) if keys.is_complete(digits) else digits


async def _read_form(request: web.Request) -> tuple[str, str]:
    """The fields `key` and `name`. Raises `Refusal`."""
    if request.content_type != _FORM:
        raise Refusal(ErrorCode.BAD_INPUT, field="Content-Type")
    body = await read(request)
    try:
        fields = parse_qs(body.decode("ascii"), keep_blank_values=True, max_num_fields=_FORM_FIELDS)
    except ValueError:
        raise Refusal(ErrorCode.BAD_INPUT) from None
    typed = fields.get("key", [""])[0][:_KEY_CHARS]
    return typed, fields.get("name", [""])[0][: limits.NAME_CHARS]
