"""Logins: begun by password or link, known by cookie, ended by signing out."""

import secrets

import structlog
from aiohttp import web

from protocol import limits
from protocol.admin_api import CodeWanted
from protocol.api import SignedIn, SignIn, SignInByLink
from protocol.errors import ErrorCode
from relay.domain.accounts import LOGIN_MOST_S, Account, LinkPurpose
from relay.domain.second_factor import CODE_WAIT_S
from relay.domain.tokens import TOKEN_BYTES, token_hash, token_of
from relay.domain.tries import Tries
from relay.http import cookies
from relay.http.answers import Refusal, answer, read_json
from relay.http.pages import see_other
from relay.http.parts import Parts
from relay.http.who import ACCOUNT, Who
from relay.storage.accounts import LinkRefused

log = structlog.get_logger("login")


class Logins:
    """Handlers of signing in and out."""

    def __init__(self, parts: Parts, who: Who) -> None:
        self._parts = parts
        self._who = who
        self._by_address = Tries(limits.SIGN_INS, limits.SIGN_INS_WINDOW_S)
        self._by_name = Tries(limits.SIGN_INS, limits.SIGN_INS_WINDOW_S)

    async def after_first_step(self, request: web.Request, account: Account) -> web.Response:
        """The password or link was right: `SignedIn`, or `CodeWanted` with a second factor."""
        if not account.second_factor:
            return await self.begin(request, account)
        token = token_of(secrets.token_bytes(TOKEN_BYTES))
        now = self._parts.clock.now_ms()
        until = now + CODE_WAIT_S * 1000
        make = self._parts.accounts.make_link
        await make(LinkPurpose.CODE, account.id, token_hash(token), until, now)
        response = answer(CodeWanted(until=until))
        cookies.give(response, cookies.STEP, token, max_age_s=CODE_WAIT_S)
        return response

    async def begin(self, request: web.Request, account: Account) -> web.Response:
        """Sign `account` in: `SignedIn` with a new cookie; the login before is over."""
        before = cookies.token_in(request, cookies.LOGIN)
        if before is not None:
            await self._parts.accounts.close_login(token_hash(before))
        token = token_of(secrets.token_bytes(TOKEN_BYTES))
        now = self._parts.clock.now_ms()
        await self._parts.accounts.open_login(account.id, token_hash(token), now)
        response = answer(SignedIn(user=account.id, name=account.shown_name))
        cookies.give(response, cookies.LOGIN, token, max_age_s=LOGIN_MOST_S)
        return response

    def count_try(self, request: web.Request) -> str:
        """Count a try of the caller's address, which is returned; raises `Refusal`."""
        address = self._parts.callers.network(request)
        _count(self._by_address, address, self._parts.clock.monotonic())
        return address

    def forgive_try(self, address: str) -> None:
        """The caller's last try was right."""
        self._by_address.give_back(address)

    async def page(self, request: web.Request) -> web.Response:
        """GET /login"""
        if await self._who.account(request) is not None:
            return see_other("/console")
        return self._parts.pages.render(request, "login")

    async def link_page(self, request: web.Request) -> web.Response:
        """GET /sign-in"""
        return self._parts.pages.render(request, "sign_in")

    async def sign_in(self, request: web.Request) -> web.Response:
        """POST /api/login"""
        wish = await read_json(request, SignIn)
        address = self.count_try(request)
        _count(self._by_name, wish.name, self._parts.clock.monotonic())
        found = await self._parts.accounts.by_name(wish.name)
        stored = None if found is None else found[1]
        right = await self._parts.passwords.matches(stored, wish.password)
        if found is None or not right:
            log.info("login.refused", address=address)
            raise Refusal(ErrorCode.WRONG_PASSWORD)
        self.forgive_try(address)
        self._by_name.give_back(wish.name)
        log.info("login.by_password", user=found[0].id, address=address)
        return await self.after_first_step(request, found[0])

    async def sign_in_by_link(self, request: web.Request) -> web.Response:
        """POST /api/login/link"""
        wish = await read_json(request, SignInByLink)
        address = self.count_try(request)
        now = self._parts.clock.now_ms()
        try:
            hashed = token_hash(wish.token)
            account = await self._parts.accounts.use_link(LinkPurpose.SIGN_IN, hashed, now)
        except LinkRefused:
            log.info("link.refused", address=address)
            raise Refusal(ErrorCode.LINK_EXPIRED) from None
        self.forgive_try(address)
        log.info("login.by_link", user=account.id, address=address)
        return await self.after_first_step(request, account)

    async def sign_out(self, request: web.Request) -> web.Response:
        """POST /api/logout"""
        account = request[ACCOUNT]
        token = cookies.token_in(request, cookies.LOGIN) or ""
        await self._parts.accounts.close_login(token_hash(token))
        self._parts.hub.sign_out(account.id)
        log.info("login.ended", user=account.id)
        response = web.Response(status=204)
        cookies.take_back(response, cookies.LOGIN)
        return response


def _count(tries: Tries, name: str, now: float) -> None:
    seconds = tries.take(name, now)
    if seconds:
        raise Refusal(ErrorCode.TOO_MANY_TRIES, retry_after_s=seconds)
