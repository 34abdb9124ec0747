"""Second factors: offered, turned on by their first code, asked for at sign-in, turned off."""

import base64
import secrets
from typing import NamedTuple

import structlog

from protocol.errors import ErrorCode
from relay.domain import second_factor as rules
from relay.domain.accounts import Account
from relay.domain.tries import Tries
from relay.http.answers import Refusal
from relay.http.parts import Parts
from relay.sealing import Unsealable
from relay.storage.second_factors import Read

log = structlog.get_logger("second_factor")

SECRET_GROUP = 4


class Offer(NamedTuple):
    """`secret` in base 32, grouped for people; `uri` is what the QR code says."""

    secret: str
    uri: str


class SecondFactors:
    """Checks codes, and counts wrong ones by account."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._wrong = Tries(rules.WRONG_CODES, rules.WRONG_CODES_WINDOW_S)

    async def offer(self, account: Account) -> Offer:
        """A new secret for `account`; the one offered before is worth nothing.

        Raises `Refusal` NOT_NOW when there is a second factor already.
        """
        secret = base64.b32encode(secrets.token_bytes(rules.SECRET_BYTES)).decode()
        sealed = self._parts.seal.close(account.id, secret)
        if not await self._parts.second_factors.offer(account.id, sealed):
            raise Refusal(ErrorCode.NOT_NOW, detail="second_factor_on")
        uri = rules.provisioning_uri(secret, account.name, self._parts.config.organisation)
        return Offer(rules.grouped(secret, SECRET_GROUP), uri)

    async def enable(self, account: Account, typed: str) -> list[str]:
        """Turn the offered secret on by its first code: the recovery codes. Raises `Refusal`."""
        self._count(account)
        codes = [_random_recovery_code() for _ in range(rules.RECOVERY_CODES)]
        hashes = [self._recovery_hash(account, code) for code in codes]
        now = self._parts.clock.now_ms()
        reading = self._reading(account, rules.normalise(typed))
        if not await self._parts.second_factors.enable(account.id, reading, hashes, now):
            raise _wrong_code()
        self._wrong.give_back(account.id)
        log.info("second_factor.enabled", user=account.id)
        return codes

    async def check(self, account: Account, typed: str) -> None:
        """Use up what was `typed`: a code or a recovery code.

        Raises `Refusal`: BAD_INPUT when it is wrong, TOO_MANY_TRIES.
        """
        self._count(account)
        code = rules.normalise(typed)
        store = self._parts.second_factors
        if rules.is_recovery(code):
            right = await store.use_recovery_code(account.id, self._recovery_hash(account, code))
        else:
            right = await store.use_code(account.id, self._reading(account, code))
        if not right:
            log.info("second_factor.refused", user=account.id)
            raise _wrong_code()
        self._wrong.give_back(account.id)
        if rules.is_recovery(code):
            log.info("second_factor.recovery_code_used", user=account.id)

    async def turn_off(self, account: Account, typed: str) -> None:
        """Raises `Refusal` as `check` does."""
        await self.check(account, typed)
        await self._parts.second_factors.remove(account.id)
        log.info("second_factor.removed", by=account.id, user=account.id)

    def _reading(self, account: Account, code: str) -> Read:
        now = self._parts.clock.now_ms()

        def read(sealed: str) -> int | None:
            try:
                secret = self._parts.seal.open(account.id, sealed)
            except Unsealable:
                log.error("second_factor.unsealable", user=account.id)
                return None
            return rules.step_of(secret, code, now)

        return read

    def _recovery_hash(self, account: Account, code: str) -> str:
        key = self._parts.seal.recovery_key
        return rules.recovery_hash(key, account.id, rules.normalise(code))

    def _count(self, account: Account) -> None:
        seconds = self._wrong.take(account.id, self._parts.clock.monotonic())
        if seconds:
            log.info("second_factor.too_many_tries", user=account.id)
            raise Refusal(ErrorCode.TOO_MANY_TRIES, field="code", retry_after_s=seconds)


def _wrong_code() -> Refusal:
    return Refusal(ErrorCode.BAD_INPUT, detail="code_wrong", field="code")


def _random_recovery_code() -> str:
    base = len(rules.RECOVERY_ALPHABET)
    return rules.recovery_code(secrets.randbelow(base) for _ in range(rules.RECOVERY_CHARS))
