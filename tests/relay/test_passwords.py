from collections.abc import AsyncIterator

import pytest
from argon2 import Parameters, Type, extract_parameters

from relay.passwords import Passwords
from tests.relay.site import QUICK_HASHER


@pytest.fixture
async def passwords() -> AsyncIterator[Passwords]:
    one = Passwords(QUICK_HASHER)
    yield one
    one.close()


async def test_only_the_right_one_matches(passwords: Passwords) -> None:
    stored = await passwords.hash("right")
    assert await passwords.matches(stored, "right")
    assert not await passwords.matches(stored, "wrong")
    assert not await passwords.matches(None, "right")
    assert not await passwords.matches(None, "nobody has this password")
    assert not await passwords.matches("damaged", "right")
    assert await passwords.hash("right") != stored


async def test_the_default_is_argon2id_and_costs_enough() -> None:
    passwords = Passwords()
    try:
        used: Parameters = extract_parameters(await passwords.hash("x"))
    finally:
        passwords.close()
    assert used.type is Type.ID
    assert used.memory_cost >= 19 * 1024
    assert used.time_cost >= 2
