"""Signing in by password and by link, staying signed in, signing out."""

import asyncio

import sqlalchemy as sa

from protocol import PROTOCOL, limits
from protocol.errors import CloseCode
from relay import links
from relay.domain.accounts import LOGIN_IDLE_S, LOGIN_MOST_S
from relay.storage.schema import login, user
from tests.relay.site import PASSWORD, ManualClock, Visitor, close_code, representative, visiting


def wish(name: str = "ada", password: str = PASSWORD) -> dict[str, str]:
    return {"name": name, "password": password}


async def link_token(visitor: Visitor) -> str:
    parts = visitor.relay.parts
    found = await parts.accounts.by_name("ada")
    assert found is not None
    link = await links.sign_in_link(parts.accounts, parts.clock, visitor.relay.origin, found[0])
    assert link.startswith(f"{visitor.relay.origin}/sign-in#")
    return link.partition("#")[2]


async def test_the_right_password_signs_in(visitor: Visitor) -> None:
    account = await representative(visitor.relay)
    assert (await visitor.get("/console")).headers["Location"] == "/login"
    answer = await visitor.post("/api/login", wish())
    assert answer.json() == {"user": account.id, "name": "Ada"}
    assert "Ada" in (await visitor.get("/console")).text
    assert (await visitor.get("/login")).headers["Location"] == "/console"


async def test_the_cookie_is_out_of_reach(visitor: Visitor) -> None:
    await representative(visitor.relay)
    (cookie,) = (await visitor.post("/api/login", wish())).set_cookies()
    name, *attributes = cookie.split("; ")
    assert name.startswith("__Host-login=")
    assert set(attributes) == {
        "HttpOnly", f"Max-Age={LOGIN_MOST_S}", "Path=/", "SameSite=Strict", "Secure"
    }  # fmt: skip


async def test_the_database_holds_no_token_and_no_password(visitor: Visitor) -> None:
    await representative(visitor.relay)
    (cookie,) = (await visitor.post("/api/login", wish())).set_cookies()
    token = cookie.partition("=")[2].partition(";")[0]
    async with visitor.relay.database.read() as connection:
        rows = [
            *await connection.execute(sa.select(login)),
            *await connection.execute(sa.select(user)),
        ]
    assert rows
    assert token not in repr(rows)
    assert PASSWORD not in repr(rows)


async def test_a_wrong_password_and_an_unknown_name_look_alike(visitor: Visitor) -> None:
    await representative(visitor.relay)
    wrong = await visitor.post("/api/login", wish(password="not this one at all"))
    unknown = await visitor.post("/api/login", wish("nobody"))
    assert wrong.status == unknown.status == 401
    assert wrong.body == unknown.body
    assert wrong.code == "wrong_password"


async def test_tries_are_limited_by_address(visitor: Visitor, clock: ManualClock) -> None:
    await representative(visitor.relay)
    for n in range(limits.SIGN_INS):
        refused = await visitor.post("/api/login", wish(f"somebody{n}"))
        assert refused.code == "wrong_password"
    refused = await visitor.post("/api/login", wish())
    assert (refused.status, refused.code) == (429, "too_many_tries")
    assert 0 < int(refused.headers["Retry-After"]) <= limits.SIGN_INS_WINDOW_S
    assert refused.json()["retryAfterS"] == int(refused.headers["Retry-After"])
    clock.advance(limits.SIGN_INS_WINDOW_S)
    assert (await visitor.post("/api/login", wish())).status == 200


async def test_many_tries_at_once_gain_nothing(visitor: Visitor) -> None:
    await representative(visitor.relay)
    tries = (visitor.post("/api/login", wish(password=f"wrong one {n}")) for n in range(30))
    answers = await asyncio.gather(*tries)
    assert sum(one.status == 401 for one in answers) == limits.SIGN_INS
    assert sum(one.status == 429 for one in answers) == 30 - limits.SIGN_INS


async def test_right_ones_do_not_count_as_tries(visitor: Visitor) -> None:
    await representative(visitor.relay)
    for _ in range(limits.SIGN_INS * 2):
        assert (await visitor.post("/api/login", wish())).status == 200


async def test_a_link_signs_in_once(visitor: Visitor) -> None:
    await representative(visitor.relay)
    token = await link_token(visitor)
    assert (await visitor.get("/sign-in")).status == 200
    assert (await visitor.get("/sign-in")).status == 200
    async with visiting(visitor.relay) as other:
        posts = [one.post("/api/login/link", {"token": token}) for one in (visitor, other)]
        answers = await asyncio.gather(*posts)
    assert sorted(one.status for one in answers) == [200, 410]
    assert (await visitor.post("/api/login/link", {"token": token})).code == "link_expired"


async def test_a_link_ends(visitor: Visitor, clock: ManualClock) -> None:
    await representative(visitor.relay)
    token = await link_token(visitor)
    clock.advance(limits.SIGN_IN_LINK_S)
    assert (await visitor.post("/api/login/link", {"token": token})).code == "link_expired"


async def test_a_login_ends_when_idle_or_old(visitor: Visitor, clock: ManualClock) -> None:
    await representative(visitor.relay)
    await visitor.post("/api/login", wish())
    lived = 0
    while lived + LOGIN_IDLE_S < LOGIN_MOST_S:
        clock.advance(LOGIN_IDLE_S - 1)
        lived += LOGIN_IDLE_S - 1
        assert (await visitor.get("/console")).status == 200
    clock.advance(LOGIN_MOST_S - lived)
    assert (await visitor.get("/console")).status == 303
    await visitor.post("/api/login", wish())
    clock.advance(LOGIN_IDLE_S)
    assert (await visitor.get("/console")).status == 303


async def test_signing_out_ends_the_login(visitor: Visitor) -> None:
    await representative(visitor.relay)
    (cookie,) = (await visitor.post("/api/login", wish())).set_cookies()
    answer = await visitor.post("/api/logout", {})
    assert answer.status == 204
    assert "Max-Age=0" in answer.set_cookies()[0]
    async with visiting(visitor.relay) as thief:
        stolen = await thief.get("/console", headers={"Cookie": cookie.partition(";")[0]})
        assert stolen.status == 303
    assert (await visitor.post("/api/logout", {})).code == "signed_out"


async def test_signing_out_closes_the_open_desk(visitor: Visitor) -> None:
    await representative(visitor.relay)
    await visitor.post("/api/login", wish())
    ticket = (await visitor.post("/api/ticket", {"door": "desk"})).json()["ticket"]
    url, headers = f"{visitor.relay.origin}/ws/console", {"Origin": visitor.relay.origin}
    async with visitor.session.ws_connect(url, headers=headers) as desk:
        await desk.send_json({"t": "hello", "version": PROTOCOL, "ticket": ticket})
        assert (await desk.receive_json())["t"] == "desk.welcome"
        await visitor.post("/api/logout", {})
        assert await close_code(desk) == CloseCode.UNAUTHENTICATED


async def test_a_new_login_ends_the_one_before(visitor: Visitor) -> None:
    await representative(visitor.relay)
    (cookie,) = (await visitor.post("/api/login", wish())).set_cookies()
    await visitor.post("/api/login", wish())
    async with visiting(visitor.relay) as thief:
        old = await thief.get("/console", headers={"Cookie": cookie.partition(";")[0]})
        assert old.status == 303


async def test_a_disabled_user_is_out_at_once(visitor: Visitor) -> None:
    account = await representative(visitor.relay)
    await visitor.post("/api/login", wish())
    token = await link_token(visitor)
    disable = sa.update(user).where(user.c.id == account.id).values(disabled=True)
    await visitor.relay.database.write(lambda connection: connection.execute(disable))
    assert (await visitor.get("/console")).status == 303
    ticket = await visitor.post("/api/ticket", {"door": "desk"})
    assert ticket.code == "signed_out"
    assert (await visitor.post("/api/login", wish())).code == "wrong_password"
    assert (await visitor.post("/api/login/link", {"token": token})).code == "link_expired"


async def test_tickets_are_for_those_the_cookie_names(visitor: Visitor) -> None:
    await representative(visitor.relay)
    session = "0" * 32
    assert (await visitor.post("/api/ticket", {"door": "desk"})).code == "signed_out"
    assert (await visitor.post("/api/ticket", {"door": "chat"})).code == "unknown_session"
    assert (await visitor.post("/api/ticket", {"door": "client"})).code == "forbidden"
    await visitor.post("/api/login", wish())
    desk = await visitor.post("/api/ticket", {"door": "desk"})
    assert len(desk.json()["ticket"]) == 43
    one = await visitor.post("/api/ticket", {"door": "session", "session": session})
    assert len(one.json()["ticket"]) == 43
    for wrong in ({"door": "session"}, {"door": "desk", "session": session}):
        refused = await visitor.post("/api/ticket", wrong)
        assert (refused.code, refused.json()["field"]) == ("bad_input", "session")
    assert (await visitor.post("/api/ticket", {"door": "chat"})).code == "unknown_session"
