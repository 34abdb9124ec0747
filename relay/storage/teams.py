"""Teams and issues: what administrators change of them. What is removed is kept, since sessions
refer to it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from protocol.machines import SessionState
from protocol.roles import Way
from relay.domain.content import Issue, Team
from relay.storage.accounts import NameTaken
from relay.storage.database import Database
from relay.storage.row_version import Gone, require, version_of
from relay.storage.schema import issue, session, team, team_member, user
from relay.storage.site_lock import lock_site

BEFORE_TALK = (SessionState.PREPARING.value, SessionState.WAITING.value)


class TeamBusy(Exception):
    """Customers wait in the team's queue: `waiting` of them."""

    def __init__(self, waiting: int) -> None:
        super().__init__(waiting)
        self.waiting = waiting


class TornOrder(Exception):
    """Other issues exist than those that were put in order."""


class KnownTeams(NamedTuple):
    """Everything there is; `waiting` counts customers by team."""

    teams: list[Team]
    issues: list[Issue]
    waiting: Mapping[str, int]


class TeamStore:
    """All methods raise `StorageUnavailable`; those that change something raise what their own
    docstring says, and change nothing then."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self) -> KnownTeams:
        """All teams by name, all issues in their order. Members who are disabled are in it."""
        counting = (
            sa.select(session.c.queue_team_id, sa.func.count().label("waiting"))
            .where(session.c.queue_team_id.is_not(None), session.c.state.in_(BEFORE_TALK))
            .group_by(session.c.queue_team_id)
        )
        async with self._database.read() as connection:
            teams = await _teams(connection)
            issues = await _issues(connection)
            waiting = {
                row.queue_team_id: int(row.waiting) for row in await connection.execute(counting)
            }
        return KnownTeams(
            sorted(teams.values(), key=lambda one: (one.name.casefold(), one.id)),
            list(issues.values()),
            waiting,
        )

    async def add_team(self, wanted: Team) -> None:
        """Make it under its own id. Raises `NameTaken`, `Gone` for a member nobody knows."""

        async def work(connection: AsyncConnection) -> None:
            await lock_site(connection)
            _check_name(wanted, (await _teams(connection)).values())
            await connection.execute(sa.insert(team).values(id=wanted.id, **_columns(wanted)))
            await _put_members(connection, wanted)

        await self._database.write(work)

    async def change_team(self, wanted: Team, version: str) -> None:
        """Put it in place of what had this `version`. Raises `Gone`, `Changed`, `NameTaken`."""

        async def work(connection: AsyncConnection) -> None:
            await lock_site(connection)
            teams = await _teams(connection)
            if wanted.id not in teams:
                raise Gone
            require(team_version(teams[wanted.id]), version)
            _check_name(wanted, teams.values())
            changing = sa.update(team).where(team.c.id == wanted.id)
            await connection.execute(changing.values(_columns(wanted)))
            await _put_members(connection, wanted)

        await self._database.write(work)

    async def remove_team(self, team_id: str, now: int) -> None:
        """Remove it; its issues lead to the general queue. Raises `Gone`, `TeamBusy`."""

        async def work(connection: AsyncConnection) -> None:
            await lock_site(connection)
            if team_id not in await _teams(connection):
                raise Gone
            waiting = sa.select(sa.func.count()).where(
                session.c.queue_team_id == team_id, session.c.state.in_(BEFORE_TALK)
            )
            count = (await connection.execute(waiting)).scalar_one()
            if count:
                raise TeamBusy(count)
            moving = sa.update(issue).where(issue.c.team_id == team_id)
            await connection.execute(moving.values(team_id=None))
            await _forget_members(connection, team_id)
            removing = sa.update(team).where(team.c.id == team_id)
            await connection.execute(removing.values(removed_at=now))

        await self._database.write(work)

    async def add_issue(self, wanted: Issue) -> None:
        """Make it, as the last one. Raises `Gone` for a team that does not exist."""

        async def work(connection: AsyncConnection) -> None:
            await lock_site(connection)
            await _check_team(connection, wanted)
            last = (await connection.execute(sa.select(sa.func.max(issue.c.position)))).scalar_one()
            position = 0 if last is None else last + 1
            values = {"id": wanted.id, "position": position, **_issue_columns(wanted)}
            await connection.execute(sa.insert(issue).values(values))

        await self._database.write(work)

    async def change_issue(self, wanted: Issue, version: str) -> None:
        """Put it in place of what had this `version`. Raises `Gone`, `Changed`."""

        async def work(connection: AsyncConnection) -> None:
            await lock_site(connection)
            issues = await _issues(connection)
            if wanted.id not in issues:
                raise Gone
            require(issue_version(issues[wanted.id]), version)
            await _check_team(connection, wanted)
            changing = sa.update(issue).where(issue.c.id == wanted.id)
            await connection.execute(changing.values(_issue_columns(wanted)))

        await self._database.write(work)

    async def remove_issue(self, issue_id: str, now: int) -> None:
        """Nobody can choose it any longer. Raises `Gone`."""

        async def work(connection: AsyncConnection) -> None:
            await lock_site(connection)
            if issue_id not in await _issues(connection):
                raise Gone
            removing = sa.update(issue).where(issue.c.id == issue_id)
            await connection.execute(removing.values(removed_at=now))

        await self._database.write(work)

    async def order_issues(self, ids: Iterable[str]) -> None:
        """Put all issues in this order. Raises `TornOrder`."""
        wanted = list(ids)

        async def work(connection: AsyncConnection) -> None:
            await lock_site(connection)
            if sorted(await _issues(connection)) != sorted(wanted):
                raise TornOrder
            for position, issue_id in enumerate(wanted):
                moving = sa.update(issue).where(issue.c.id == issue_id)
                await connection.execute(moving.values(position=position))

        await self._database.write(work)


def team_version(one: Team) -> str:
    """Names exactly this state of a team."""
    return version_of(one.name, one.members, one.way, one.least_busy)


def issue_version(one: Issue) -> str:
    """Names exactly this state of an issue; its place in the order is not part of it."""
    return version_of(dict(sorted(one.names.items())), one.team)


async def _teams(connection: AsyncConnection) -> dict[str, Team]:
    members: dict[str, set[str]] = {}
    for row in await connection.execute(sa.select(team_member)):
        members.setdefault(row.team_id, set()).add(row.user_id)
    rows = await connection.execute(sa.select(team).where(team.c.removed_at.is_(None)))
    return {
        row.id: Team(
            row.id,
            row.name,
            frozenset(members.get(row.id, ())),
            None if row.way is None else Way(row.way),
            row.least_busy,
        )
        for row in rows
    }


async def _issues(connection: AsyncConnection) -> dict[str, Issue]:
    wanted = sa.select(issue).where(issue.c.removed_at.is_(None))
    rows = await connection.execute(wanted.order_by(issue.c.position, issue.c.id))
    return {row.id: Issue(row.id, json.loads(row.names), row.team_id) for row in rows}


def _check_name(wanted: Team, teams: Iterable[Team]) -> None:
    name = wanted.name.casefold()
    if any(one.name.casefold() == name and one.id != wanted.id for one in teams):
        raise NameTaken(wanted.name)


async def _check_team(connection: AsyncConnection, wanted: Issue) -> None:
    if wanted.team is not None and wanted.team not in await _teams(connection):
        raise Gone


async def _put_members(connection: AsyncConnection, wanted: Team) -> None:
    await _forget_members(connection, wanted.id)
    known = sa.select(user.c.id).where(user.c.id.in_(wanted.members))
    if len((await connection.execute(known)).all()) != len(wanted.members):
        raise Gone
    rows = [{"team_id": wanted.id, "user_id": one} for one in sorted(wanted.members)]
    if rows:
        await connection.execute(sa.insert(team_member), rows)


async def _forget_members(connection: AsyncConnection, team_id: str) -> None:
    await connection.execute(sa.delete(team_member).where(team_member.c.team_id == team_id))


def _columns(one: Team) -> dict[str, Any]:
    way = None if one.way is None else one.way.value
    return {"name": one.name, "way": way, "least_busy": one.least_busy}


def _issue_columns(one: Issue) -> dict[str, Any]:
    return {"names": json.dumps(dict(one.names), ensure_ascii=False), "team_id": one.team}
