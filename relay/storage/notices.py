"""Notices in the database, and the customers whom they helped."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from relay.domain.content import Notice
from relay.domain.notices import crowded, is_expired_for_good, over_since
from relay.storage.content import notice_of
from relay.storage.database import Database
from relay.storage.row_version import Changed, Gone, require, version_of
from relay.storage.schema import notice, notice_saved, portal
from relay.storage.site_lock import lock_site

UNTOLD_MS = 7 * 24 * 3600 * 1000
"""Addresses of people who could not be told for so long are forgotten with their notice."""


class Crowded(Exception):
    """A portal would have too many notices at a time; `portal` is its id."""

    def __init__(self, portal: str) -> None:
        super().__init__(portal)
        self.portal = portal


class Helped(NamedTuple):
    """Whom a notice helped: sessions it `saved`, people who wait to be told, who were told."""

    saved: int = 0
    to_tell: int = 0
    told: int = 0


class Asker(NamedTuple):
    """Somebody who wants to hear that it is solved, in their language."""

    id: int
    email: str
    language: str


class NoticeStore:
    """All methods raise `StorageUnavailable`. Times are milliseconds since 1970 (UTC)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def everything(self) -> list[Notice]:
        """All that are not deleted, in the order of their starts."""
        async with self._database.read() as connection:
            return await _all(connection)

    async def find(self, notice_id: str) -> Notice | None:
        """One of them."""
        async with self._database.read() as connection:
            return await _one(connection, notice_id)

    async def add(self, wanted: Notice, user_id: str) -> None:
        """Make it under its own id. Raises `Crowded`."""

        async def work(connection: AsyncConnection) -> None:
            await lock_site(connection)
            await _check_room(connection, wanted)
            values = {"id": wanted.id, "created_by": user_id, **_columns(wanted)}
            await connection.execute(sa.insert(notice).values(values))

        await self._database.write(work)

    async def change(self, wanted: Notice, version: str) -> None:
        """Put it in place of what had this `version`. A closed notice stays as it is.

        Raises `Gone`, `Changed`, `Crowded`.
        """

        async def work(connection: AsyncConnection) -> None:
            await lock_site(connection)
            present = await _one(connection, wanted.id)
            if present is None:
                raise Gone
            require(notice_version(present), version)
            if present.closed_at is not None:
                raise Changed
            await _check_room(connection, wanted)
            changing = sa.update(notice).where(notice.c.id == wanted.id)
            await connection.execute(changing.values(_columns(wanted)))

        await self._database.write(work)

    async def close(self, notice_id: str, now: int) -> int:
        """What it tells of is solved; how many people asked to be told. Raises `Gone`."""

        async def work(connection: AsyncConnection) -> int:
            await lock_site(connection)
            if await _one(connection, notice_id) is None:
                raise Gone
            closing = sa.update(notice).where(notice.c.id == notice_id)
            still_open = closing.where(notice.c.closed_at.is_(None))
            await connection.execute(still_open.values(closed_at=now))
            return len(await _askers(connection, notice_id))

        return await self._database.write(work)

    async def delete_expired(self, now: int) -> int:
        """Delete those that have been over for long, with whom they helped; how many they were.

        One that people still wait to hear of stays, for at most `UNTOLD_MS`.
        """

        async def work(connection: AsyncConnection) -> int:
            await lock_site(connection)
            deleted = 0
            for one in await _all(connection):
                if not is_expired_for_good(one, now):
                    continue
                kept_since = over_since(one) or now
                if now - kept_since < UNTOLD_MS and await _askers(connection, one.id):
                    continue
                for table, column in (
                    (notice_saved, notice_saved.c.notice_id),
                    (notice, notice.c.id),
                ):
                    await connection.execute(sa.delete(table).where(column == one.id))
                deleted += 1
            return deleted

        return await self._database.write(work)

    async def saved(
        self, session_number: int, notice_id: str, email: str, language: str, now: int
    ) -> None:
        """Remember that a customer left because of a notice; a session counts once."""

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(
                sa.insert(notice_saved).values(
                    notice_id=notice_id,
                    session=session_number,
                    at=now,
                    email=email or None,
                    language=language,
                )
            )

        try:
            await self._database.write(work)
        except IntegrityError:  # counted already, or the notice has just been deleted
            return

    async def counts(self) -> dict[str, Helped]:
        """Whom each notice helped; those that helped nobody are not in it."""
        asks = notice_saved.c.email.is_not(None)
        counting = sa.select(
            notice_saved.c.notice_id,
            sa.func.count().label("saved"),
            _sum(asks).label("to_tell"),
            _sum(notice_saved.c.told_at.is_not(None)).label("told"),
        ).group_by(notice_saved.c.notice_id)
        async with self._database.read() as connection:
            rows = (await connection.execute(counting)).all()
        return {row.notice_id: Helped(row.saved, row.to_tell, row.told) for row in rows}

    async def to_tell(self, notice_id: str) -> list[Asker]:
        """Who still wants to hear that it is solved, first come first."""
        async with self._database.read() as connection:
            return await _askers(connection, notice_id)

    async def told(self, ids: Iterable[int], now: int) -> None:
        """These people know, or cannot be reached: their addresses are erased."""
        wanted = notice_saved.c.id.in_([*ids])
        erasing = sa.update(notice_saved).where(wanted).values(email=None, told_at=now)

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(erasing)

        await self._database.write(work)


def notice_version(one: Notice) -> str:
    """Names exactly this state of a notice."""
    return version_of(*_columns(one).values(), one.closed_at)


async def _all(connection: AsyncConnection) -> list[Notice]:
    rows = await connection.execute(sa.select(notice).order_by(notice.c.starts_at, notice.c.id))
    return [notice_of(row) for row in rows]


async def _one(connection: AsyncConnection, notice_id: str) -> Notice | None:
    wanted = sa.select(notice).where(notice.c.id == notice_id)
    row = (await connection.execute(wanted)).one_or_none()
    return None if row is None else notice_of(row)


async def _check_room(connection: AsyncConnection, wanted: Notice) -> None:
    portals = (await connection.execute(sa.select(portal.c.id))).scalars().all()
    full = crowded(wanted, await _all(connection), portals)
    if full is not None:
        raise Crowded(full)


async def _askers(connection: AsyncConnection, notice_id: str) -> list[Asker]:
    wanted = sa.select(notice_saved.c.id, notice_saved.c.email, notice_saved.c.language).where(
        notice_saved.c.notice_id == notice_id, notice_saved.c.email.is_not(None)
    )
    rows = await connection.execute(wanted.order_by(notice_saved.c.id))
    return [Asker(row.id, row.email, row.language) for row in rows]


def _columns(one: Notice) -> dict[str, Any]:
    """What of a notice an administrator writes."""
    return {
        "name": one.name,
        "texts": json.dumps(dict(one.texts), ensure_ascii=False, sort_keys=True),
        "portals": json.dumps(sorted(one.portals)),
        "issues": json.dumps(sorted(one.issues)),
        "systems": json.dumps(sorted(one.systems)),
        "words": json.dumps(one.words, ensure_ascii=False),
        "automatic": one.automatic,
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
    }


def _sum(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0))
