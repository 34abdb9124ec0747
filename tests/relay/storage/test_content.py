"""What administrators decided, read as one value."""

import json
from collections.abc import Mapping

import msgspec
import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from protocol import catalogue
from protocol.roles import Way
from protocol.steps import QuestionKind
from relay.domain.content import (
    DEFAULT_SETTINGS,
    MAIN_PORTAL,
    Issue,
    Notice,
    Portal,
    SiteSettings,
    Survey,
    SurveyItem,
    Team,
)
from relay.domain.texts import TextName
from relay.storage import schema
from relay.storage.content import SETTINGS, ContentStore
from relay.storage.database import Database
from tests.relay.storage.site_rows import NOW, person

TEXTS = {one: catalogue.load(one) for one in catalogue.LANGUAGES}


@pytest.fixture
def store(database: Database) -> ContentStore:
    return ContentStore(database, TEXTS, mail=True)


async def put(database: Database, table: sa.Table, *rows: Mapping[str, object]) -> None:
    async def work(connection: AsyncConnection) -> None:
        for row in rows:
            await connection.execute(sa.insert(table).values(row))

    await database.write(work)


async def test_a_new_site_is_one_of_which_nothing_was_decided(store: ContentStore) -> None:
    content, empty = await store.read(), store.empty()
    assert content.portals == {MAIN_PORTAL: Portal(MAIN_PORTAL)}
    for name in ("settings", "survey", "teams", "issues", "notices", "mail"):
        assert getattr(content, name) == getattr(empty, name)
    assert content.settings == DEFAULT_SETTINGS
    for text in TextName:
        for language in catalogue.LANGUAGES:
            assert content.words(text, language) == TEXTS[language](f"words.{text}")


@pytest.mark.parametrize("mail", [True, False])
async def test_whether_there_is_mail_is_passed_through(database: Database, mail: bool) -> None:
    store = ContentStore(database, TEXTS, mail=mail)
    assert (await store.read()).mail is store.empty().mail is mail


async def test_the_newest_version_of_a_text_stands(store: ContentStore, database: Database) -> None:
    def version(name: str, language: str, text: str | None) -> dict[str, object]:
        return {"name": name, "language": language, "text": text, "at": NOW}

    await put(
        database,
        schema.text_version,
        version("hold", "en", "old"),
        version("greeting", "en", "hello"),
        version("hold", "de", "warten"),
        version("hold", "en", "new"),
        version("greeting", "en", None),
        version("orphaned", "de", ""),
        version("gone_since", "en", "an older relay's"),
    )
    words = (await store.read()).words
    assert words(TextName.HOLD, "en") == "new"
    assert words(TextName.HOLD, "de") == "warten"
    assert words(TextName.GREETING, "en") == words.default(TextName.GREETING, "en")
    assert words(TextName.ORPHANED, "de") == ""
    assert words(TextName.ORPHANED, "en") == words.default(TextName.ORPHANED, "en")


async def test_switches_that_were_not_stored_are_as_delivered(
    store: ContentStore, database: Database
) -> None:
    value = {"version": 3, "settings": {"agreementChat": True, "way": "chat", "unknown": 1}}
    row = {"name": SETTINGS, "value": json.dumps(value)}
    await put(database, schema.setting, row)
    assert (await store.read()).settings == SiteSettings(agreement_chat=True, way=Way.CHAT)


async def test_every_switch_comes_back_as_it_was_stored(
    store: ContentStore, database: Database
) -> None:
    settings = SiteSettings(
        agreement_client=True,
        agreement_chat=True,
        agreement_limit_s=10,
        recording=False,
        recording_limit_s=3600,
        greeting=False,
        hold_every_s=0,
        way=Way.CLIENT,
        orphaned_at_once=False,
        orphaned_after_s=600,
        orphaned_url="https://acme.example/",
        lost_last=False,
        lost_entry=False,
        lost_general=False,
        lost_after_s=30,
        files_from_customer=False,
        files_to_customer=False,
        files_mb=1,
        files_most=3,
        files_blocked="*.exe *.bat",
        watermark=True,
        watermark_text="Acme",
        watermark_percent=30,
        watermark_seen=False,
    )
    named = msgspec.structs.asdict(settings)
    delivered = msgspec.structs.asdict(DEFAULT_SETTINGS)
    assert all(named[name] != delivered[name] for name in named), "each differs from the default"
    value = msgspec.json.encode({"version": 1, "settings": settings}).decode()
    await put(database, schema.setting, {"name": SETTINGS, "value": value})
    assert (await store.read()).settings == settings


async def test_the_newest_survey_stands(store: ContentStore, database: Database) -> None:
    item = SurveyItem(
        id="q1",
        kind=QuestionKind.CHOICE,
        text={"en": "Fine?", "de": "Gut?"},
        choices=({"en": "Yes", "de": "Ja"}, {"en": "No"}),
    )
    for enabled, questions in ((True, ()), (False, (item,))):
        body = msgspec.json.encode(questions).decode()
        await put(database, schema.survey, {"enabled": enabled, "questions": body, "at": NOW})
    found = (await store.read()).survey
    assert found == Survey(id=found.id, enabled=False, questions=(item,))
    assert found.id > 1


async def test_teams_have_their_members_who_may_work(
    store: ContentStore, database: Database
) -> None:
    ada, linus, gone = [await person(database, name) for name in ("ada", "linus", "gone")]
    disable = sa.update(schema.user).where(schema.user.c.id == gone).values(disabled=True)
    await database.write(lambda connection: connection.execute(disable))
    await put(
        database,
        schema.team,
        {"id": "t1", "name": "Shipping", "way": None, "least_busy": False},
        {"id": "t2", "name": "Billing", "way": "client", "least_busy": True},
        {"id": "t3", "name": "Art", "way": None, "least_busy": False, "removed_at": NOW},
    )
    members = [("t2", ada), ("t2", gone), ("t3", linus), ("t2", linus), ("t1", gone)]
    await put(
        database, schema.team_member, *({"team_id": t, "user_id": user} for t, user in members)
    )
    teams = (await store.read()).teams
    assert teams == {
        "t1": Team("t1", "Shipping"),
        "t2": Team("t2", "Billing", frozenset({ada, linus}), Way.CLIENT, True),
    }
    assert list(teams) == ["t2", "t1"], "by name"


async def test_issues_stand_in_their_order_and_removed_ones_nowhere(
    store: ContentStore, database: Database
) -> None:
    await put(database, schema.team, {"id": "t1", "name": "Billing", "least_busy": False})
    names = json.dumps({"en": "Printer", "de": "Drucker"})
    rows = [
        ("i1", None, 2, None),
        ("i2", "t1", 1, None),
        ("i3", None, 0, NOW),
        ("i0", None, 2, None),
    ]
    await put(
        database,
        schema.issue,
        *(
            {"id": one, "team_id": team, "names": names, "position": at, "removed_at": removed}
            for one, team, at, removed in rows
        ),
    )
    issues = (await store.read()).issues
    assert list(issues) == ["i2", "i0", "i1"]
    assert issues["i2"] == Issue("i2", {"en": "Printer", "de": "Drucker"}, "t1")
    assert issues["i1"].team is None


async def test_portals_come_without_their_pictures(store: ContentStore, database: Database) -> None:
    own = {"id": "p1", "slug": "shop", "name": "Shop", "accent": "#0a7f3f", "way": "chat"}
    logo = {"logo": b"\x89PNG", "logo_type": "image/png", "logo_version": "v1"}
    bare = {"id": "p2", "slug": "bare", "name": "", "accent": "", "logo_version": ""}
    await put(
        database, schema.portal, own | logo | {"issues": '["i1", "i2"]'}, bare | {"issues": "[]"}
    )
    portals = (await store.read()).portals
    assert portals == {
        MAIN_PORTAL: Portal(MAIN_PORTAL),
        "p1": Portal("p1", "shop", "Shop", "#0a7f3f", "v1", Way.CHAT, frozenset({"i1", "i2"})),
        "p2": Portal("p2", "bare", issues=frozenset()),
    }


LISTS = dict.fromkeys(("portals", "issues", "systems", "words"), "[]")
BARE = {"name": "Bare", "texts": '{"en": "Broken."}', "automatic": False} | LISTS
FULL = {
    "id": "n1",
    "name": "Printing",
    "texts": json.dumps({"en": "Broken.", "de": "Kaputt."}),
    "portals": '["main"]',
    "issues": '["i1"]',
    "systems": '["linux", "windows"]',
    "words": '["paper", "ink"]',
    "automatic": True,
    "starts_at": NOW,
    "ends_at": NOW + 2,
    "closed_at": NOW + 1,
}


async def test_notices_come_whole_in_the_order_of_their_start(
    store: ContentStore, database: Database
) -> None:
    earlier = [BARE | {"id": one, "starts_at": NOW - 1} for one in ("n3", "n2")]
    await put(database, schema.notice, FULL, *earlier)
    notices = (await store.read()).notices
    assert list(notices) == ["n2", "n3", "n1"]
    assert notices["n2"] == Notice("n2", "Bare", {"en": "Broken."}, NOW - 1, automatic=False)
    assert notices["n1"] == Notice(
        "n1",
        "Printing",
        {"en": "Broken.", "de": "Kaputt."},
        NOW,
        NOW + 2,
        True,
        frozenset({"main"}),
        frozenset({"i1"}),
        frozenset({"linux", "windows"}),
        ("paper", "ink"),
        NOW + 1,
    )
