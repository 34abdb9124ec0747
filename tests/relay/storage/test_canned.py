"""Canned messages: kept for whom they are, told apart by their paths, changed by one at a time."""

import asyncio

import pytest

from relay.domain.canned import Canned
from relay.domain.content import Team
from relay.storage.accounts import NameTaken
from relay.storage.canned import CannedStore, TooMany, canned_version
from relay.storage.database import Database
from relay.storage.row_version import Changed, Gone
from relay.storage.teams import TeamStore
from tests.relay.storage.site_rows import NOW, person

PAPER = Canned(
    "paper", "Printers/No paper", {"en": "Add paper, %CUSTOMER%.", "de": "Papier \U0001f5a8"}
)


def ids(messages: list[Canned]) -> list[str]:
    return [one.id for one in messages]


async def test_everybody_may_use_what_is_theirs_their_teams_and_everybodys(
    database: Database,
) -> None:
    store, teams = CannedStore(database), TeamStore(database)
    ada, bob = await person(database, "ada"), await person(database, "bob")
    await teams.add_team(Team("billing", "Billing", frozenset({ada})))
    await teams.add_team(Team("shipping", "Shipping", frozenset({bob})))
    for one in (
        PAPER,
        PAPER._replace(id="adas", owner=ada),
        PAPER._replace(id="bobs", owner=bob),
        PAPER._replace(id="money", team="billing"),
        PAPER._replace(id="parcel", team="shipping"),
    ):
        await store.add(one)
    usable = await store.usable(ada)
    assert ids(usable.own) == ["adas"]
    assert sorted(ids(usable.shared)) == ["money", "paper"]
    assert usable.teams == {"billing": "Billing"}
    assert usable.own == [PAPER._replace(id="adas", owner=ada)], "as it was written"
    shared = await store.shared()
    assert sorted(ids(shared.messages)) == ["money", "paper", "parcel"]
    assert shared.teams == {"billing": "Billing", "shipping": "Shipping"}


async def test_folders_stay_together_whatever_their_letters(database: Database) -> None:
    store = CannedStore(database)
    for number, path in enumerate(("printers/Zebra", "Apple", "Printers/ink", "Printers")):
        await store.add(Canned(str(number), path, {"en": "x"}))
    shown = [one.path for one in (await store.shared()).messages]
    assert shown == ["Apple", "Printers", "Printers/ink", "printers/Zebra"]


async def test_a_path_names_one_message_of_a_shelf(database: Database) -> None:
    store, ada = CannedStore(database), await person(database, "ada")
    await TeamStore(database).add_team(Team("billing", "Billing"))
    await store.add(PAPER)
    await store.add(PAPER._replace(id="adas", owner=ada))
    await store.add(PAPER._replace(id="money", team="billing"))
    with pytest.raises(NameTaken):
        await store.add(PAPER._replace(id="again", path="PRINTERS/no paper"))
    other = PAPER._replace(id="ink", path="Printers/No ink")
    await store.add(other)
    with pytest.raises(NameTaken):
        await store.change(other._replace(path=PAPER.path), canned_version(other))
    renamed = PAPER._replace(path="Printers/no Paper")
    await store.change(renamed, canned_version(PAPER))
    assert renamed in (await store.shared()).messages


async def test_of_two_who_save_at_once_one_is_told(database: Database) -> None:
    store = CannedStore(database)
    await store.add(PAPER)
    wishes = [PAPER._replace(texts={"en": text}) for text in ("one", "two")]
    version = canned_version(PAPER)
    told = await asyncio.gather(
        *(store.change(one, version) for one in wishes), return_exceptions=True
    )
    assert [type(one) for one in told if one] == [Changed]
    assert (await store.shared()).messages == [wishes[told.index(None)]]


async def test_nobody_gets_at_what_somebody_else_owns(database: Database) -> None:
    store = CannedStore(database)
    ada, bob = await person(database, "ada"), await person(database, "bob")
    adas = PAPER._replace(owner=ada)
    await store.add(adas)
    for owner in (bob, None):
        with pytest.raises(Gone):
            await store.change(adas._replace(owner=owner), canned_version(adas))
        with pytest.raises(Gone):
            await store.remove(adas.id, owner)
    assert (await store.usable(ada)).own == [adas]
    await store.remove(adas.id, ada)
    assert (await store.usable(ada)).own == []
    with pytest.raises(Gone):
        await store.remove(adas.id, ada)


async def test_what_a_deleted_team_said_is_kept_for_another(database: Database) -> None:
    store, teams = CannedStore(database), TeamStore(database)
    ada = await person(database, "ada")
    await teams.add_team(Team("billing", "Billing", frozenset({ada})))
    money = PAPER._replace(team="billing")
    await store.add(money)
    await teams.remove_team("billing", NOW)
    assert (await store.usable(ada)).shared == []
    shared = await store.shared()
    assert (shared.messages, shared.teams) == ([money], {})
    with pytest.raises(Gone):
        await store.change(money._replace(path="Money"), canned_version(money))
    await store.change(money._replace(team=None), canned_version(money))
    assert (await store.usable(ada)).shared == [PAPER]


async def test_nobody_piles_them_up_without_end(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("protocol.limits.CANNED_OWN", 2)
    store = CannedStore(database)
    ada, bob = await person(database, "ada"), await person(database, "bob")
    for name in ("a", "b"):
        await store.add(Canned(name, name, {"en": name}, owner=ada))
    with pytest.raises(TooMany) as many:
        await store.add(Canned("c", "c", {"en": "c"}, owner=ada))
    assert many.value.most == 2
    await store.add(Canned("d", "d", {"en": "d"}, owner=bob))
    await store.add(Canned("e", "e", {"en": "e"}))
