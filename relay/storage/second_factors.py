"""Second factors as they are stored: a sealed secret, the last step used, hashed recovery codes.

What a code is worth is decided in the transaction that uses it up, so of the same code sent
twice at once exactly one is right.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from relay.storage.database import Database
from relay.storage.schema import recovery_code, second_factor, user

Read = Callable[[str], int | None]
"""From a sealed secret to the time step in which the code at hand is right; None: it is wrong."""


class SecondFactorState(NamedTuple):
    """`recovery_codes` is how many are left."""

    enabled: bool
    recovery_codes: int


class SecondFactorStore:
    """All methods raise `StorageUnavailable`. Times are milliseconds since 1970."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def state(self, user_id: str) -> SecondFactorState:
        """How things stand with somebody's second factor."""
        enabled = sa.select(sa.func.count()).where(*_enabled(user_id))
        left = sa.select(sa.func.count()).where(recovery_code.c.user_id == user_id)
        async with self._database.read() as connection:
            return SecondFactorState(
                bool((await connection.execute(enabled)).scalar_one()),
                (await connection.execute(left)).scalar_one(),
            )

    async def offer(self, user_id: str, sealed_secret: str) -> bool:
        """Remember a secret that its first code may turn on; False when one is on already."""

        async def work(connection: AsyncConnection) -> bool:
            # Two offers at once take turns.
            turn = sa.select(user.c.id).where(user.c.id == user_id).with_for_update()
            await connection.execute(turn)
            offered = (second_factor.c.user_id == user_id, second_factor.c.enabled_at.is_(None))
            await connection.execute(sa.delete(second_factor).where(*offered))
            on = sa.select(sa.func.count()).where(second_factor.c.user_id == user_id)
            if (await connection.execute(on)).scalar_one():
                return False
            values = {"user_id": user_id, "sealed_secret": sealed_secret, "used_step": 0}
            await connection.execute(sa.insert(second_factor).values(values))
            return True

        return await self._database.write(work)

    async def enable(self, user_id: str, read: Read, code_hashes: Sequence[str], now: int) -> bool:
        """Turn the offered secret on if its code is right, with these recovery codes."""

        async def work(connection: AsyncConnection) -> bool:
            offered = (second_factor.c.user_id == user_id, second_factor.c.enabled_at.is_(None))
            wanted = sa.select(second_factor.c.sealed_secret).where(*offered).with_for_update()
            sealed = (await connection.execute(wanted)).scalar_one_or_none()
            step = None if sealed is None else read(sealed)
            if step is None:
                return False
            turning = sa.update(second_factor).where(*offered)
            await connection.execute(turning.values(enabled_at=now, used_step=step))
            rows = [{"code_hash": one, "user_id": user_id} for one in code_hashes]
            await connection.execute(sa.insert(recovery_code), rows)
            return True

        return await self._database.write(work)

    async def use_code(self, user_id: str, read: Read) -> bool:
        """Whether the app's code is right; it and all before it are used up then."""

        async def work(connection: AsyncConnection) -> bool:
            return await _use_code(connection, user_id, read)

        return await self._database.write(work)

    async def use_recovery_code(self, user_id: str, code_hash: str) -> bool:
        """Whether there is this recovery code; it is used up then."""

        async def work(connection: AsyncConnection) -> bool:
            used = await connection.execute(
                sa.delete(recovery_code).where(
                    recovery_code.c.user_id == user_id, recovery_code.c.code_hash == code_hash
                )
            )
            return bool(used.rowcount)

        return await self._database.write(work)

    async def remove(self, user_id: str) -> None:
        """Turn it off and forget everything about it."""

        async def work(connection: AsyncConnection) -> None:
            for table in (recovery_code, second_factor):
                await connection.execute(sa.delete(table).where(table.c.user_id == user_id))

        await self._database.write(work)


async def _use_code(connection: AsyncConnection, user_id: str, read: Read) -> bool:
    wanted = sa.select(second_factor.c.sealed_secret, second_factor.c.used_step).where(
        *_enabled(user_id)
    )
    row = (await connection.execute(wanted.with_for_update())).one_or_none()
    step = None if row is None else read(row.sealed_secret)
    if row is None or step is None or step <= row.used_step:
        return False
    using = sa.update(second_factor).where(second_factor.c.user_id == user_id)
    await connection.execute(using.values(used_step=step))
    return True


def _enabled(user_id: str) -> tuple[sa.ColumnElement[bool], ...]:
    return (second_factor.c.user_id == user_id, second_factor.c.enabled_at.is_not(None))
