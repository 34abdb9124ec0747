"""Administrators and people: adding, changing, disabling; what each open socket notices of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from protocol import PROTOCOL
from protocol.errors import CloseCode
from relay.domain.accounts import Account, UserRole
from relay.domain.permissions import Permission
from tests.relay.site import PASSWORD, ManualClock, Visitor, close_code, representative, visiting

CLOSES_WITHIN_S = 1.0
"""What the product promises for the sockets of somebody who is disabled."""


@pytest.fixture
async def admin(visitor: Visitor) -> Account:
    parts = visitor.relay.parts
    hashed = await parts.passwords.hash(PASSWORD)
    now = parts.clock.now_ms()
    account = await parts.accounts.create("root", "Root", UserRole.ADMINISTRATOR, hashed, now)
    await visitor.post("/api/login", {"name": "root", "password": PASSWORD})
    return account


@asynccontextmanager
async def at_the_desk(
    admin: Visitor, name: str = "ada"
) -> AsyncIterator[tuple[Visitor, aiohttp.ClientWebSocketResponse]]:
    """Somebody else, signed in, with the desk open."""
    async with visiting(admin.relay) as other:
        await other.post("/api/login", {"name": name, "password": PASSWORD})
        ticket = (await other.post("/api/ticket", {"door": "desk"})).json()["ticket"]
        url, headers = f"{admin.relay.origin}/ws/console", {"Origin": admin.relay.origin}
        async with other.session.ws_connect(url, headers=headers) as desk:
            await desk.send_json({"t": "hello", "version": PROTOCOL, "ticket": ticket})
            assert (await desk.receive_json())["t"] == "desk.welcome"
            yield other, desk


def wish(name: str = "ada", shown: str = "Ada", role: str = "representative") -> dict[str, str]:
    return {"name": name, "shownName": shown, "role": role}


async def test_a_new_person_comes_in_by_the_link(visitor: Visitor, admin: Account) -> None:
    made = (await visitor.post("/api/people", wish())).json()
    async with visiting(visitor.relay) as other:
        token = made["link"].partition("#")[2]
        assert (await other.post("/api/login/link", {"token": token})).json()["name"] == "Ada"
        assert (await other.get("/console")).status == 200
    people = (await visitor.get("/api/people")).json()
    ada = next(one for one in people["people"] if one["name"] == "ada")
    assert people["you"] == admin.id
    assert ada["signedInAt"] == visitor.relay.parts.clock.now_ms()
    assert (ada["role"], ada["disabled"], ada["mine"]) == ("representative", False, True)


async def test_disabling_closes_open_sockets_and_every_way_back(
    visitor: Visitor, admin: Account
) -> None:
    ada = await representative(visitor.relay)
    async with at_the_desk(visitor) as (other, desk):
        assert (await visitor.post(f"/api/people/{ada.id}/disable", {})).status == 204
        async with asyncio.timeout(CLOSES_WITHIN_S):
            assert await close_code(desk) == CloseCode.UNAUTHENTICATED
        assert (await other.post("/api/ticket", {"door": "desk"})).code == "signed_out"
        wanted = {"name": "ada", "password": PASSWORD}
        assert (await other.post("/api/login", wanted)).code == "wrong_password"
        assert (await visitor.post(f"/api/people/{ada.id}/link", {})).code == "not_found"
        assert (await visitor.post(f"/api/people/{ada.id}/enable", {})).status == 204
        assert (await other.get("/api/account")).code == "signed_out"
        assert (await other.post("/api/login", wanted)).status == 200


async def test_who_loses_a_permission_starts_anew(visitor: Visitor, admin: Account) -> None:
    wanted = {"name": "Helper", "permissions": [Permission.SESSION_ACCEPT, Permission.KEY_MAKE]}
    assert (await visitor.post("/api/roles", wanted)).status == 204
    role = next(one for one in (await visitor.get("/api/roles")).json()["roles"] if one["name"])
    ada = await representative(visitor.relay)
    async with at_the_desk(visitor) as (_, desk):
        await visitor.post(f"/api/people/{ada.id}", wish(role=role["id"]))
        assert await close_code(desk) == CloseCode.UNAUTHENTICATED
    async with at_the_desk(visitor) as (_, desk):
        less = wanted | {"permissions": [Permission.SESSION_ACCEPT]}
        assert (await visitor.post(f"/api/roles/{role['id']}", less)).status == 204
        assert await close_code(desk) == CloseCode.UNAUTHENTICATED
    async with at_the_desk(visitor) as (other, _):
        assert (await other.get("/api/people")).code == "forbidden"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"name": "Ada!"}, "bad_input", "name"),
        ({"name": "root"}, "name_taken", "name"),
        ({"shownName": "  "}, "bad_input", "shownName"),
        ({"shownName": "\u202e\u200f"}, "bad_input", "shownName"),
        ({"shownName": "x" * 81}, "bad_input", "shownName"),
        ({"role": "nothing"}, "not_found", ""),
        ({"role": "../administrator"}, "bad_input", "role"),
        ({"disabled": "true"}, "bad_input", ""),
    ],
)
async def test_what_does_not_fit_is_refused_with_its_place(
    visitor: Visitor, admin: Account, changes: dict[str, str], code: str, field: str
) -> None:
    before = (await visitor.get("/api/people")).json()["people"]
    refused = await visitor.post("/api/people", wish() | changes)
    assert refused.code == code
    assert not field or refused.json()["field"] == field
    assert (await visitor.get("/api/people")).json()["people"] == before


async def test_an_unknown_permission_is_refused(visitor: Visitor, admin: Account) -> None:
    refused = await visitor.post("/api/roles", {"name": "Moon", "permissions": ["moon.land"]})
    assert (refused.code, refused.json()["field"]) == ("bad_input", "permissions")


async def test_the_last_administrator_is_told_why(visitor: Visitor, admin: Account) -> None:
    for path, body in (("/disable", {}), ("", wish("root", "Root"))):
        refused = await visitor.post(f"/api/people/{admin.id}{path}", body)
        assert (refused.code, refused.json()["detail"]) == ("not_now", "last_administrator")
    assert (await visitor.get("/api/people")).status == 200


async def test_a_lost_second_factor_is_removed(
    visitor: Visitor, admin: Account, clock: ManualClock
) -> None:
    ada = await representative(visitor.relay)
    parts = visitor.relay.parts
    await parts.second_factors.offer(ada.id, parts.seal.close(ada.id, "JBSWY3DP"))
    await parts.second_factors.enable(ada.id, lambda _: 1, ["h"], clock.now_ms())
    async with visiting(visitor.relay) as other:
        wanted = {"name": "ada", "password": PASSWORD}
        assert "until" in (await other.post("/api/login", wanted)).json()
        path = f"/api/people/{ada.id}/second-factor/remove"
        assert (await visitor.post(path, {})).status == 204
        assert (await other.post("/api/login", wanted)).json()["name"] == "Ada"


@pytest.mark.parametrize("change", ["disable", "role"])
async def test_a_ticket_from_before_a_change_opens_nothing_afterwards(
    visitor: Visitor, admin: Account, change: str
) -> None:
    ada = await representative(visitor.relay)
    people = visitor.relay.parts.people
    nothing = await people.make_role(admin.permissions, "Nothing", frozenset())
    async with visiting(visitor.relay) as other:
        await other.post("/api/login", {"name": "ada", "password": PASSWORD})
        ticket = (await other.post("/api/ticket", {"door": "desk"})).json()["ticket"]
        wanted = ("/disable", {}) if change == "disable" else ("", wish(role=nothing.id))
        assert (await visitor.post(f"/api/people/{ada.id}{wanted[0]}", wanted[1])).status == 204
        url, headers = f"{visitor.relay.origin}/ws/console", {"Origin": visitor.relay.origin}
        async with other.session.ws_connect(url, headers=headers) as desk:
            await desk.send_json({"t": "hello", "version": PROTOCOL, "ticket": ticket})
            async with asyncio.timeout(CLOSES_WITHIN_S):
                assert await close_code(desk) == CloseCode.UNAUTHENTICATED
