"""The representative's page, and tickets for the sockets of all pages."""

from aiohttp import web

from protocol.api import Ticket, TicketWish
from protocol.errors import ErrorCode
from protocol.facts import SignedInBy
from protocol.requests import Hello
from protocol.roles import Door
from relay.domain.permissions import Permission, allows, permission_for
from relay.domain.tokens import token_hash
from relay.http import cookies
from relay.http.administration import home, sections_for
from relay.http.answers import Refusal, answer, read_json
from relay.http.pages import see_other
from relay.http.parts import Parts
from relay.http.who import ACCOUNT, Who
from relay.realtime.tickets import TicketHolder


class Console:
    """The handlers."""

    def __init__(self, parts: Parts, who: Who) -> None:
        self._parts = parts
        self._who = who

    async def page(self, request: web.Request) -> web.Response:
        """GET /console; who may not talk with customers begins elsewhere."""
        account = request[ACCOUNT]
        if Permission.SESSION_ACCEPT not in account.permissions:
            return see_other(home(account))
        administers = bool(sections_for(account.permissions))
        return self._parts.pages.render(
            request, "console", user_name=account.shown_name, administers=administers
        )

    async def ticket(self, request: web.Request) -> web.Response:
        """POST /api/ticket"""
        wish = await read_json(request, TicketWish)
        holder = await self._holder(request, wish)
        return answer(Ticket(ticket=self._parts.tickets.issue(holder)))

    async def _holder(self, request: web.Request, wish: TicketWish) -> TicketHolder:
        match wish.door:
            case Door.CHAT:
                return await self._customer(request)
            case Door.DESK | Door.SESSION:
                if (wish.session is None) is not (wish.door is Door.DESK):
                    raise Refusal(ErrorCode.BAD_INPUT, field="session")
                account = await self._who.required(request)
                if not allows(permission_for(Hello), account.permissions):
                    raise Refusal(ErrorCode.FORBIDDEN)
                return TicketHolder(
                    wish.door,
                    account.id,
                    account.shown_name,
                    SignedInBy.SECOND_FACTOR if account.second_factor else SignedInBy.PASSWORD,
                    account.photo,
                    session=wish.session,
                    permissions=account.permissions,
                )
            case Door.CLIENT:
                raise Refusal(ErrorCode.FORBIDDEN)

    async def _customer(self, request: web.Request) -> TicketHolder:
        token = cookies.token_in(request, cookies.CHAT)
        hub, hashed = self._parts.hub, token_hash(token or "")
        member = await hub.member(hashed) if token else None
        if member is None and token and await hub.entrance.moved(hashed):
            raise Refusal(ErrorCode.ENDED, detail="moved")
        if member is None:
            raise Refusal(ErrorCode.UNKNOWN_SESSION)
        return TicketHolder(Door.CHAT, participant_id=member.participant, session=member.session)
