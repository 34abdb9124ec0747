"""First set-up: exactly once, and afterwards as if it had never been there."""

import asyncio
from pathlib import Path

import pytest

from relay import links
from relay.app import Relay
from relay.clock import SystemClock
from relay.domain.accounts import UserRole
from tests.relay.site import PASSWORD, ManualClock, Visitor, relay_at, representative, visiting

MUTATED = [
    "/setup", "/setup/", "/setup//", "//setup", "/Setup", "/SETUP", "/setup;x", "/setup%20",
    "/setup%2f", "/setup/..", "/./setup", "/x/../setup", "/setup.html", "/setup/x", "/%73etup",
    "/setup%00", "/api/setup", "/api/setup/", "/api//setup", "/API/setup", "/api/setup/x",
    "/api/%73etup", "/api/x/../setup", "/api/setup;x", "/api/setup?x=1", "/setup?x=1",
]  # fmt: skip


async def token_for(relay: Relay) -> str:
    accounts, clock = relay.parts.accounts, relay.parts.clock
    link = await links.setup_link(accounts, clock, relay.origin)
    return link.partition("#")[2]


def wish(token: str, name: str = "ada", password: str = PASSWORD) -> dict[str, str]:
    return {"token": token, "name": name, "shownName": "Ada", "password": password}


async def test_makes_the_administrator_and_signs_in(visitor: Visitor) -> None:
    page = await visitor.get("/setup")
    assert page.status == 200
    done = await visitor.post("/api/setup", wish(await token_for(visitor.relay)))
    assert done.status == 200
    assert done.json()["name"] == "Ada"
    found = await visitor.relay.parts.accounts.by_name("ada")
    assert found is not None
    assert found[0].role == UserRole.ADMINISTRATOR
    assert (await visitor.get("/console")).status == 200


async def test_of_many_at_once_exactly_one_wins(database_url: str, tmp_path: Path) -> None:
    async with relay_at(tmp_path / "data", changes={"database": database_url}) as relay:
        token = await token_for(relay)
        async with visiting(relay) as visitor:
            wishes = (visitor.post("/api/setup", wish(token, f"ada{n}")) for n in range(50))
            answers = await asyncio.gather(*wishes)
        won = [one for one in answers if one.status == 200]
        assert len(won) == 1
        assert {one.status for one in answers if one.status != 200} <= {404, 410, 429}


async def test_afterwards_every_mutated_path_is_as_unknown(visitor: Visitor) -> None:
    token = await token_for(visitor.relay)
    await visitor.post("/api/setup", wish(token))
    unknown_page = await visitor.get("/nothing-here")
    unknown_post = await visitor.post("/api/nothing-here", wish(token))
    for path in MUTATED:
        for method in ("GET", "POST", "PUT", "HEAD", "OPTIONS"):
            answer = await visitor.ask(
                method, path, json=wish(token), headers={"Origin": visitor.relay.origin}
            )
            assert answer.status == 404, (method, path)
            as_unknown = unknown_post if path.startswith("/api/") else unknown_page
            if method != "HEAD":
                assert answer.body == as_unknown.body, (method, path)
    without_origin = await visitor.ask("POST", "/api/setup", json=wish(token))
    assert without_origin.body == unknown_post.body
    assert await visitor.relay.parts.accounts.by_name("ada") is not None


async def test_a_wrong_or_old_link_sets_nothing_up(visitor: Visitor, clock: ManualClock) -> None:
    assert (await visitor.post("/api/setup", wish("A" * 43))).code == "link_expired"
    token = await token_for(visitor.relay)
    newer = await token_for(visitor.relay)
    assert (await visitor.post("/api/setup", wish(token))).code == "link_expired"
    clock.advance(601)
    assert (await visitor.post("/api/setup", wish(newer))).code == "link_expired"
    assert not await visitor.relay.parts.accounts.has_administrator()


@pytest.mark.parametrize("password", ["short", "password1234", "adaadaadaada", "aaaaaaaaaaaaaaa"])
async def test_a_weak_password_is_refused_and_the_link_stays(
    visitor: Visitor, password: str
) -> None:
    token = await token_for(visitor.relay)
    refused = await visitor.post("/api/setup", wish(token, password=password))
    assert (refused.status, refused.code, refused.json()["field"]) == (
        400,
        "password_weak",
        "password",
    )
    assert (await visitor.post("/api/setup", wish(token))).status == 200


async def test_a_taken_name_is_told_and_the_link_stays(visitor: Visitor) -> None:
    await representative(visitor.relay)
    token = await token_for(visitor.relay)
    assert (await visitor.post("/api/setup", wish(token))).code == "name_taken"
    assert (await visitor.post("/api/setup", wish(token, "grace"))).status == 200


async def test_a_new_start_after_set_up_knows(tmp_path: Path) -> None:
    async with relay_at(tmp_path) as relay, visiting(relay) as visitor:
        await visitor.post("/api/setup", wish(await token_for(relay)))
    async with relay_at(tmp_path) as relay, visiting(relay) as visitor:
        assert (await visitor.get("/setup")).status == 404
        link = await links.setup_link(relay.parts.accounts, SystemClock(), relay.origin)
        refused = await visitor.post("/api/setup", wish(link.partition("#")[2], "eve"))
        assert refused.status == 404
        assert await relay.parts.accounts.by_name("eve") is None
