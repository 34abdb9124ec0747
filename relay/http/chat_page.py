"""The web chat's page: in the look of the portal that the customer came from."""

from aiohttp import web

from relay.domain.entrance import path_of
from relay.domain.tokens import token_hash
from relay.http import cookies
from relay.http.pages import see_other
from relay.http.parts import Parts
from relay.http.portal_look import look_of


class ChatPage:
    """The handler."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def page(self, request: web.Request) -> web.Response:
        """GET /chat; a browser whose session went on in the program is told so."""
        token = cookies.token_in(request, cookies.CHAT)
        hub = self._parts.hub
        member = None if token is None else await hub.member(token_hash(token))
        moved = token is not None and member is None and await hub.entrance.moved(token_hash(token))
        if member is None and not moved:
            return see_other("/")
        came_by = await hub.entrance.portal_of(member.session) if member else ""
        portal = hub.content.portal(came_by)
        look = look_of(portal, self._parts.config.organisation)
        return self._parts.pages.render(
            request,
            "chat",
            organisation=look.name,
            look=look,
            mail=hub.content.mail,
            moved=moved,
            program=member is not None and await hub.entrance.has_program(member.session),
            home=path_of(portal) or "/",
        )
