"""From a session key to a waiting session: the same for the native client and for pages."""

import contextlib
import secrets
from typing import NamedTuple

import structlog

from protocol import keys, limits
from protocol.errors import ErrorCode
from protocol.roles import Door
from relay.domain.names import tidy
from relay.domain.tokens import TOKEN_BYTES, token_hash, token_of
from relay.domain.tries import Tries
from relay.http.answers import Refusal
from relay.http.parts import Parts
from relay.storage.database import StorageUnavailable
from relay.storage.keys import UsedKey
from relay.storage.sessions import OpenedSession

log = structlog.get_logger("joining")


class Customer(NamedTuple):
    """What somebody with a key says about themselves."""

    address: str
    door: Door
    name: str
    system: str = ""


class Admitted(NamedTuple):
    """The session that was opened, and the resume token, given only now."""

    opened: OpenedSession
    token: str


class Joining:
    """Uses keys; counts wrong ones by address."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._wrong = Tries(limits.WRONG_KEYS, limits.WRONG_KEYS_WINDOW_S)

    async def join(self, typed: str, customer: Customer) -> Admitted:
        """Use the key in what was `typed` and open a session.

        Raises `Refusal`: KEY_MISTYPED without asking the database; UNKNOWN_KEY, KEY_EXPIRED,
        KEY_USED; TOO_MANY_TRIES after `limits.WRONG_KEYS` of those. Raises
        `StorageUnavailable`; the key is then still good.
        """
        key = keys.normalise(typed)
        if not keys.is_right(key):
            raise Refusal(ErrorCode.KEY_MISTYPED, field="key")
        used = await self._use(key, customer.address)
        token = token_of(secrets.token_bytes(TOKEN_BYTES))
        try:
            opened = await self._parts.hub.open_session(
                queue_user_id=used.user_id if used.own else None,
                name=tidy(customer.name, limits.NAME_CHARS),
                system=tidy(customer.system, limits.SYSTEM_CHARS),
                door=customer.door,
                token_hash=token_hash(token),
            )
        except BaseException:
            with contextlib.suppress(StorageUnavailable):
                await self._parts.keys.give_back(key, used)
            raise
        self._parts.hub.desk.key_used(key)
        log.info("key.used", session=opened.session, door=customer.door.value)
        return Admitted(opened, token)

    async def _use(self, key: str, address: str) -> UsedKey:
        """Use the key up. A try counts from before the database is asked until it proves right."""
        seconds = self._wrong.take(address, self._parts.clock.monotonic())
        if seconds:
            log.info("key.too_many_tries", address=address)
            raise Refusal(ErrorCode.TOO_MANY_TRIES, field="key", retry_after_s=seconds)
        try:
            used = await self._parts.keys.use(key, self._parts.clock.now_ms())
        except StorageUnavailable:
            self._wrong.give_back(address)
            raise
        if isinstance(used, ErrorCode):
            log.info("key.refused", code=used.value, address=address)
            raise Refusal(used, field="key")
        self._wrong.give_back(address)
        return used
