"""One's own account: changing the password, and where one is signed in."""

import pytest

from protocol import PROTOCOL, limits
from protocol.errors import CloseCode
from relay import links
from relay.domain.accounts import Account, UserRole
from tests.relay.site import PASSWORD, Visitor, close_code, representative, visiting

NEW = "another quiet harbour"
LOGIN = {"name": "ada", "password": PASSWORD}


@pytest.fixture
async def ada(visitor: Visitor) -> Account:
    account = await representative(visitor.relay)
    await visitor.post("/api/login", LOGIN)
    return account


async def test_a_new_password_ends_every_other_login(visitor: Visitor, ada: Account) -> None:
    async with visiting(visitor.relay) as other:
        await other.post("/api/login", LOGIN)
        changed = await visitor.post("/api/account/password", {"old": PASSWORD, "new": NEW})
        assert changed.status == 204
        assert (await other.get("/api/account")).code == "signed_out"
        assert (await visitor.get("/api/account")).status == 200
        assert (await other.post("/api/login", LOGIN)).code == "wrong_password"
        assert (await other.post("/api/login", LOGIN | {"password": NEW})).status == 200


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ("not this one", NEW, "bad_input", "old"),
        ("", NEW, "bad_input", "old"),
        (PASSWORD, "short", "password_weak", "new"),
        (PASSWORD, "correcthorsebatterystaple", "password_weak", "new"),
    ],
)
async def test_a_password_that_does_not_fit_changes_nothing(
    visitor: Visitor, ada: Account, old: str, new: str, code: str, field: str
) -> None:
    refused = await visitor.post("/api/account/password", {"old": old, "new": new})
    assert (refused.code, refused.json()["field"]) == (code, field)
    assert (await visitor.post("/api/login", LOGIN)).status == 200


async def test_a_borrowed_browser_is_no_place_to_guess(visitor: Visitor, ada: Account) -> None:
    wish = {"old": "not this one", "new": NEW}
    codes = [(await visitor.post("/api/account/password", wish)).code for _ in range(7)]
    assert codes == ["bad_input"] * limits.SIGN_INS + ["too_many_tries"] * 2


async def test_the_first_password_needs_no_old_one(visitor: Visitor) -> None:
    parts = visitor.relay.parts
    now = parts.clock.now_ms()
    eve = await parts.accounts.create("eve", "Eve", UserRole.REPRESENTATIVE, None, now)
    link = await links.sign_in_link(parts.accounts, parts.clock, visitor.relay.origin, eve)
    await visitor.post("/api/login/link", {"token": link.partition("#")[2]})
    assert not (await visitor.get("/api/account")).json()["hasPassword"]
    assert (await visitor.post("/api/account/password", {"old": "", "new": NEW})).status == 204
    assert (await visitor.get("/api/account")).json()["hasPassword"]
    assert (await visitor.post("/api/login", {"name": "eve", "password": NEW})).status == 200


async def test_one_sees_where_one_is_signed_in_and_leaves_everywhere(
    visitor: Visitor, ada: Account
) -> None:
    async with visiting(visitor.relay) as other:
        await other.post("/api/login", LOGIN)
        logins = (await other.get("/api/account")).json()["logins"]
        assert [one["current"] for one in logins].count(True) == 1
        assert len(logins) == 2
        ticket = (await other.post("/api/ticket", {"door": "desk"})).json()["ticket"]
        url, headers = f"{visitor.relay.origin}/ws/console", {"Origin": visitor.relay.origin}
        async with other.session.ws_connect(url, headers=headers) as desk:
            await desk.send_json({"t": "hello", "version": PROTOCOL, "ticket": ticket})
            assert (await desk.receive_json())["t"] == "desk.welcome"
            assert (await visitor.post("/api/account/sign-out-everywhere", {})).status == 204
            assert await close_code(desk) == CloseCode.UNAUTHENTICATED
        for one in (visitor, other):
            assert (await one.get("/api/account")).code == "signed_out"
