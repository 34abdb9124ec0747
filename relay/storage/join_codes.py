"""Join codes in the database: made for a session, used once, and let in again by hand.

They are found by their hash: ten random characters of 32 hold 50 bits, and a code lives for
minutes.
"""

import hashlib
import secrets
from enum import Enum, auto

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from protocol import joincodes, limits
from protocol.errors import ErrorCode
from protocol.machines import SessionState
from relay.storage.database import Database
from relay.storage.schema import join_code, session

AGAIN_MS = 120_000
"""How long somebody who was let in again has for it."""


class CodeState(Enum):
    """Whether a code still leads into its session."""

    GOOD = auto()
    USED = auto()
    OVER = auto()


class CodeUsed(Exception):
    """The code was good once; `session` is the one it led to."""

    def __init__(self, session_id: str) -> None:
        super().__init__(session_id)
        self.session = session_id


class JoinCodeStore:
    """All methods raise `StorageUnavailable`. Times are milliseconds since 1970."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def make(self, session_id: str, now: int) -> tuple[str, int]:
        """A new code (12 characters) for a session, and when it ends; older unused ones of the
        same session are worthless from now on."""
        random = "".join(secrets.choice(joincodes.ALPHABET) for _ in range(joincodes.RANDOM_CHARS))
        code, ends = random + joincodes.check(random), now + limits.JOIN_CODE_S * 1000

        async def work(connection: AsyncConnection) -> None:
            unused = sa.delete(join_code).where(
                join_code.c.session_id == session_id, join_code.c.used_at.is_(None)
            )
            await connection.execute(unused)
            await connection.execute(
                sa.insert(join_code).values(
                    code_hash=_hash(code), session_id=session_id, expires_at=ends
                )
            )

        await self._database.write(work)
        return code, ends

    async def redeem(self, code: str, now: int) -> str | ErrorCode:
        """The session the code leads to, once; of many at once exactly one wins.

        CODE_UNKNOWN for one that never was, is too old, or whose session is over. Raises
        `CodeUsed`.
        """
        hashed = _hash(code)
        good = sa.or_(
            sa.and_(join_code.c.used_at.is_(None), join_code.c.expires_at > now),
            join_code.c.again_until > now,
        )
        statement = (
            sa.update(join_code)
            .where(join_code.c.code_hash == hashed, good, join_code.c.session_id.in_(_running()))
            .values(used_at=now, again_until=None)
            .returning(join_code.c.session_id)
        )
        known = sa.select(join_code.c.session_id, join_code.c.used_at).where(
            join_code.c.code_hash == hashed, join_code.c.session_id.in_(_running())
        )

        async def work(connection: AsyncConnection) -> str | ErrorCode:
            won = (await connection.execute(statement)).scalar_one_or_none()
            if won is not None:
                return str(won)
            row = (await connection.execute(known)).one_or_none()
            if row is not None and row.used_at is not None:
                raise CodeUsed(row.session_id)
            return ErrorCode.CODE_UNKNOWN

        return await self._database.write(work)

    async def look(self, code: str, now: int) -> CodeState | None:
        """How a code stands, without using it; None: there never was one, or a newer one of its
        session has taken its place."""
        statement = (
            sa.select(join_code.c.used_at, join_code.c.expires_at, session.c.state)
            .join(session, session.c.id == join_code.c.session_id)
            .where(join_code.c.code_hash == _hash(code))
        )
        async with self._database.read() as connection:
            row = (await connection.execute(statement)).one_or_none()
        if row is None:
            return None
        if row.used_at is not None:
            return CodeState.USED
        over = row.expires_at <= now or row.state == SessionState.ENDED.value
        return CodeState.OVER if over else CodeState.GOOD

    async def give_back(self, code: str) -> None:
        """Undo a use that led nowhere. One that had been let in again, or was about to end, has
        as long for the next try as if it were let in now."""
        still = join_code.c.used_at + AGAIN_MS
        ends = sa.case((join_code.c.expires_at < still, still), else_=join_code.c.expires_at)
        statement = (
            sa.update(join_code)
            .where(join_code.c.code_hash == _hash(code), join_code.c.used_at.is_not(None))
            .values(used_at=None, expires_at=ends)
        )

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(statement)

        await self._database.write(work)

    async def let_in(self, session_id: str, now: int) -> bool:
        """The session's last used code works once more for a while; False: it has none."""
        last = (
            sa.select(join_code.c.code_hash)
            .where(join_code.c.session_id == session_id, join_code.c.used_at.is_not(None))
            .order_by(join_code.c.used_at.desc())
            .limit(1)
            .scalar_subquery()
        )
        statement = (
            sa.update(join_code)
            .where(join_code.c.code_hash == last)
            .values(again_until=now + AGAIN_MS)
        )

        async def work(connection: AsyncConnection) -> bool:
            return (await connection.execute(statement)).rowcount == 1

        return await self._database.write(work)


def _running() -> sa.Select[tuple[str]]:
    return sa.select(session.c.id).where(session.c.state != SessionState.ENDED.value)


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
