"""The representative's page, and tickets for the sockets of all pages."""

from aiohttp import web

from protocol.api import Ticket, TicketWish
from protocol.errors import ErrorCode
from protocol.roles import Door
from relay.domain.tokens import token_hash
from relay.http import cookies
from relay.http.answers import Refusal, answer, read_json
from relay.http.logins import Logins
from relay.http.pages import see_other
from relay.http.parts import Parts
from relay.realtime.tickets import TicketHolder


class Console:
    """The handlers."""

    def __init__(self, parts: Parts, logins: Logins) -> None:
        self._parts = parts
        self._logins = logins

    async def page(self, request: web.Request) -> web.Response:
        """GET /console"""
        account = await self._logins.account(request)
        if account is None:
            return see_other("/login")
        return self._parts.pages.render(request, "console", user_name=account.shown_name)

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
                account = await self._logins.required(request)
                return TicketHolder(wish.door, account.id, account.shown_name, session=wish.session)
            case Door.CLIENT:
                raise Refusal(ErrorCode.FORBIDDEN)

    async def _customer(self, request: web.Request) -> TicketHolder:
        token = cookies.token_in(request, cookies.CHAT)
        member = None if token is None else await self._parts.hub.member(token_hash(token))
        if member is None:
            raise Refusal(ErrorCode.UNKNOWN_SESSION)
        return TicketHolder(Door.CHAT, participant_id=member.participant, session=member.session)
