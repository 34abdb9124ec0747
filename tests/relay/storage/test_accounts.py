"""Accounts, logins and links on both kinds of database."""

import asyncio
from collections.abc import Coroutine

import pytest
import sqlalchemy as sa

from relay.domain.accounts import Account, LinkPurpose, UserRole
from relay.storage.accounts import AccountStore, LinkRefused, NameTaken
from relay.storage.database import Database
from relay.storage.schema import one_time_link, user

NOW = 1_700_000_000_000
LATER = NOW + 600_000


@pytest.fixture
def accounts(database: Database) -> AccountStore:
    return AccountStore(database)


def setting_up(
    accounts: AccountStore, token_hash: str, name: str
) -> Coroutine[None, None, Account]:
    return accounts.set_up(token_hash, name, name.title(), "hash", NOW)


async def test_of_200_set_ups_at_once_exactly_one_wins(
    accounts: AccountStore, database: Database
) -> None:
    await accounts.make_link(LinkPurpose.SET_UP, None, "t", LATER, NOW)
    wishes = (setting_up(accounts, "t", f"ada{n}") for n in range(200))
    outcomes = await asyncio.gather(*wishes, return_exceptions=True)
    won = [one for one in outcomes if isinstance(one, Account)]
    lost = [one for one in outcomes if isinstance(one, LinkRefused)]
    assert (len(won), len(lost)) == (1, 199)
    async with database.read() as connection:
        rows = (await connection.execute(sa.select(user.c.name, user.c.role))).all()
    assert [tuple(row) for row in rows] == [(won[0].name, UserRole.ADMINISTRATOR.value)]


async def test_two_links_made_by_two_nodes_make_one_administrator(
    accounts: AccountStore, database: Database
) -> None:
    for token in ("a", "b"):
        row = {"token_hash": token, "purpose": "setup", "expires_at": LATER}
        await database.write(
            lambda connection, row=row: connection.execute(sa.insert(one_time_link).values(row))  # type: ignore[misc]
        )
    wishes = (setting_up(accounts, "ab"[n % 2], f"ada{n}") for n in range(20))
    outcomes = await asyncio.gather(*wishes, return_exceptions=True)
    assert sum(isinstance(one, Account) for one in outcomes) == 1
    assert sum(isinstance(one, LinkRefused) for one in outcomes) == 19


async def test_set_up_needs_an_open_link_of_its_kind(accounts: AccountStore) -> None:
    ada = await accounts.create("ada", "Ada", UserRole.REPRESENTATIVE, None, NOW)
    await accounts.make_link(LinkPurpose.SIGN_IN, ada.id, "sign-in", LATER, NOW)
    await accounts.make_link(LinkPurpose.SET_UP, None, "old", NOW, NOW - 1)
    for token in ("sign-in", "old", "unknown"):
        with pytest.raises(LinkRefused):
            await setting_up(accounts, token, "eve")
    assert not await accounts.has_administrator()


async def test_an_administrator_by_another_way_closes_set_up(accounts: AccountStore) -> None:
    await accounts.make_link(LinkPurpose.SET_UP, None, "t", LATER, NOW)
    await accounts.create("ada", "Ada", UserRole.ADMINISTRATOR, None, NOW)
    with pytest.raises(LinkRefused):
        await setting_up(accounts, "t", "eve")


async def test_a_taken_name_undoes_everything(accounts: AccountStore) -> None:
    await accounts.create("ada", "Ada", UserRole.REPRESENTATIVE, None, NOW)
    await accounts.make_link(LinkPurpose.SET_UP, None, "t", LATER, NOW)
    with pytest.raises(NameTaken):
        await setting_up(accounts, "t", "ada")
    with pytest.raises(NameTaken):
        await accounts.create("ada", "Other", UserRole.REPRESENTATIVE, None, NOW)
    assert await accounts.is_open_link(LinkPurpose.SET_UP, "t", NOW)
    assert (await setting_up(accounts, "t", "grace")).role == UserRole.ADMINISTRATOR


async def test_a_sign_in_link_works_once_until_it_ends(accounts: AccountStore) -> None:
    ada = await accounts.create("ada", "Ada", UserRole.REPRESENTATIVE, None, NOW)
    await accounts.make_link(LinkPurpose.SIGN_IN, ada.id, "t", LATER, NOW)
    uses = [accounts.use_link(LinkPurpose.SIGN_IN, "t", LATER - 1) for _ in range(20)]
    outcomes = await asyncio.gather(*uses, return_exceptions=True)
    assert [one for one in outcomes if isinstance(one, Account)] == [ada]
    await accounts.make_link(LinkPurpose.SIGN_IN, ada.id, "late", LATER, NOW)
    with pytest.raises(LinkRefused):
        await accounts.use_link(LinkPurpose.SIGN_IN, "late", LATER)


async def test_links_that_are_over_are_forgotten(
    accounts: AccountStore, database: Database
) -> None:
    await accounts.make_link(LinkPurpose.SET_UP, None, "a", LATER, NOW)
    await accounts.make_link(LinkPurpose.SIGN_IN, None, "b", LATER, NOW)
    await accounts.make_link(LinkPurpose.SIGN_IN, None, "c", LATER * 2, LATER)
    async with database.read() as connection:
        left = (await connection.execute(sa.select(one_time_link.c.token_hash))).scalars().all()
    assert left == ["c"]


async def test_a_login_is_remembered_and_forgotten(accounts: AccountStore) -> None:
    ada = await accounts.create("ada", "Ada", UserRole.REPRESENTATIVE, "hash", NOW)
    assert await accounts.by_name("ada") == (ada, "hash")
    await accounts.open_login(ada.id, "t", NOW)
    assert await accounts.signed_in("t", NOW) == ada
    assert await accounts.signed_in("unknown", NOW) is None
    await accounts.close_login("t")
    assert await accounts.signed_in("t", NOW) is None
