"""Texts and settings in every version, on both kinds of database, also two people at a time."""

import asyncio

import msgspec
import pytest

from relay.domain.accounts import Account, UserRole
from relay.domain.content import DEFAULT_SETTINGS, SiteSettings
from relay.domain.texts import TextName
from relay.storage.accounts import AccountStore
from relay.storage.database import Database
from relay.storage.site_settings import Change, SiteSettingsStore, TornSettings
from relay.storage.texts import Conflict, StoredText, TextChange, TextStore

NOW = 1_700_000_000_000
GREETING, HOLD = TextName.GREETING, TextName.HOLD


@pytest.fixture
async def ada(database: Database) -> Account:
    role = UserRole.ADMINISTRATOR
    return await AccountStore(database).create("ada", "Ada", role, None, NOW)


@pytest.fixture
def texts(database: Database) -> TextStore:
    return TextStore(database)


@pytest.fixture
def settings(database: Database) -> SiteSettingsStore:
    return SiteSettingsStore(database)


def change(text: str | None, base: int, name: TextName = GREETING) -> TextChange:
    return TextChange(name, "en", text, base)


def changed(**changes: object) -> SiteSettings:
    return msgspec.structs.replace(DEFAULT_SETTINGS, **changes)


async def newest(texts: TextStore) -> StoredText:
    return (await texts.newest())[GREETING, "en"]


async def test_every_version_is_kept_with_who_and_when(texts: TextStore, ada: Account) -> None:
    await texts.save(change("Hello", 0), ada.id, NOW)
    first = await newest(texts)
    assert first == StoredText(GREETING, "en", first.version, "Hello", "Ada", NOW)
    await texts.save(change("Welcome", first.version), ada.id, NOW + 1)
    await texts.save(change(None, (await newest(texts)).version), ada.id, NOW + 2)
    await texts.save(change("Hello", (await newest(texts)).version), ada.id, NOW + 3)
    versions = await texts.versions(GREETING, "en")
    assert [one.text for one in versions] == ["Hello", None, "Welcome", "Hello"]
    assert [one.at - NOW for one in versions] == [3, 2, 1, 0]
    assert await texts.versions(GREETING, "de") == []
    assert await texts.versions(HOLD, "en") == []


async def test_whoever_saves_second_is_told_and_nothing_is_lost(
    texts: TextStore, ada: Account
) -> None:
    await texts.save(change("Theirs", 0), ada.id, NOW)
    with pytest.raises(Conflict) as conflict:
        await texts.save(change("Mine", 0), ada.id, NOW)
    assert conflict.value.newest == [await newest(texts)]
    assert (await newest(texts)).text == "Theirs"
    await texts.save(change("Mine", (await newest(texts)).version), ada.id, NOW)
    assert [one.text for one in await texts.versions(GREETING, "en")] == ["Mine", "Theirs"]


async def test_the_same_words_twice_are_one_version(texts: TextStore, ada: Account) -> None:
    await texts.save(change(None, 0), ada.id, NOW)
    assert await texts.newest() == {}
    await texts.save(change("Hello", 0), ada.id, NOW)
    await texts.save(change("Hello", 0), ada.id, NOW)
    assert len(await texts.versions(GREETING, "en")) == 1


async def test_of_many_who_save_at_once_one_wins(texts: TextStore, ada: Account) -> None:
    for base in range(5):
        base = (await newest(texts)).version if base else 0
        saves = [texts.save(change(f"{base} by {n}", base), ada.id, NOW) for n in range(6)]
        outcomes = await asyncio.gather(*saves, return_exceptions=True)
        assert sorted(type(one).__name__ for one in outcomes) == ["Conflict"] * 5 + ["NoneType"]
    assert len(await texts.versions(GREETING, "en")) == 5


async def test_a_card_is_saved_as_a_whole_or_not_at_all(
    texts: TextStore, settings: SiteSettingsStore, ada: Account
) -> None:
    await texts.save(change("Theirs", 0), ada.id, NOW)
    both = (change("Mine", 0), change("Hold", 0, HOLD))
    wish = changed(greeting=False)
    with pytest.raises(Conflict):
        await settings.save(Change(both, DEFAULT_SETTINGS, wish), ada.id, NOW)
    assert (await settings.read()).settings == DEFAULT_SETTINGS
    assert (HOLD, "en") not in await texts.newest()
    base = (await newest(texts)).version
    await settings.save(Change((change("Mine", base), both[1]), DEFAULT_SETTINGS, wish), ada.id, 1)
    assert (await settings.read()) == (1, wish)
    assert {one.text for one in (await texts.newest()).values()} == {"Mine", "Hold"}


async def test_settings_that_somebody_else_changed_are_not_overwritten(
    settings: SiteSettingsStore, ada: Account
) -> None:
    assert await settings.read() == (0, DEFAULT_SETTINGS)
    await settings.save(Change(wish=changed(hold_every_s=60)), ada.id, NOW)
    await settings.save(Change(wish=changed(greeting=False)), ada.id, NOW)
    assert (await settings.read()) == (2, changed(hold_every_s=60, greeting=False))
    with pytest.raises(TornSettings) as torn:
        await settings.save(Change(wish=changed(hold_every_s=30)), ada.id, NOW)
    assert torn.value.fields == ["hold_every_s"]
    assert (await settings.save(Change(), ada.id, NOW)).version == 2


async def test_of_many_who_switch_at_once_one_wins(
    settings: SiteSettingsStore, ada: Account
) -> None:
    wishes = [Change(wish=changed(hold_every_s=100 + n)) for n in range(6)]
    saves = [settings.save(one, ada.id, NOW) for one in wishes]
    outcomes = await asyncio.gather(*saves, return_exceptions=True)
    assert [type(one) for one in outcomes].count(TornSettings) == 5
    assert (await settings.read()).version == 1
