"""Second factors on both kinds of database: what is used is used up, also when sent twice."""

import asyncio

import pytest

from relay.domain.accounts import Account, UserRole
from relay.storage.accounts import AccountStore
from relay.storage.database import Database
from relay.storage.second_factors import Read, SecondFactorStore

NOW = 1_700_000_000_000


@pytest.fixture
def store(database: Database) -> SecondFactorStore:
    return SecondFactorStore(database)


@pytest.fixture
async def ada(database: Database) -> Account:
    return await AccountStore(database).create("ada", "Ada", UserRole.REPRESENTATIVE, None, NOW)


def at(step: int | None) -> Read:
    """As if the code at hand were right in that step."""
    return lambda _sealed: step


async def test_it_is_on_only_after_its_first_code(
    store: SecondFactorStore, ada: Account, database: Database
) -> None:
    assert await store.offer(ada.id, "first")
    assert await store.offer(ada.id, "second")
    assert not await store.use_code(ada.id, at(5))
    assert not await store.enable(ada.id, at(None), ["h"], NOW)
    seen: list[str] = []
    assert not await store.enable(ada.id, seen.append, ["h"], NOW)
    assert seen == ["second"]
    assert await store.state(ada.id) == (False, 0)
    assert await store.enable(ada.id, at(7), ["a", "b"], NOW)
    assert await store.state(ada.id) == (True, 2)
    found = await AccountStore(database).by_name("ada")
    assert found is not None
    assert found[0].second_factor
    assert not await store.offer(ada.id, "third")
    assert not await store.enable(ada.id, at(9), ["c"], NOW)


async def test_a_step_counts_once_and_none_before_it(
    store: SecondFactorStore, ada: Account
) -> None:
    await store.offer(ada.id, "sealed")
    await store.enable(ada.id, at(7), ["a"], NOW)
    assert not await store.use_code(ada.id, at(7))
    uses = [store.use_code(ada.id, at(9)) for _ in range(20)]
    assert sorted(await asyncio.gather(*uses)) == [False] * 19 + [True]
    assert not await store.use_code(ada.id, at(8))
    assert not await store.use_code(ada.id, at(None))
    assert await store.use_code(ada.id, at(10))


async def test_a_recovery_code_counts_once_for_its_owner(
    store: SecondFactorStore, ada: Account, database: Database
) -> None:
    eve = await AccountStore(database).create("eve", "Eve", UserRole.REPRESENTATIVE, None, NOW)
    await store.offer(ada.id, "sealed")
    await store.enable(ada.id, at(7), ["a", "b"], NOW)
    assert not await store.use_recovery_code(eve.id, "a")
    uses = [store.use_recovery_code(ada.id, "a") for _ in range(20)]
    assert sorted(await asyncio.gather(*uses)) == [False] * 19 + [True]
    assert (await store.state(ada.id)).recovery_codes == 1
    await store.remove(ada.id)
    assert await store.state(ada.id) == (False, 0)
    assert not await store.use_recovery_code(ada.id, "b")


async def test_two_offers_at_once_leave_one(store: SecondFactorStore, ada: Account) -> None:
    offers = [store.offer(ada.id, f"secret {n}") for n in range(8)]
    assert await asyncio.gather(*offers) == [True] * 8
    assert await store.enable(ada.id, at(1), ["a"], NOW)
