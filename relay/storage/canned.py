"""Canned messages in the database: somebody's own, those of teams, and everybody's."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from protocol import limits
from relay.domain.canned import Canned, path_key, shelf_of
from relay.storage.accounts import NameTaken
from relay.storage.database import Database
from relay.storage.row_version import Gone, require, version_of
from relay.storage.schema import canned_message, team, team_member
from relay.storage.site_lock import lock_site


class TooMany(Exception):
    """There are `most` already."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class Usable(NamedTuple):
    """What somebody may use: `own` ones, and those `shared` with everybody or with one of the
    `teams` they are in (names by id)."""

    own: list[Canned]
    shared: list[Canned]
    teams: dict[str, str]


class SharedCanned(NamedTuple):
    """All that nobody owns, and all `teams` there are (names by id)."""

    messages: list[Canned]
    teams: dict[str, str]


class CannedStore:
    """All methods raise `StorageUnavailable`; lists are in the order of their paths. Those that
    change something raise what their own docstring says, and change nothing then."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def usable(self, user_id: str) -> Usable:
        """What `user_id` may use."""
        mine = sa.select(team_member.c.team_id).where(team_member.c.user_id == user_id)
        async with self._database.read() as connection:
            teams = await _teams(connection, team.c.id.in_(mine))
            own = await _all(connection, canned_message.c.user_id == user_id)
            shared = await _all(connection, canned_message.c.user_id.is_(None))
        return Usable(own, [one for one in shared if one.team is None or one.team in teams], teams)

    async def shared(self) -> SharedCanned:
        """All that are not somebody's own, those of teams that are gone too."""
        async with self._database.read() as connection:
            teams = await _teams(connection, sa.true())
            return SharedCanned(await _all(connection, canned_message.c.user_id.is_(None)), teams)

    async def add(self, wanted: Canned) -> None:
        """Make it under its own id. Raises `NameTaken`, `TooMany`; `Gone` for an unknown team."""

        async def work(connection: AsyncConnection) -> None:
            beside = await _beside(connection, wanted)
            most = limits.CANNED_SHARED if wanted.owner is None else limits.CANNED_OWN
            if len(beside) >= most:
                raise TooMany(most)
            await _check(connection, wanted, beside)
            row = {"id": wanted.id, **_columns(wanted)}
            await connection.execute(sa.insert(canned_message).values(row))

        await self._database.write(work)

    async def change(self, wanted: Canned, version: str) -> None:
        """Put it in place of what had this `version` and the same owner. Raises `Gone`, `Changed`,
        `NameTaken`."""

        async def work(connection: AsyncConnection) -> None:
            beside = await _beside(connection, wanted)
            stands = next((one for one in beside if one.id == wanted.id), None)
            if stands is None:
                raise Gone
            require(canned_version(stands), version)
            await _check(connection, wanted, beside)
            changing = sa.update(canned_message).where(canned_message.c.id == wanted.id)
            await connection.execute(changing.values(_columns(wanted)))

        await self._database.write(work)

    async def remove(self, canned_id: str, owner: str | None) -> None:
        """Delete the one of that owner (None: a shared one). Raises `Gone`."""
        wanted = sa.delete(canned_message).where(canned_message.c.id == canned_id, _owned_by(owner))

        async def work(connection: AsyncConnection) -> None:
            if not (await connection.execute(wanted)).rowcount:
                raise Gone

        await self._database.write(work)


def canned_version(one: Canned) -> str:
    """Names exactly this state of a message."""
    return version_of(one.path, dict(sorted(one.texts.items())), one.team)


async def _beside(connection: AsyncConnection, wanted: Canned) -> list[Canned]:
    """All of the same owner, at a moment when nobody else changes them."""
    await lock_site(connection)
    return await _all(connection, _owned_by(wanted.owner))


async def _check(connection: AsyncConnection, wanted: Canned, beside: Iterable[Canned]) -> None:
    if wanted.team is not None and not await _teams(connection, team.c.id == wanted.team):
        raise Gone
    shelf, key = shelf_of(wanted), path_key(wanted.path)
    others = (one for one in beside if one.id != wanted.id and shelf_of(one) == shelf)
    if any(path_key(one.path) == key for one in others):
        raise NameTaken(wanted.path)


def _owned_by(owner: str | None) -> sa.ColumnElement[bool]:
    column = canned_message.c.user_id
    return column.is_(None) if owner is None else column == owner


async def _all(connection: AsyncConnection, which: sa.ColumnElement[bool]) -> list[Canned]:
    rows = await connection.execute(sa.select(canned_message).where(which))
    found = [
        Canned(row.id, row.path, json.loads(row.texts), row.user_id, row.team_id) for row in rows
    ]
    return sorted(found, key=lambda one: (path_key(one.path), one.id))


async def _teams(connection: AsyncConnection, which: sa.ColumnElement[bool]) -> dict[str, str]:
    wanted = sa.select(team.c.id, team.c.name).where(team.c.removed_at.is_(None), which)
    rows = (await connection.execute(wanted)).all()
    return {row.id: row.name for row in sorted(rows, key=lambda one: (one.name.casefold(), one.id))}


def _columns(one: Canned) -> dict[str, Any]:
    texts = json.dumps(dict(one.texts), ensure_ascii=False, sort_keys=True)
    return {"user_id": one.owner, "team_id": one.team, "path": one.path, "texts": texts}
