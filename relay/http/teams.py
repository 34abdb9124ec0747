"""Teams and issues: what administrators see and change of them."""

import structlog
from aiohttp import web

from protocol import limits
from protocol.site_api import (
    HelperChoice,
    IssueOrder,
    IssueRow,
    IssueWish,
    Made,
    TeamRow,
    Teams,
    TeamWish,
)
from relay.domain.content import Issue, Team
from relay.domain.permissions import Permission
from relay.http.answers import answer, read_json
from relay.http.parts import Parts
from relay.http.site_input import done, id_of, line_of, names_of, new_id, told
from relay.http.who import ACCOUNT
from relay.storage.people import Person
from relay.storage.teams import KnownTeams, TeamStore, issue_version, team_version

log = structlog.get_logger("teams")


class TeamPages:
    """The handlers; their routes ask for `teams.manage`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._store = TeamStore(parts.database)

    async def state(self, _request: web.Request) -> web.Response:
        """GET /api/teams"""
        known = await self._store.read()
        people = await self._parts.people.everybody()
        return answer(
            Teams(
                teams=tuple(_team_row(one, known) for one in known.teams),
                issues=tuple(issue_row(one) for one in known.issues),
                people=tuple(_choices(people, known)),
                way=self._parts.hub.content.settings.way,
            )
        )

    async def add_team(self, request: web.Request) -> web.Response:
        """POST /api/teams"""
        team = _team(new_id(), await read_json(request, TeamWish))
        with told():
            await self._store.add_team(team)
        return await self._made(request, "teams.added", team.id)

    async def change_team(self, request: web.Request) -> web.Response:
        """POST /api/teams/{id}"""
        wish = await read_json(request, TeamWish)
        with told():
            await self._store.change_team(_team(id_of(request), wish), wish.version)
        return await self._changed(request, "teams.changed")

    async def delete_team(self, request: web.Request) -> web.Response:
        """POST /api/teams/{id}/delete"""
        with told():
            await self._store.remove_team(id_of(request), self._parts.clock.now_ms())
        return await self._changed(request, "teams.removed")

    async def add_issue(self, request: web.Request) -> web.Response:
        """POST /api/issues"""
        issue = _issue(new_id(), await read_json(request, IssueWish))
        with told():
            await self._store.add_issue(issue)
        return await self._made(request, "issues.added", issue.id)

    async def change_issue(self, request: web.Request) -> web.Response:
        """POST /api/issues/{id}"""
        wish = await read_json(request, IssueWish)
        with told():
            await self._store.change_issue(_issue(id_of(request), wish), wish.version)
        return await self._changed(request, "issues.changed")

    async def delete_issue(self, request: web.Request) -> web.Response:
        """POST /api/issues/{id}/delete"""
        with told():
            await self._store.remove_issue(id_of(request), self._parts.clock.now_ms())
        return await self._changed(request, "issues.removed")

    async def order_issues(self, request: web.Request) -> web.Response:
        """POST /api/issue-order"""
        wish = await read_json(request, IssueOrder)
        with told():
            await self._store.order_issues(wish.ids)
        log.info("issues.ordered", by=request[ACCOUNT].id)
        await self._parts.hub.content_changed()
        return done()

    async def _made(self, request: web.Request, what: str, new: str) -> web.Response:
        log.info(what, by=request[ACCOUNT].id, id=new)
        await self._parts.hub.content_changed()
        return answer(Made(id=new))

    async def _changed(self, request: web.Request, what: str) -> web.Response:
        log.info(what, by=request[ACCOUNT].id, id=id_of(request))
        await self._parts.hub.content_changed()
        return done()


def issue_row(issue: Issue) -> IssueRow:
    """An issue as administrators see it."""
    return IssueRow(
        id=issue.id, names=dict(issue.names), team=issue.team, version=issue_version(issue)
    )


def _team_row(team: Team, known: KnownTeams) -> TeamRow:
    return TeamRow(
        id=team.id,
        name=team.name,
        members=tuple(sorted(team.members)),
        way=team.way,
        least_busy=team.least_busy,
        waiting=known.waiting.get(team.id, 0),
        version=team_version(team),
    )


def _choices(people: list[Person], known: KnownTeams) -> list[HelperChoice]:
    """Those who may take customers, and whoever else is in a team already."""
    members = {one for team in known.teams for one in team.members}
    able = {
        one.account.id
        for one in people
        if not one.disabled and Permission.SESSION_ACCEPT in one.account.permissions
    }
    return [
        HelperChoice(
            id=one.account.id, shown_name=one.account.shown_name, helps=one.account.id in able
        )
        for one in people
        if one.account.id in able | members
    ]


def _team(team_id: str, wish: TeamWish) -> Team:
    name = line_of(wish.name, "name")
    return Team(team_id, name, frozenset(wish.members), wish.way, wish.least_busy)


def _issue(issue_id: str, wish: IssueWish) -> Issue:
    return Issue(issue_id, names_of(wish.names, "names", limits.ISSUE_CHARS), wish.team)
