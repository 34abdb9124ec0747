"""Notices: kept, counted, and told of; addresses live no longer than they are needed."""

import asyncio

import pytest
import sqlalchemy as sa

from protocol import catalogue, limits
from relay.domain.content import Notice, Portal
from relay.domain.notices import KEPT_MS
from relay.storage.content import ContentStore
from relay.storage.database import Database
from relay.storage.notices import UNTOLD_MS, Crowded, Helped, NoticeStore, notice_version
from relay.storage.portals import PortalStore
from relay.storage.row_version import Changed, Gone
from relay.storage.schema import notice_saved
from tests.relay.storage.site_rows import NOW, open_session, person

MAIL = Notice(
    "mail1",
    "Mail is down",
    {"en": "Mail is *down*.", "de": "E-Mail geht nicht."},
    NOW,
    NOW + 3_600_000,
    True,
    frozenset({"main"}),
    frozenset({"printer"}),
    frozenset({"windows", "ios"}),
    ("outlook", "Straße"),
)


@pytest.fixture
async def store(database: Database) -> NoticeStore:
    made = NoticeStore(database)
    await made.add(MAIL, await person(database, "ada"))
    return made


async def addresses(database: Database) -> list[str | None]:
    async with database.read() as connection:
        rows = await connection.execute(sa.select(notice_saved.c.email).order_by(notice_saved.c.id))
        return list(rows.scalars().all())


async def test_a_notice_comes_back_as_it_was(database: Database, store: NoticeStore) -> None:
    assert await store.everything() == [MAIL]
    assert await store.find("mail1") == MAIL
    assert await store.find("other") is None
    texts = {one: catalogue.load(one) for one in catalogue.LANGUAGES}
    content = await ContentStore(database, texts, mail=True).read()
    assert content.notices == {"mail1": MAIL}
    assert content.mail


async def test_it_is_changed_by_one_at_a_time(store: NoticeStore) -> None:
    longer = MAIL._replace(ends_at=None, words=())
    await store.change(longer, notice_version(MAIL))
    with pytest.raises(Changed):
        await store.change(MAIL._replace(name="x"), notice_version(MAIL))
    with pytest.raises(Gone):
        await store.change(MAIL._replace(id="other"), "")
    assert await store.everything() == [longer]


async def test_closing_is_once_and_for_all(store: NoticeStore) -> None:
    assert await store.close("mail1", NOW + 5) == 0
    assert await store.close("mail1", NOW + 9) == 0
    closed = MAIL._replace(closed_at=NOW + 5)
    assert await store.everything() == [closed]
    with pytest.raises(Changed):
        await store.change(MAIL, notice_version(closed))
    with pytest.raises(Gone):
        await store.close("other", NOW)


async def test_a_portal_takes_only_so_many_whoever_asks(database: Database) -> None:
    store, ada = NoticeStore(database), await person(database, "ada")
    await PortalStore(database).add(Portal("shop1", "shop"))
    shop = [
        MAIL._replace(id=f"n{n}", portals=frozenset({"shop1"})) for n in range(limits.NOTICES + 2)
    ]
    for one in shop[: limits.NOTICES - 1]:
        await store.add(one, ada)
    told = await asyncio.gather(
        *(store.add(one, ada) for one in shop[limits.NOTICES - 1 :]), return_exceptions=True
    )
    refused = [one for one in told if isinstance(one, Crowded)]
    assert [one.portal for one in refused] == ["shop1"] * 2
    await store.add(MAIL, ada)
    with pytest.raises(Crowded):
        await store.change(MAIL._replace(portals=frozenset()), notice_version(MAIL))


async def test_a_session_is_saved_once(database: Database, store: NoticeStore) -> None:
    for number in (1, 2, 3):
        await open_session(database, number)
    await store.saved(1, "mail1", "grace@example.org", "en", NOW)
    await store.saved(1, "mail1", "grace@example.org", "en", NOW)
    await store.saved(2, "mail1", "", "de", NOW)
    await store.saved(3, "gone", "", "de", NOW)
    assert await store.counts() == {"mail1": Helped(saved=2, to_tell=1, told=0)}
    (asker,) = await store.to_tell("mail1")
    assert (asker.email, asker.language) == ("grace@example.org", "en")


async def test_an_address_is_erased_once_its_owner_was_told(
    database: Database, store: NoticeStore
) -> None:
    await open_session(database, 1)
    await open_session(database, 2)
    await store.saved(1, "mail1", "grace@example.org", "en", NOW)
    await store.saved(2, "mail1", "linus@example.org", "en", NOW)
    first, second = await store.to_tell("mail1")
    await store.told([first.id], NOW + 1)
    assert await store.to_tell("mail1") == [second]
    assert await addresses(database) == [None, "linus@example.org"]
    assert await store.counts() == {"mail1": Helped(saved=2, to_tell=1, told=1)}


async def test_what_is_over_is_deleted_with_everything_about_it(
    database: Database, store: NoticeStore
) -> None:
    await open_session(database, 1)
    await store.saved(1, "mail1", "", "en", NOW)
    await store.close("mail1", NOW)
    assert await store.delete_expired(NOW + KEPT_MS - 1) == 0
    assert await store.delete_expired(NOW + KEPT_MS) == 1
    assert await store.everything() == []
    assert await addresses(database) == []
    assert await store.counts() == {}


async def test_what_people_still_wait_for_stays_a_week(
    database: Database, store: NoticeStore
) -> None:
    await open_session(database, 1)
    await store.saved(1, "mail1", "grace@example.org", "en", NOW)
    await store.close("mail1", NOW)
    assert await store.delete_expired(NOW + UNTOLD_MS - 1) == 0
    assert await store.delete_expired(NOW + UNTOLD_MS) == 1
    assert await addresses(database) == []
