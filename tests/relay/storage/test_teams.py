"""Teams and issues: kept, changed by one at a time, removed without losing what refers to them."""

import asyncio

import pytest
import sqlalchemy as sa

from protocol import catalogue
from protocol.roles import Way
from relay.domain.content import Issue, Team
from relay.storage.accounts import NameTaken
from relay.storage.content import ContentStore
from relay.storage.database import Database
from relay.storage.row_version import Changed, Gone
from relay.storage.schema import session
from relay.storage.teams import TeamBusy, TeamStore, TornOrder, issue_version, team_version
from tests.relay.storage.site_rows import NOW, end_session, open_session, person

BILLING = Team("billing", "Billing")
PRINTER = Issue("printer", {"en": "Printer", "de": "Drucker"}, "billing")


async def test_what_is_saved_is_what_sessions_go_by(database: Database) -> None:
    store, ada = TeamStore(database), await person(database, "ada")
    team = Team("billing", "Billing", frozenset({ada}), Way.CHAT, True)
    await store.add_team(team)
    await store.add_issue(PRINTER)
    known = await store.read()
    assert (known.teams, known.issues, known.waiting) == ([team], [PRINTER], {})
    texts = {one: catalogue.load(one) for one in catalogue.LANGUAGES}
    content = await ContentStore(database, texts, mail=False).read()
    assert content.teams == {"billing": team}
    assert content.issues == {"printer": PRINTER}


async def test_a_change_of_what_somebody_else_changed_is_refused(database: Database) -> None:
    store, ada = TeamStore(database), await person(database, "ada")
    await store.add_team(BILLING)
    first = BILLING._replace(members=frozenset({ada}))
    await store.change_team(first, team_version(BILLING))
    with pytest.raises(Changed):
        await store.change_team(BILLING._replace(name="Money"), team_version(BILLING))
    assert (await store.read()).teams == [first]


async def test_of_two_who_save_at_once_one_is_told(database: Database) -> None:
    store = TeamStore(database)
    await store.add_team(BILLING)
    await store.add_issue(PRINTER)
    wishes = [PRINTER._replace(names={"en": name}) for name in ("Paper", "Ink")]
    version = issue_version(PRINTER)
    told = await asyncio.gather(
        *(store.change_issue(one, version) for one in wishes), return_exceptions=True
    )
    assert [type(one) for one in told if one] == [Changed]
    (kept,) = (await store.read()).issues
    assert kept == wishes[told.index(None)]


async def test_names_of_teams_are_told_apart(database: Database) -> None:
    store = TeamStore(database)
    await store.add_team(BILLING)
    with pytest.raises(NameTaken):
        await store.add_team(Team("other", "BILLING"))
    await store.add_team(Team("other", "Shipping"))
    with pytest.raises(NameTaken):
        await store.change_team(Team("other", "billing"), team_version(Team("other", "Shipping")))
    await store.change_team(Team("billing", "billing"), team_version(BILLING))
    assert [one.name for one in (await store.read()).teams] == ["billing", "Shipping"]


async def test_nobody_can_be_put_in_who_is_not_there(database: Database) -> None:
    store = TeamStore(database)
    with pytest.raises(Gone):
        await store.add_team(BILLING._replace(members=frozenset({"nobody"})))
    assert (await store.read()).teams == []
    with pytest.raises(Gone):
        await store.add_issue(PRINTER)
    assert (await store.read()).issues == []
    for work in (
        store.change_team(BILLING, ""),
        store.change_issue(PRINTER, ""),
        store.remove_team("billing", NOW),
        store.remove_issue("printer", NOW),
    ):
        with pytest.raises(Gone):
            await work


async def test_a_team_stays_while_customers_wait_for_it(database: Database) -> None:
    store, ada = TeamStore(database), await person(database, "ada")
    await store.add_team(BILLING._replace(members=frozenset({ada})))
    await store.add_issue(PRINTER)
    for number, state in enumerate(("waiting", "preparing", "active", "ended"), 1):
        await open_session(database, number, state=state, queue_team_id="billing")
    assert (await store.read()).waiting == {"billing": 2}
    with pytest.raises(TeamBusy) as busy:
        await store.remove_team("billing", NOW)
    assert busy.value.waiting == 2
    await end_session(database, 1)
    await end_session(database, 2)
    await store.remove_team("billing", NOW)
    known = await store.read()
    assert known.teams == []
    assert known.issues == [PRINTER._replace(team=None)], "its issues lead to everybody"
    await store.add_team(Team("again", "Billing"))
    async with database.read() as connection:
        kept = sa.select(sa.func.count()).where(session.c.queue_team_id == "billing")
        assert (await connection.execute(kept)).scalar_one() == 4


async def test_issues_keep_the_order_they_were_given(database: Database) -> None:
    store = TeamStore(database)
    for name in ("a", "b", "c"):
        await store.add_issue(Issue(name, {"en": name}))
    await store.order_issues(["c", "a", "b"])
    await store.remove_issue("a", NOW)
    await store.add_issue(Issue("d", {"en": "d"}))
    assert [one.id for one in (await store.read()).issues] == ["c", "b", "d"]
    for torn in (["c", "b"], ["c", "b", "d", "a"], ["c", "c", "b", "d"]):
        with pytest.raises(TornOrder):
            await store.order_issues(torn)
    assert [one.id for one in (await store.read()).issues] == ["c", "b", "d"]
