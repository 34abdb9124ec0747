"""What administrators change, on both kinds of database, also two at a time."""

import asyncio

import pytest

from relay.domain.accounts import Account, LinkPurpose
from relay.domain.permissions import EVERYTHING, Permission, UserRole
from relay.storage.accounts import AccountStore, LinkRefused, NameTaken
from relay.storage.database import Database
from relay.storage.people import LastAdministrator, NotYours, PeopleStore, RoleInUse, Unknown

NOW = 1_700_000_000_000
LATER = NOW + 600_000
SOME = frozenset({Permission.PEOPLE_MANAGE, Permission.KEY_MAKE})


@pytest.fixture
def accounts(database: Database) -> AccountStore:
    return AccountStore(database)


@pytest.fixture
def people(database: Database) -> PeopleStore:
    return PeopleStore(database)


async def administrators(accounts: AccountStore, count: int) -> list[Account]:
    role = UserRole.ADMINISTRATOR
    return [await accounts.create(f"admin{n}", f"A{n}", role, None, NOW) for n in range(count)]


async def test_the_last_administrator_stays(accounts: AccountStore, people: PeopleStore) -> None:
    ada, eve = await administrators(accounts, 2)
    await people.disable(EVERYTHING, eve.id)
    with pytest.raises(LastAdministrator):
        await people.disable(EVERYTHING, ada.id)
    with pytest.raises(LastAdministrator):
        await people.change(EVERYTHING, ada.id, "ada", "Ada", UserRole.REPRESENTATIVE)
    await people.enable(EVERYTHING, eve.id)
    await people.disable(EVERYTHING, ada.id)


async def test_of_administrators_who_put_each_other_out_at_once_one_stays(
    accounts: AccountStore, people: PeopleStore
) -> None:
    everybody = await administrators(accounts, 6)
    acts = [people.disable(EVERYTHING, one.id) for one in everybody]
    outcomes = await asyncio.gather(*acts, return_exceptions=True)
    assert [type(one) for one in outcomes if one is not None] == [LastAdministrator]
    assert [one.disabled for one in await people.everybody()].count(False) == 1


async def test_disabling_ends_logins_and_links(accounts: AccountStore, people: PeopleStore) -> None:
    ada = await accounts.create("ada", "Ada", UserRole.REPRESENTATIVE, None, NOW)
    await accounts.open_login(ada.id, "login", NOW)
    await accounts.make_link(LinkPurpose.SIGN_IN, ada.id, "link", LATER, NOW)
    assert await accounts.permissions(ada.id) == ada.permissions
    await people.disable(EVERYTHING, ada.id)
    assert await accounts.signed_in("login", NOW) is None
    assert await accounts.permissions(ada.id) is None
    await people.enable(EVERYTHING, ada.id)
    assert await accounts.signed_in("login", NOW) is None
    with pytest.raises(LinkRefused):
        await accounts.use_link(LinkPurpose.SIGN_IN, "link", NOW)


async def test_a_role_allows_what_it_says_at_once(
    accounts: AccountStore, people: PeopleStore
) -> None:
    role = await people.make_role(EVERYTHING, "Trainee", frozenset({Permission.KEY_MAKE}))
    ada = await people.add(EVERYTHING, "ada", "Ada", role.id, NOW)
    assert ada.permissions == {Permission.KEY_MAKE}
    assert await people.change_role(EVERYTHING, role.id, "Helper", SOME) == []
    assert await accounts.permissions(ada.id) == SOME
    assert await people.change_role(EVERYTHING, role.id, "Helper", frozenset()) == [ada.id]
    assert await accounts.permissions(ada.id) == frozenset()
    assert [(one.name, one.people) for one in await people.roles()] == [
        ("", 0), ("", 0), ("Helper", 1)
    ]  # fmt: skip


async def test_nobody_reaches_above_themselves(accounts: AccountStore, people: PeopleStore) -> None:
    (admin, _) = await administrators(accounts, 2)
    role = await people.make_role(EVERYTHING, "Lead", SOME)
    mine = await people.add(EVERYTHING, "mine", "Mine", role.id, NOW)
    higher = await people.make_role(EVERYTHING, "Higher", EVERYTHING)
    over_my_head = [
        people.add(SOME, "eve", "Eve", UserRole.ADMINISTRATOR, NOW),
        people.add(SOME, "eve", "Eve", higher.id, NOW),
        people.change(SOME, mine.id, "mine", "Mine", UserRole.ADMINISTRATOR),
        people.change(SOME, admin.id, "admin", "Me", role.id),
        people.disable(SOME, admin.id),
        people.enable(SOME, admin.id),
        people.managed(SOME, admin.id),
        people.remove_second_factor(SOME, admin.id),
        people.make_role(SOME, "Mine", EVERYTHING),
        people.change_role(SOME, role.id, "Lead", EVERYTHING),
        people.change_role(SOME, higher.id, "Higher", SOME),
        people.delete_role(SOME, higher.id),
    ]
    outcomes = await asyncio.gather(*over_my_head, return_exceptions=True)
    assert [type(one) for one in outcomes] == [NotYours] * len(over_my_head)


async def test_a_role_somebody_has_stays(people: PeopleStore) -> None:
    role = await people.make_role(EVERYTHING, "Trainee", SOME)
    ada = await people.add(EVERYTHING, "ada", "Ada", role.id, NOW)
    with pytest.raises(RoleInUse):
        await people.delete_role(EVERYTHING, role.id)
    await people.change(EVERYTHING, ada.id, "ada", "Ada", UserRole.REPRESENTATIVE)
    await people.delete_role(EVERYTHING, role.id)
    with pytest.raises(Unknown):
        await people.add(EVERYTHING, "eve", "Eve", role.id, NOW)


async def test_nobody_keeps_a_role_that_was_deleted_at_the_same_moment(
    accounts: AccountStore, people: PeopleStore
) -> None:
    for n in range(10):
        role = await people.make_role(EVERYTHING, f"Role {n}", SOME)
        await asyncio.gather(
            people.add(EVERYTHING, f"ada{n}", "Ada", role.id, NOW),
            people.delete_role(EVERYTHING, role.id),
            return_exceptions=True,
        )
    roles = {one.id for one in await people.roles()}
    assert {one.account.role for one in await people.everybody()} <= roles


@pytest.mark.parametrize("role", UserRole)
async def test_what_is_built_in_is_not_changed(people: PeopleStore, role: UserRole) -> None:
    with pytest.raises(Unknown):
        await people.change_role(EVERYTHING, role, "Mine", EVERYTHING)
    with pytest.raises(Unknown):
        await people.delete_role(EVERYTHING, role)


async def test_names_are_taken_once(people: PeopleStore) -> None:
    await people.make_role(EVERYTHING, "Lead", SOME)
    other = await people.make_role(EVERYTHING, "Other", SOME)
    ada = await people.add(EVERYTHING, "ada", "Ada", other.id, NOW)
    await people.add(EVERYTHING, "eve", "Eve", other.id, NOW)
    taken = [
        people.make_role(EVERYTHING, "Lead", SOME),
        people.change_role(EVERYTHING, other.id, "Lead", SOME),
        people.add(EVERYTHING, "eve", "Eve", other.id, NOW),
        people.change(EVERYTHING, ada.id, "eve", "Ada", other.id),
    ]
    outcomes = await asyncio.gather(*taken, return_exceptions=True)
    assert [type(one) for one in outcomes] == [NameTaken] * len(taken)
