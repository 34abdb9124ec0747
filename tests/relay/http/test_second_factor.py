"""The second factor from set-up to its end, over real TLS: password, link, recovery codes."""

import asyncio

import pytest
import sqlalchemy as sa

from relay import links
from relay.domain import second_factor as rules
from relay.domain.accounts import Account
from relay.storage.schema import recovery_code, second_factor
from tests.relay.site import PASSWORD, ManualClock, Visitor, representative, visiting

OFF = "/api/account/second-factor/off"
LOGIN = {"name": "ada", "password": PASSWORD}


class App:
    """An authenticator app that was given the secret."""

    def __init__(self, secret: str, clock: ManualClock) -> None:
        self.secret = secret.replace(" ", "")
        self._clock = clock

    def code(self, off: int = 0) -> str:
        """What it shows, or will show `off` steps later."""
        return rules.code_at(self.secret, rules.step_at(self._clock.now_ms()) + off)

    def wrong(self) -> str:
        """Six digits that are no code around now."""
        near = {self.code(off) for off in (-1, 0, 1)}
        return next(code for n in range(9) if (code := f"{n}" * 6) not in near)


@pytest.fixture
async def ada(visitor: Visitor) -> Account:
    account = await representative(visitor.relay)
    await visitor.post("/api/login", LOGIN)
    return account


@pytest.fixture
async def app(visitor: Visitor, ada: Account, clock: ManualClock) -> App:
    """With the second factor on; the step of its first code is over."""
    app = App((await visitor.post("/api/account/second-factor", {})).json()["secret"], clock)
    answer = await visitor.post("/api/account/second-factor/confirm", {"code": app.code()})
    assert answer.status == 200
    clock.advance(rules.STEP_S)
    return app


async def first_step(visitor: Visitor) -> None:
    answer = await visitor.post("/api/login", LOGIN)
    assert answer.status == 200
    assert answer.json().keys() == {"until"}
    assert (await visitor.get("/console")).headers["Location"] == "/login"


async def test_set_up_wants_a_right_code_and_gives_recovery_codes_once(
    visitor: Visitor, ada: Account, clock: ManualClock
) -> None:
    offer = (await visitor.post("/api/account/second-factor", {})).json()
    assert {len(row) for row in offer["qr"]} == {len(offer["qr"])}
    app = App(offer["secret"], clock)
    refused = await visitor.post("/api/account/second-factor/confirm", {"code": app.wrong()})
    assert (refused.status, refused.json()["field"]) == (400, "code")
    assert not (await visitor.get("/api/account")).json()["secondFactor"]
    made = await visitor.post("/api/account/second-factor/confirm", {"code": app.code()})
    assert len(set(made.json()["codes"])) == rules.RECOVERY_CODES
    state = (await visitor.get("/api/account")).json()
    assert (state["secondFactor"], state["recoveryCodes"]) == (True, rules.RECOVERY_CODES)
    assert (await visitor.post("/api/account/second-factor", {})).code == "not_now"


async def test_the_database_holds_neither_secret_nor_codes(
    visitor: Visitor, ada: Account, clock: ManualClock
) -> None:
    secret = (await visitor.post("/api/account/second-factor", {})).json()["secret"]
    app = App(secret, clock)
    made = await visitor.post("/api/account/second-factor/confirm", {"code": app.code()})
    async with visitor.relay.database.read() as connection:
        factors = (await connection.execute(sa.select(second_factor))).all()
        codes = (await connection.execute(sa.select(recovery_code))).all()
    rows = repr([factors, codes])
    assert ada.id in rows
    told = [app.secret, *(code.replace("-", "") for code in made.json()["codes"])]
    assert [one for one in told if one in rows] == []


async def test_the_password_alone_no_longer_signs_in(visitor: Visitor, app: App) -> None:
    async with visiting(visitor.relay) as other:
        await first_step(other)
        assert (await other.get("/login/code")).status == 200
        right = await other.post("/api/login/code", {"code": app.code()})
        assert right.status == 200
        assert (await other.get("/console")).status == 200
        assert (await other.get("/login/code")).headers["Location"] == "/login"


async def test_a_link_asks_for_the_code_too(visitor: Visitor, ada: Account, app: App) -> None:
    parts = visitor.relay.parts
    link = await links.sign_in_link(parts.accounts, parts.clock, visitor.relay.origin, ada)
    async with visiting(visitor.relay) as other:
        answer = await other.post("/api/login/link", {"token": link.partition("#")[2]})
        assert answer.json().keys() == {"until"}
        assert (await other.get("/api/account")).code == "signed_out"
        assert (await other.post("/api/login/code", {"code": app.code()})).status == 200


@pytest.mark.parametrize("off", [-2, -1, 0, 1, 2])
async def test_the_clock_may_be_off_by_one_step(
    visitor: Visitor, app: App, clock: ManualClock, off: int
) -> None:
    clock.advance(5 * rules.STEP_S)
    async with visiting(visitor.relay) as other:
        await first_step(other)
        answer = await other.post("/api/login/code", {"code": app.code(off)})
        assert answer.status == (200 if abs(off) <= 1 else 400)


async def test_a_code_signs_in_once(visitor: Visitor, app: App) -> None:
    async with visiting(visitor.relay) as one, visiting(visitor.relay) as other:
        await first_step(one)
        await first_step(other)
        code = {"code": app.code()}
        answers = await asyncio.gather(*(who.post("/api/login/code", code) for who in (one, other)))
        assert sorted(answer.status for answer in answers) == [200, 400]


async def test_a_recovery_code_signs_in_once(
    visitor: Visitor, ada: Account, clock: ManualClock
) -> None:
    app = App((await visitor.post("/api/account/second-factor", {})).json()["secret"], clock)
    made = await visitor.post("/api/account/second-factor/confirm", {"code": app.code()})
    code = {"code": made.json()["codes"][3].lower()}
    for status in (200, 400):
        async with visiting(visitor.relay) as other:
            await first_step(other)
            assert (await other.post("/api/login/code", code)).status == status
    assert (await visitor.get("/api/account")).json()["recoveryCodes"] == 9


async def test_guessing_codes_is_slow_from_everywhere(
    visitor: Visitor, app: App, clock: ManualClock
) -> None:
    async with visiting(visitor.relay) as other:
        await first_step(other)
        for _ in range(rules.WRONG_CODES):
            refused = await other.post("/api/login/code", {"code": app.wrong()})
            assert (refused.code, refused.json()["detail"]) == ("bad_input", "code_wrong")
            clock.advance(30)  # addresses may try again, accounts not yet
        await first_step(other)
        late = await other.post("/api/login/code", {"code": app.code()})
        assert (late.status, late.code) == (429, "too_many_tries")
        clock.advance(rules.WRONG_CODES_WINDOW_S)
        await first_step(other)
        assert (await other.post("/api/login/code", {"code": app.code()})).status == 200


async def test_the_second_step_does_not_wait_for_ever(
    visitor: Visitor, app: App, clock: ManualClock
) -> None:
    async with visiting(visitor.relay) as other:
        await first_step(other)
        clock.advance(rules.CODE_WAIT_S)
        late = await other.post("/api/login/code", {"code": app.code()})
        assert (late.status, late.code) == (401, "signed_out")
        assert (await other.get("/login/code")).headers["Location"] == "/login"


async def test_turning_it_off_wants_password_and_code(
    visitor: Visitor, app: App, clock: ManualClock
) -> None:
    for wrong in (
        {"password": "not this one", "code": app.code()},
        {"password": PASSWORD, "code": app.wrong()},
    ):
        assert (await visitor.post(OFF, wrong)).status == 400
    assert (await visitor.get("/api/account")).json()["secondFactor"]
    right = {"password": PASSWORD, "code": app.code()}
    assert (await visitor.post(OFF, right)).status == 204
    async with visiting(visitor.relay) as other:
        assert (await other.post("/api/login", LOGIN)).json()["name"] == "Ada"


@pytest.mark.expect_log("second_factor.unsealable")
async def test_a_secret_sealed_for_somebody_else_is_worth_nothing(
    visitor: Visitor, ada: Account, app: App
) -> None:
    eve = await representative(visitor.relay, "eve")
    stolen = sa.update(second_factor).values(user_id=eve.id)
    await visitor.relay.database.write(lambda connection: connection.execute(stolen))
    async with visiting(visitor.relay) as other:
        await other.post("/api/login", {"name": "eve", "password": PASSWORD})
        assert (await other.post("/api/login/code", {"code": app.code()})).status == 400
