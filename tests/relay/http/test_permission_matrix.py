"""Every route, as it is registered, asked by everybody, about their own and about others.

A route that is not in the table is refused when the relay starts (test_origins.py), so nothing
can be missing here. A new post needs its body in `BODIES`: without, this test fails.
"""

import secrets
from collections.abc import AsyncIterator

import aiohttp
import pytest

from relay.app import Relay
from relay.domain.permissions import EVERYTHING, Access, Permission, Permissions, UserRole
from relay.http.admission import Route
from relay.http.routes import table
from tests.relay.http.site_objects import all_issues, site_object
from tests.relay.http.staffed import BELOW, LEAD, Actor, Staffed
from tests.relay.site import PASSWORD, Answer, Visitor, visiting

REPRESENTATIVE = frozenset(
    {Permission.SESSION_ACCEPT, Permission.SESSION_NOTE, Permission.KEY_MAKE}
)
PERSON: dict[str, object] = {"name": "x", "shownName": "New name", "role": "x"}
CODE: dict[str, object] = {"code": "000000"}
TEAM: dict[str, object] = {"name": "x", "members": [], "way": None, "leastBusy": False}
ISSUE: dict[str, object] = {"names": {"en": "Printer"}, "team": None}
PORTAL: dict[str, object] = {"slug": "x", "name": "x", "accent": "", "way": None, "issues": None}
NOTICE: dict[str, object] = {
    "name": "x",
    "texts": {"en": "Mail is down."},
    "startsAt": None,
    "endsAt": None,
    "automatic": True,
    **dict.fromkeys(("portals", "issues", "systems", "words"), ()),
}
CANNED: dict[str, object] = {"path": "x", "texts": {"en": "Hello"}}
BODIES: dict[str, dict[str, object]] = {
    "/api/logout": {},
    "/api/people": PERSON,
    "/api/people/{id}": PERSON,
    "/api/people/{id}/disable": {},
    "/api/people/{id}/enable": {},
    "/api/people/{id}/link": {},
    "/api/people/{id}/second-factor/remove": {},
    "/api/roles": {"name": "New role", "permissions": []},
    "/api/roles/{id}": {"name": "New name", "permissions": []},
    "/api/roles/{id}/delete": {},
    "/api/account/password": {"old": PASSWORD, "new": "another quiet harbour"},
    "/api/account/second-factor": {},
    "/api/account/second-factor/confirm": CODE,
    "/api/account/second-factor/off": {"password": PASSWORD, "code": "000000"},
    "/api/account/sign-out-everywhere": {},
    "/api/account/photo": {},
    "/api/account/photo/delete": {},
    "/api/teams": TEAM,
    "/api/teams/{id}": TEAM,
    "/api/teams/{id}/delete": {},
    "/api/issues": ISSUE,
    "/api/issues/{id}": ISSUE,
    "/api/issues/{id}/delete": {},
    "/api/issue-order": {"ids": []},
    "/api/portals": PORTAL,
    "/api/portals/{id}": PORTAL,
    "/api/portals/{id}/delete": {},
    "/api/portals/{id}/logo": {},
    "/api/portals/{id}/logo/delete": {},
    "/api/notices": NOTICE,
    "/api/notices/{id}": NOTICE,
    "/api/notices/{id}/send": {"waiting": True, "running": True},
    "/api/notices/{id}/close": {},
    "/api/canned": CANNED,
    "/api/canned/{id}": CANNED,
    "/api/canned/{id}/delete": {},
    "/api/shared-canned": CANNED | {"team": None},
    "/api/shared-canned/{id}": CANNED | {"team": None},
    "/api/shared-canned/{id}/delete": {},
    "/api/texts": {"texts": []},
    "/api/trial": {"language": "en"},
    "/api/survey/questions": {"version": 0, "enabled": False, "questions": []},
    "/api/survey/trial": {"language": "en"},
}
NEVER = frozenset(
    {
        "/api/account/second-factor/confirm",
        "/api/account/second-factor/off",
        "/api/account/photo",
        "/api/portals/{id}/logo",
    }
)
"""These want a right code, or a picture, too; that they work with one, test_second_factor.py,
test_photos.py and test_portals.py show."""

ACTORS = ("anonymous", "customer", "halfway", "disabled", "representative", "lead", "administrator")
OBJECTS: dict[str, Permissions] = {"own": frozenset(), "below": BELOW, "above": EVERYTHING}
"""What a foreign person or role allows; for `own` it is what the actor holds."""

SITE, MINE, THEIRS = "site", "mine", "theirs"
"""The site's own; one's own canned message, and somebody else's."""


@pytest.fixture
async def staffed(relay: Relay) -> AsyncIterator[Staffed]:
    """With a browser that keeps no cookies of its own."""
    async with visiting(relay) as keeping:
        context = keeping.session.connector
        jar = aiohttp.DummyCookieJar()
        async with aiohttp.ClientSession(
            connector=context, connector_owner=False, cookie_jar=jar
        ) as session:
            made = Staffed(Visitor(relay, session))
            await made.person(UserRole.ADMINISTRATOR)
            yield made


async def new_actor(staffed: Staffed, name: str) -> Actor:
    """Fresh for each question, since some answers change who asked."""
    match name:
        case "anonymous":
            return Actor(name, None)
        case "customer":
            return Actor(name, None, None, await staffed.customer())
        case "halfway":
            admin = await staffed.person(UserRole.ADMINISTRATOR)
            return Actor(name, None, admin, await staffed.halfway(admin))
        case "disabled":
            return await staffed.disabled()
        case "lead":
            return await staffed.actor(name, await staffed.role(LEAD), LEAD)
        case "representative":
            return await staffed.actor(name, UserRole.REPRESENTATIVE, REPRESENTATIVE)
    return await staffed.actor(name, UserRole.ADMINISTRATOR, EVERYTHING)


def objects(route: Route) -> tuple[str, ...]:
    """What `{id}` may stand for. Of the site's own nothing is anybody's: there is one kind."""
    if "{id}" not in route.path:
        return ("",)
    if route.path.startswith("/api/canned/"):
        return (MINE, THEIRS)
    return tuple(OBJECTS) if route.path.startswith(("/api/people", "/api/roles")) else (SITE,)


async def object_id(staffed: Staffed, route: Route, actor: Actor, which: str) -> str:
    """A person or role for `{id}`."""
    is_role = route.path.startswith("/api/roles")
    if which == "own" and actor.account is not None:
        return actor.account.role if is_role else actor.account.id
    role = await staffed.role(OBJECTS[which])
    return role if is_role else (await staffed.person(role)).id


async def body_for(staffed: Staffed, route: Route) -> dict[str, object] | None:
    """A good body: names nobody has, and a role that everybody who manages people may give."""
    if route.method != "POST":
        return None
    body = BODIES[route.path]
    fresh: dict[str, object] = {"name": f"n{secrets.token_hex(6)}"} if "name" in body else {}
    if body is PERSON:
        fresh["role"] = await staffed.role(BELOW)
    if "path" in body:
        fresh["path"] = secrets.token_hex(6)
    if body is PORTAL:
        fresh["slug"] = secrets.token_hex(6)
    if route.path == "/api/issue-order":
        fresh["ids"] = await all_issues(staffed)
    return body | fresh


def may(route: Route, actor: Actor, which: str) -> bool:
    """What is meant to succeed, said without the code that decides it."""
    if actor.holds is None:
        return False
    if isinstance(route.need, Permission) and route.need not in actor.holds:
        return False
    if route.path in NEVER or which == THEIRS:
        return False
    if which == "own" and route.path.startswith("/api/roles/"):
        built_in = actor.name == "administrator"
        return not built_in and not route.path.endswith("/delete")
    if which == "above":
        return actor.holds == EVERYTHING
    return True


def succeeded(answer: Answer) -> bool:
    """Anything but a refusal, or being sent to sign in."""
    return answer.status < 400 and answer.headers.get("Location") != "/login"


@pytest.mark.parametrize("name", ACTORS)
async def test_nobody_may_what_is_not_theirs(staffed: Staffed, name: str) -> None:
    unexpected: list[str] = []
    asked = 0
    for route in table(staffed.parts):
        if route.need is Access.ANYBODY:
            continue
        for which in objects(route):
            actor = await new_actor(staffed, name)
            path = route.path.replace("{text}", "greeting.en")
            body = await body_for(staffed, route)
            if which in (SITE, MINE, THEIRS):
                owner = actor if which == MINE else None
                target = await site_object(staffed, path, owner and owner.account)
                if body is not None and path.endswith("{id}"):
                    body["version"] = target.version
                path = path.replace("{id}", target.id)
            elif which:
                path = path.replace("{id}", await object_id(staffed, route, actor, which))
            answer = await staffed.as_(actor, route.method, path, body)
            asked += 1
            if succeeded(answer) is not may(route, actor, which) or answer.status >= 500:
                unexpected.append(f"{route.method} {route.path} {which}: {answer.status}")
    assert unexpected == []
    assert asked > 30


@pytest.mark.parametrize("name", ACTORS)
async def test_tickets_open_only_ones_own_doors(staffed: Staffed, name: str) -> None:
    doors = {
        "desk": {"door": "desk"},
        "session": {"door": "session", "session": "0" * 32},
        "chat": {"door": "chat"},
        "client": {"door": "client"},
    }
    opened = set()
    for door, wish in doors.items():
        actor = await new_actor(staffed, name)
        if succeeded(await staffed.as_(actor, "POST", "/api/ticket", wish)):
            opened.add(door)
    console = name in {"representative", "administrator"}
    assert opened == ({"desk", "session"} if console else {"chat"} if name == "customer" else set())


async def test_signing_in_leads_to_where_one_may_be(staffed: Staffed) -> None:
    nothing = await staffed.actor("nothing", await staffed.role(frozenset()), frozenset())
    lead = await new_actor(staffed, "lead")
    for actor, console, admin in (
        (await new_actor(staffed, "administrator"), None, "/admin/people"),
        (await new_actor(staffed, "representative"), None, "/console"),
        (lead, "/admin", "/admin/people"),
        (nothing, "/account", "/account"),
    ):
        for path, wanted in (("/console", console), ("/admin", admin)):
            answer = await staffed.as_(actor, "GET", path)
            assert answer.headers.get("Location") == wanted, (actor.name, path)
    assert 'href="/console"' not in (await staffed.as_(lead, "GET", "/account")).text
    assert 'href="/admin"' not in (await staffed.as_(nothing, "GET", "/account")).text
