"""Portals: one main one, others at addresses of their own, each with its logo."""

import pytest
import sqlalchemy as sa

from protocol import catalogue
from protocol.roles import Way
from relay.domain.content import MAIN_PORTAL, Portal
from relay.storage.accounts import NameTaken
from relay.storage.content import ContentStore
from relay.storage.database import Database
from relay.storage.portals import Logo, MainPortal, PortalStore, portal_version
from relay.storage.row_version import Changed, Gone
from relay.storage.schema import session
from tests.relay.pictures import JPEG, png
from tests.relay.storage.site_rows import open_session

SHOP = Portal("shop1", "shop", "Acme Shop", "#e30613", "", Way.CHAT, frozenset({"printer"}))
MAIN = Portal(MAIN_PORTAL)


async def test_the_main_portal_is_there_from_the_beginning(database: Database) -> None:
    store = PortalStore(database)
    assert await store.everything() == [MAIN]
    await store.add(SHOP)
    assert await store.everything() == [MAIN, SHOP]
    texts = {one: catalogue.load(one) for one in catalogue.LANGUAGES}
    content = await ContentStore(database, texts, mail=False).read()
    assert content.portals == {"main": MAIN, "shop1": SHOP}


async def test_the_main_portal_stays_where_it_is(database: Database) -> None:
    store = PortalStore(database)
    with pytest.raises(MainPortal):
        await store.remove(MAIN_PORTAL)
    with pytest.raises(MainPortal):
        await store.change(MAIN._replace(slug="away"), portal_version(MAIN))
    named = MAIN._replace(name="Acme", accent="#1f6feb", issues=frozenset())
    await store.change(named, portal_version(MAIN))
    assert await store.everything() == [named]
    await store.add(SHOP)
    with pytest.raises(MainPortal):
        await store.change(SHOP._replace(slug=""), portal_version(SHOP))


async def test_no_two_stand_at_one_address(database: Database) -> None:
    store = PortalStore(database)
    await store.add(SHOP)
    other = Portal("shop2", "shop")
    with pytest.raises(NameTaken):
        await store.add(other)
    await store.add(other._replace(slug="shop-2"))
    with pytest.raises(NameTaken):
        await store.change(other, portal_version(other._replace(slug="shop-2")))


async def test_a_newer_change_is_not_overwritten(database: Database) -> None:
    store = PortalStore(database)
    await store.add(SHOP)
    await store.change(SHOP._replace(name="Shop"), portal_version(SHOP))
    with pytest.raises(Changed):
        await store.change(SHOP._replace(accent=""), portal_version(SHOP))
    with pytest.raises(Gone):
        await store.change(Portal("nothing", "nothing"), "")


async def test_a_logo_is_kept_byte_for_byte_under_its_version(database: Database) -> None:
    store = PortalStore(database)
    assert await store.logo(MAIN_PORTAL) is None
    versions = set()
    for logo in (Logo(png(3, 2), "image/png"), Logo(JPEG, "image/jpeg")):
        await store.put_logo(MAIN_PORTAL, logo)
        assert await store.logo(MAIN_PORTAL) == logo
        (portal,) = await store.everything()
        versions.add(portal.logo)
        await store.change(portal._replace(name="x"), portal_version(portal))
        assert (await store.everything())[0].logo == portal.logo, "other changes leave it alone"
    assert len(versions - {""}) == 2
    await store.put_logo(MAIN_PORTAL, None)
    assert await store.logo(MAIN_PORTAL) is None
    assert (await store.everything())[0].logo == ""
    with pytest.raises(Gone):
        await store.put_logo("nothing", None)


async def test_sessions_outlive_their_portal(database: Database) -> None:
    store = PortalStore(database)
    await store.add(SHOP)
    await open_session(database, 1, portal_id="shop1")
    await store.remove("shop1")
    assert await store.everything() == [MAIN]
    async with database.read() as connection:
        row = (await connection.execute(sa.select(session.c.portal_id))).one()
    assert row.portal_id is None
    with pytest.raises(Gone):
        await store.remove("shop1")
