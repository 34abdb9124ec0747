"""One's own account: password, second factor, where one is signed in."""

import segno
import structlog
from aiohttp import web

from protocol import limits
from protocol.admin_api import (
    AccountState,
    LoginRow,
    PasswordChange,
    RecoveryCodes,
    SecondFactorConfirm,
    SecondFactorOff,
    SecondFactorOffer,
)
from protocol.errors import ErrorCode
from relay.domain.accounts import Account, is_weak
from relay.domain.tokens import token_hash
from relay.domain.tries import Tries
from relay.http import cookies
from relay.http.answers import Refusal, answer, read_json
from relay.http.parts import Parts
from relay.http.second_factors import SecondFactors
from relay.http.staff import role_row
from relay.http.who import ACCOUNT

log = structlog.get_logger("account")


class OwnAccount:
    """The handlers; their routes ask for nothing but being signed in."""

    def __init__(self, parts: Parts, second_factors: SecondFactors) -> None:
        self._parts = parts
        self._second_factors = second_factors
        self._wrong = Tries(limits.SIGN_INS, limits.SIGN_INS_WINDOW_S)

    async def state(self, request: web.Request) -> web.Response:
        """GET /api/account"""
        me, parts, now = request[ACCOUNT], self._parts, self._parts.clock.now_ms()
        roles = await parts.people.roles()
        second = await parts.second_factors.state(me.id)
        here = _login_hash(request)
        logins = await parts.accounts.logins(me.id, now)
        return answer(
            AccountState(
                now=now,
                name=me.name,
                shown_name=me.shown_name,
                role=next(role_row(one, me.permissions) for one in roles if one.id == me.role),
                has_password=await parts.accounts.password_hash(me.id) is not None,
                second_factor=second.enabled,
                recovery_codes=second.recovery_codes,
                photo=me.photo,
                logins=tuple(
                    LoginRow(
                        created_at=one.created_at,
                        used_at=one.used_at,
                        current=one.token_hash == here,
                    )
                    for one in logins
                ),
            )
        )

    async def change_password(self, request: web.Request) -> web.Response:
        """POST /api/account/password: every other login ends."""
        wish, me = await read_json(request, PasswordChange), request[ACCOUNT]
        old = await self._check_password(me, wish.old, "old")
        if is_weak(wish.new, me.name, me.shown_name):
            raise Refusal(ErrorCode.PASSWORD_WEAK, field="new")
        new = await self._parts.passwords.hash(wish.new)
        keep = _login_hash(request)
        if not await self._parts.accounts.change_password(me.id, old, new, keep):
            raise _wrong_password("old")
        self._parts.hub.sign_out(me.id)
        log.info("account.password_changed", user=me.id)
        return web.Response(status=204)

    async def offer_second_factor(self, request: web.Request) -> web.Response:
        """POST /api/account/second-factor"""
        offer = await self._second_factors.offer(request[ACCOUNT])
        matrix = segno.make(offer.uri, error="m", micro=False).matrix
        rows = tuple("".join(str(int(dot)) for dot in row) for row in matrix)
        return answer(SecondFactorOffer(secret=offer.secret, qr=rows))

    async def confirm_second_factor(self, request: web.Request) -> web.Response:
        """POST /api/account/second-factor/confirm"""
        wish = await read_json(request, SecondFactorConfirm)
        codes = await self._second_factors.enable(request[ACCOUNT], wish.code)
        return answer(RecoveryCodes(codes=tuple(codes)))

    async def turn_off_second_factor(self, request: web.Request) -> web.Response:
        """POST /api/account/second-factor/off"""
        wish, me = await read_json(request, SecondFactorOff), request[ACCOUNT]
        await self._check_password(me, wish.password, "password")
        await self._second_factors.turn_off(me, wish.code)
        return web.Response(status=204)

    async def sign_out_everywhere(self, request: web.Request) -> web.Response:
        """POST /api/account/sign-out-everywhere"""
        me = request[ACCOUNT]
        await self._parts.accounts.close_logins(me.id)
        self._parts.hub.sign_out(me.id)
        log.info("account.signed_out_everywhere", user=me.id)
        response = web.Response(status=204)
        cookies.take_back(response, cookies.LOGIN)
        return response

    async def _check_password(self, me: Account, password: str, field: str) -> str | None:
        """The stored hash that `password` matches; None where there is no password yet.

        Raises `Refusal`, TOO_MANY_TRIES too: a borrowed browser is no place to guess.
        """
        stored = await self._parts.accounts.password_hash(me.id)
        if stored is None:
            return None
        seconds = self._wrong.take(me.id, self._parts.clock.monotonic())
        if seconds:
            raise Refusal(ErrorCode.TOO_MANY_TRIES, field=field, retry_after_s=seconds)
        if not await self._parts.passwords.matches(stored, password):
            log.info("account.password_refused", user=me.id)
            raise _wrong_password(field)
        self._wrong.give_back(me.id)
        return stored


def _login_hash(request: web.Request) -> str:
    return token_hash(cookies.token_in(request, cookies.LOGIN) or "")


def _wrong_password(field: str) -> Refusal:
    return Refusal(ErrorCode.BAD_INPUT, detail="password_wrong", field=field)
