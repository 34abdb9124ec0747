"""Session keys in the database: made, cancelled, and used once."""

import secrets
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from protocol.errors import ErrorCode
from protocol.queues import QueueKind
from relay.domain import keys
from relay.domain.waiting import QueueKey
from relay.storage.database import Database
from relay.storage.schema import session_key, user


class UsedKey(NamedTuple):
    """Where a key led, and when."""

    queue: QueueKey
    used_at: int


class KeyStore:
    """`secret` keeps the stored form of keys from being guessed; it must stay the same."""

    def __init__(self, database: Database, secret: bytes) -> None:
        self._database = database
        self._secret = secret

    async def make(self, user_id: str, queue: QueueKey, now: int) -> tuple[str, int]:
        """A new key (8 digits) that leads to `queue`, a team's, the general one or that of
        `user_id`, and when it ends. Raises `StorageUnavailable`."""
        ends = keys.expiry(now)

        async def work(connection: AsyncConnection) -> str:
            forgotten = now - keys.REMEMBERED_S * 1000
            await connection.execute(
                sa.delete(session_key).where(session_key.c.expires_at < forgotten)
            )
            while True:
                key = keys.key_of(secrets.randbelow(keys.NUMBERS))
                if await self._insert(connection, key, user_id, queue, ends):
                    return key

        return await self._database.write(work), ends

    async def cancel(self, user_id: str, key: str) -> None:
        """Make an unused key of this user worthless. Raises `StorageUnavailable`."""
        statement = (
            sa.update(session_key)
            .where(
                session_key.c.key_hash == keys.key_hash(self._secret, key),
                session_key.c.user_id == user_id,
                session_key.c.used_at.is_(None),
            )
            .values(cancelled=True)
        )

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(statement)

        await self._database.write(work)

    async def use(self, key: str, now: int) -> UsedKey | ErrorCode:
        """Use a key up, or the reason why it leads nowhere. Of many at once exactly one wins.

        Raises `StorageUnavailable`; the key is then unused.
        """
        hashed = keys.key_hash(self._secret, key)
        able = sa.select(user.c.id).where(user.c.disabled.is_(False))
        statement = (
            sa.update(session_key)
            .where(
                session_key.c.key_hash == hashed,
                session_key.c.used_at.is_(None),
                session_key.c.cancelled.is_(False),
                session_key.c.expires_at > now,
                session_key.c.user_id.in_(able),
            )
            .values(used_at=now)
            .returning(session_key.c.user_id, session_key.c.own, session_key.c.team_id)
        )

        async def work(connection: AsyncConnection) -> UsedKey | ErrorCode:
            won = (await connection.execute(statement)).one_or_none()
            if won is not None:
                return UsedKey(_queue_of(won), now)
            stored = await _stored(connection, hashed)
            return keys.refusal(stored, now) or ErrorCode.KEY_EXPIRED

        return await self._database.write(work)

    async def peek(self, key: str, now: int) -> QueueKey | ErrorCode:
        """Where a key would lead, without using it, or the reason why it leads nowhere.

        Raises `StorageUnavailable`.
        """
        async with self._database.read() as connection:
            stored = await _stored(connection, keys.key_hash(self._secret, key))
        refusal = keys.refusal(stored, now)
        if stored is None or refusal is not None:
            return refusal or ErrorCode.UNKNOWN_KEY
        return _queue_of(stored)

    async def give_back(self, key: str, used: UsedKey) -> None:
        """Undo a use that led to no session. Raises `StorageUnavailable`."""
        statement = (
            sa.update(session_key)
            .where(
                session_key.c.key_hash == keys.key_hash(self._secret, key),
                session_key.c.used_at == used.used_at,
            )
            .values(used_at=None)
        )

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(statement)

        await self._database.write(work)

    async def _insert(
        self, connection: AsyncConnection, key: str, user_id: str, queue: QueueKey, ends: int
    ) -> bool:
        hashed = keys.key_hash(self._secret, key)
        if await _stored(connection, hashed) is not None:
            return False
        await connection.execute(
            sa.insert(session_key).values(
                key_hash=hashed,
                user_id=user_id,
                own=queue.kind is QueueKind.PERSONAL,
                team_id=queue.id if queue.kind is QueueKind.TEAM else None,
                expires_at=ends,
                cancelled=False,
            )
        )
        return True


def _queue_of(key: Any) -> QueueKey:
    """Where a stored key leads."""
    if key.own:
        return QueueKey(QueueKind.PERSONAL, key.user_id)
    return QueueKey(QueueKind.TEAM, key.team_id) if key.team_id else QueueKey()


async def _stored(connection: AsyncConnection, hashed: str) -> keys.StoredKey | None:
    """The key; one of somebody who was disabled counts as cancelled."""
    row = (
        await connection.execute(
            sa.select(
                session_key.c.user_id,
                session_key.c.own,
                session_key.c.team_id,
                session_key.c.expires_at,
                session_key.c.used_at,
                sa.or_(session_key.c.cancelled, user.c.disabled),
            )
            .join(user, user.c.id == session_key.c.user_id)
            .where(session_key.c.key_hash == hashed)
        )
    ).one_or_none()
    return None if row is None else keys.StoredKey(*row)
