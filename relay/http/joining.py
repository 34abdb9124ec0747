"""Into a session: by a session key, by a join code, or by the form on a portal.

The same for the native client and for pages. Wrong keys and codes are counted by address.
"""

import contextlib
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import NamedTuple, TypeVar

import structlog

from protocol import joincodes, keys, limits
from protocol.errors import ErrorCode
from protocol.roles import Door, Way
from relay.domain.content import Portal
from relay.domain.entrance import way_of_queue
from relay.domain.names import tidy
from relay.domain.tokens import TOKEN_BYTES, token_hash, token_of
from relay.domain.tries import Tries
from relay.domain.waiting import QueueKey
from relay.http.answers import Refusal
from relay.http.parts import Parts
from relay.realtime.entry import Entry
from relay.storage.database import StorageUnavailable
from relay.storage.join_codes import CodeState, CodeUsed, JoinCodeStore
from relay.storage.keys import UsedKey
from relay.storage.sessions import OpenedSession

log = structlog.get_logger("joining")

_T = TypeVar("_T")

REQUESTS = 10
REQUESTS_WINDOW_S = 60
"""How often one address may ask for help without a key: a household, or a small office."""


class Customer(NamedTuple):
    """What somebody who comes in says about themselves, and through which portal they come."""

    address: str
    door: Door
    language: str
    name: str = ""
    system: str = ""
    portal: str = ""


class Problem(NamedTuple):
    """What somebody without a key needs help with; `issue` is an id."""

    queue: QueueKey
    issue: str
    words: str


class Admitted(NamedTuple):
    """The session that was opened, and the resume token, given only now."""

    opened: OpenedSession
    token: str


class Joining:
    """Opens sessions, and leads customers into the one that waits for them."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._codes = JoinCodeStore(parts.database)
        self._wrong = Tries(limits.WRONG_KEYS, limits.WRONG_KEYS_WINDOW_S)
        self._requests = Tries(REQUESTS, REQUESTS_WINDOW_S)

    async def way_of_key(self, typed: str, address: str, portal: Portal) -> Way:
        """How customers with this key take part; it is not used.

        Raises `Refusal` as `by_key`, and `StorageUnavailable`.
        """
        key = _right_key(typed)
        now = self._parts.clock.now_ms()
        queue = await self._counted(address, lambda: self._parts.keys.peek(key, now))
        return way_of_queue(self._parts.hub.content, queue, portal)

    async def by_key(self, typed: str, customer: Customer) -> Admitted:
        """Use the key in what was `typed` and open a session.

        Raises `Refusal`: KEY_MISTYPED without asking the database; UNKNOWN_KEY, KEY_EXPIRED,
        KEY_USED; TOO_MANY_TRIES after `limits.WRONG_KEYS` of those. Raises
        `StorageUnavailable`; the key is then still good.
        """
        token = _new_token()
        async with self._using(typed, customer) as (key, queue):
            opened = await self._open(key, queue, customer, token_hash(token))
        self._key_used(key, opened, customer)
        return Admitted(opened, token)

    async def code_by_key(self, typed: str, customer: Customer) -> str:
        """Use the key in what was `typed` for a session that waits for the program; the join code
        that leads there, as people read it.

        Raises `Refusal` and `StorageUnavailable` as `by_key`.
        """
        async with self._using(typed, customer) as (key, queue):
            opened = await self._open(key, queue, customer, None)
            code = await self.code_for(opened.session)
        self._key_used(key, opened, customer)
        return code

    @contextlib.asynccontextmanager
    async def _using(self, typed: str, customer: Customer) -> AsyncIterator[tuple[str, QueueKey]]:
        """The key, and where it leads; it is good again when the block fails."""
        key = _right_key(typed)
        now = self._parts.clock.now_ms()
        used: UsedKey = await self._counted(
            customer.address, lambda: self._parts.keys.use(key, now)
        )
        try:
            yield key, used.queue
        except BaseException:
            with contextlib.suppress(StorageUnavailable):
                await self._parts.keys.give_back(key, used)
            raise

    async def _open(
        self, key: str, queue: QueueKey, customer: Customer, hashed: str | None
    ) -> OpenedSession:
        entry = _entry(customer, queue, hashed, key=keys.shown(key))
        return await self._parts.hub.open_session(entry)

    def _key_used(self, key: str, opened: OpenedSession, customer: Customer) -> None:
        self._parts.hub.desk.key_used(key)
        log.info("key.used", session=opened.session, door=customer.door.value)

    async def by_code(self, typed: str, customer: Customer) -> Admitted:
        """Go on with a session in the program, by the join code in what was `typed`.

        Raises `Refusal`: CODE_MISTYPED without asking the database; CODE_UNKNOWN; CODE_USED,
        whereupon the representatives see that somebody asks to be let in again; TOO_MANY_TRIES.
        Raises `StorageUnavailable`; the code is then still good.
        """
        code = joincodes.normalise(typed)
        if not joincodes.is_right(code):
            raise Refusal(ErrorCode.CODE_MISTYPED, field="key")
        now = self._parts.clock.now_ms()
        try:
            session = await self._counted(customer.address, lambda: self._codes.redeem(code, now))
        except CodeUsed as used:
            await self._parts.hub.entrance.knock(used.session)
            log.info("code.used_again", session=used.session)
            raise Refusal(ErrorCode.CODE_USED, field="key") from None
        token = _new_token()
        system = tidy(customer.system, limits.SYSTEM_CHARS)
        try:
            moved = await self._parts.hub.entrance.move(session, system, token_hash(token))
        except BaseException:
            with contextlib.suppress(StorageUnavailable):
                await self._codes.give_back(code)
            raise
        if moved is None:
            raise Refusal(ErrorCode.CODE_UNKNOWN, field="key")
        log.info("code.used", session=session)
        return Admitted(OpenedSession(session, moved.id), token)

    async def by_request(self, problem: Problem, customer: Customer) -> Admitted:
        """Open a session for somebody without a key.

        Those who go on in the program get no token: they come with a code (`code_for`). Raises
        `Refusal` TOO_MANY_TRIES and `StorageUnavailable`.
        """
        seconds = self._requests.take(customer.address, self._parts.clock.monotonic())
        if seconds:
            log.info("request.too_many", address=customer.address)
            raise Refusal(ErrorCode.TOO_MANY_TRIES, retry_after_s=seconds)
        token = _new_token() if customer.door is Door.CHAT else ""
        hashed = token_hash(token) if token else None
        entry = _entry(customer, problem.queue, hashed, issue=problem.issue, words=problem.words)
        opened = await self._parts.hub.open_session(entry)
        log.info("request.opened", session=opened.session, door=customer.door.value)
        return Admitted(opened, token)

    async def code_for(self, session: str) -> str:
        """A new join code for a session, as people read it. Raises `StorageUnavailable`."""
        code, _ = await self._parts.hub.entrance.make_code(session)
        return joincodes.shown(code)

    async def look_at(self, typed: str, address: str) -> CodeState:
        """How a right join code stands; it is not used. One that is not known counts as a wrong
        try and is over.

        Raises `Refusal` TOO_MANY_TRIES, and `StorageUnavailable`.
        """
        code, now = joincodes.normalise(typed), self._parts.clock.now_ms()

        async def ask() -> CodeState | ErrorCode:
            return await self._codes.look(code, now) or ErrorCode.CODE_UNKNOWN

        try:
            return await self._counted(address, ask)
        except Refusal as refusal:
            if refusal.code is ErrorCode.CODE_UNKNOWN:
                return CodeState.OVER
            raise

    async def _counted(self, address: str, ask: Callable[[], Awaitable[_T | ErrorCode]]) -> _T:
        """What `ask` answers; a try counts from before it is asked until it proves right."""
        seconds = self._wrong.take(address, self._parts.clock.monotonic())
        if seconds:
            log.info("key.too_many_tries", address=address)
            raise Refusal(ErrorCode.TOO_MANY_TRIES, field="key", retry_after_s=seconds)
        try:
            found = await ask()
        except (StorageUnavailable, CodeUsed):
            self._wrong.give_back(address)
            raise
        if isinstance(found, ErrorCode):
            log.info("key.refused", code=found.value, address=address)
            raise Refusal(found, field="key")
        self._wrong.give_back(address)
        return found


def _right_key(typed: str) -> str:
    key = keys.normalise(typed)
    if not keys.is_right(key):
        raise Refusal(ErrorCode.KEY_MISTYPED, field="key")
    return key


def _new_token() -> str:
    return token_of(secrets.token_bytes(TOKEN_BYTES))


def _entry(
    customer: Customer,
    queue: QueueKey,
    hashed: str | None,
    *,
    issue: str = "",
    words: str = "",
    key: str = "",
) -> Entry:
    return Entry(
        queue=queue,
        door=customer.door,
        language=customer.language,
        token_hash=hashed,
        name=tidy(customer.name, limits.NAME_CHARS),
        system=tidy(customer.system, limits.SYSTEM_CHARS),
        portal=customer.portal,
        issue=issue,
        words=words,
        key=key,
    )
