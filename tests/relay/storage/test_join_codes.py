"""Join codes on both kinds of database."""

import asyncio

import pytest
import sqlalchemy as sa

from protocol import joincodes, limits
from protocol.errors import ErrorCode
from relay.storage.database import Database
from relay.storage.join_codes import AGAIN_MS, CodeState, CodeUsed, JoinCodeStore
from relay.storage.schema import join_code
from tests.relay.storage.site_rows import NOW, end_session, open_session

LIFE_MS = limits.JOIN_CODE_S * 1000


@pytest.fixture
async def codes(database: Database) -> JoinCodeStore:
    """The codes of the running sessions s1 and s2."""
    for number in (1, 2):
        await open_session(database, number)
    return JoinCodeStore(database)


async def test_a_code_has_its_shape_and_its_time(codes: JoinCodeStore) -> None:
    made = [await codes.make(f"s{n}", NOW) for n in (1, 2)]
    assert all(joincodes.is_right(code) for code, _ in made)
    assert {ends for _, ends in made} == {NOW + LIFE_MS}
    assert made[0][0] != made[1][0]


async def test_the_code_itself_is_not_stored(codes: JoinCodeStore, database: Database) -> None:
    code, _ = await codes.make("s1", NOW)
    async with database.read() as connection:
        (row,) = (await connection.execute(sa.select(join_code))).all()
    assert code not in "".join(map(str, row))
    assert len(row.code_hash) == 64


async def test_of_many_uses_exactly_one_wins(codes: JoinCodeStore) -> None:
    code, _ = await codes.make("s1", NOW)
    outcomes = await asyncio.gather(
        *(codes.redeem(code, NOW + n) for n in range(30)), return_exceptions=True
    )
    assert outcomes.count("s1") == 1
    rest = [one for one in outcomes if one != "s1"]
    assert [type(one) for one in rest] == [CodeUsed] * 29
    assert {one.session for one in rest if isinstance(one, CodeUsed)} == {"s1"}


@pytest.mark.parametrize(("late_ms", "good"), [(0, True), (LIFE_MS - 1, True), (LIFE_MS, False)])
async def test_a_code_lives_its_time(codes: JoinCodeStore, late_ms: int, good: bool) -> None:
    code, _ = await codes.make("s1", NOW)
    found = await codes.redeem(code, NOW + late_ms)
    assert found == ("s1" if good else ErrorCode.CODE_UNKNOWN)


async def test_a_code_that_never_was_leads_nowhere(codes: JoinCodeStore) -> None:
    await codes.make("s1", NOW)
    never = "0" * joincodes.CHARS
    assert joincodes.is_right(never)
    assert await codes.redeem(never, NOW) is ErrorCode.CODE_UNKNOWN


async def test_a_newer_code_makes_an_unused_one_worthless_but_no_others(
    codes: JoinCodeStore,
) -> None:
    old, _ = await codes.make("s1", NOW)
    others, _ = await codes.make("s2", NOW)
    new, _ = await codes.make("s1", NOW + 1)
    assert await codes.redeem(old, NOW + 2) is ErrorCode.CODE_UNKNOWN
    assert await codes.redeem(new, NOW + 2) == "s1"
    assert await codes.redeem(others, NOW + 2) == "s2"


async def test_a_used_code_is_known_as_used_whatever_is_made_later(codes: JoinCodeStore) -> None:
    used, _ = await codes.make("s1", NOW)
    await codes.redeem(used, NOW)
    await codes.make("s1", NOW + 1)
    for late_ms in (2, LIFE_MS + 1):
        with pytest.raises(CodeUsed):
            await codes.redeem(used, NOW + late_ms)


@pytest.mark.parametrize("used", [False, True])
async def test_nothing_leads_into_a_session_that_is_over(
    codes: JoinCodeStore, database: Database, used: bool
) -> None:
    code, _ = await codes.make("s1", NOW)
    if used:
        await codes.redeem(code, NOW)
        assert await codes.let_in("s1", NOW)
    await end_session(database, 1)
    assert await codes.redeem(code, NOW + 1) is ErrorCode.CODE_UNKNOWN


async def test_who_is_let_in_again_has_one_try_and_a_while_for_it(codes: JoinCodeStore) -> None:
    code, _ = await codes.make("s1", NOW)
    await codes.redeem(code, NOW)
    late = NOW + LIFE_MS + 1
    assert await codes.let_in("s1", late)
    assert await codes.redeem(code, late + AGAIN_MS - 1) == "s1"
    with pytest.raises(CodeUsed):
        await codes.redeem(code, late + AGAIN_MS - 1)


async def test_the_while_ends(codes: JoinCodeStore) -> None:
    code, _ = await codes.make("s1", NOW)
    await codes.redeem(code, NOW)
    await codes.let_in("s1", NOW)
    with pytest.raises(CodeUsed):
        await codes.redeem(code, NOW + AGAIN_MS)


async def test_only_the_last_used_code_opens_again(codes: JoinCodeStore) -> None:
    made = []
    for n in range(3):
        code, _ = await codes.make("s1", NOW + n)
        await codes.redeem(code, NOW + n)
        made.append(code)
    unused, _ = await codes.make("s1", NOW + 9)
    assert await codes.let_in("s1", NOW + 10)
    for old in made[:2]:
        with pytest.raises(CodeUsed):
            await codes.redeem(old, NOW + 11)
    assert await codes.redeem(made[2], NOW + 11) == "s1"
    assert await codes.redeem(unused, NOW + 12) == "s1"


async def test_nobody_is_let_in_again_who_never_was(codes: JoinCodeStore) -> None:
    assert not await codes.let_in("s1", NOW)
    await codes.make("s1", NOW)
    assert not await codes.let_in("s1", NOW)
    code, _ = await codes.make("s2", NOW)
    await codes.redeem(code, NOW)
    assert not await codes.let_in("s1", NOW)
    assert not await codes.let_in("no such session", NOW)


async def test_a_use_that_led_nowhere_can_be_undone(codes: JoinCodeStore) -> None:
    code, ends = await codes.make("s1", NOW)
    await codes.redeem(code, NOW)
    await codes.give_back(code)
    assert await codes.redeem(code, ends - 1) == "s1"


async def test_a_use_by_hand_that_led_nowhere_can_be_undone_although_the_code_is_old(
    codes: JoinCodeStore,
) -> None:
    code, ends = await codes.make("s1", NOW)
    await codes.redeem(code, NOW)
    await codes.let_in("s1", ends + 1)
    await codes.redeem(code, ends + 2)
    await codes.give_back(code)
    assert await codes.redeem(code, ends + 2 + AGAIN_MS - 1) == "s1"


async def test_giving_back_what_was_not_used_changes_nothing(codes: JoinCodeStore) -> None:
    code, ends = await codes.make("s1", NOW)
    await codes.give_back(code)
    await codes.give_back("0" * joincodes.CHARS)
    assert await codes.redeem(code, ends) is ErrorCode.CODE_UNKNOWN
    assert await codes.redeem(code, ends - 1) == "s1"


async def test_looking_at_a_code_tells_how_it_stands_and_uses_nothing(
    codes: JoinCodeStore, database: Database
) -> None:
    code, _ = await codes.make("s1", NOW)
    other, _ = await codes.make("s2", NOW)
    for late_ms, state in ((0, CodeState.GOOD), (LIFE_MS, CodeState.OVER)):
        assert await codes.look(code, NOW + late_ms) is state
    assert await codes.redeem(code, NOW) == "s1"
    for late_ms in (0, LIFE_MS):
        assert await codes.look(code, NOW + late_ms) is CodeState.USED
    await end_session(database, 2)
    assert await codes.look(other, NOW) is CodeState.OVER
    assert await codes.look("0" * joincodes.CHARS, NOW) is None
