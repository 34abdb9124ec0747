"""What customers see, worded and switched by an administrator."""

import re

import pytest
from playwright.async_api import Locator, expect

from protocol import catalogue
from relay.app import Relay
from relay.domain.texts import TextName
from tests.browser.administration import administrator, open_page
from tests.browser.loop import BROWSER, fixture
from tests.browser.window import Window, Windows

pytestmark = BROWSER

PATH = "/admin/customer"


@fixture
async def admin(relay: Relay, windows: Windows) -> Window:
    await administrator(relay)
    return await open_page(relay, windows, PATH)


def card(window: Window, key: str) -> Locator:
    """The card with that name."""
    return window.page.get_by_role("region", name=window.t(f"admin.customer_{key}"), exact=True)


def text(window: Window, key: str, label: str = "admin.customer_words_greeting") -> Locator:
    """The text of a card, in the language that is shown."""
    return card(window, key).get_by_label(window.t(label), exact=True).filter(visible=True)


async def save(window: Window, key: str) -> None:
    name = window.t(f"admin.customer_{key}")
    await window.button("admin.customer_save_name", name=name).click()


async def saved(window: Window, key: str) -> None:
    """Nothing of the card is unsaved any longer."""
    await expect(card(window, key).locator(".customer-unsaved")).to_be_empty()
    await expect(card(window, key).locator(".error").filter(visible=True)).to_have_count(0)


def stands(relay: Relay, name: TextName = TextName.GREETING, language: str = "en") -> str:
    return relay.hub.content.words(name, language)


async def test_the_preview_follows_every_letter_and_saving_makes_it_hold(
    relay: Relay, admin: Window
) -> None:
    greeting = card(admin, "greeting")
    shown = greeting.locator(".customer-shown").filter(visible=True)
    await text(admin, "greeting").fill("*Hello* from %SITE%\n\n- place %POSITION%\n- <b>you</b>")
    await expect(shown.locator("strong")).to_have_text("Hello")
    await expect(shown.locator("p")).to_have_text(f"Hello from {relay.config.organisation}")
    await expect(shown.locator("li")).to_have_text(["place 2", "<b>you</b>"])
    await expect(greeting.locator(".customer-unsaved")).to_have_text(
        admin.t("admin.customer_unsaved")
    )
    assert stands(relay) == catalogue.load("en")("words.greeting")
    await greeting.get_by_label(admin.t("admin.customer_greeting_on")).uncheck()
    await save(admin, "greeting")
    await saved(admin, "greeting")
    assert stands(relay).startswith("*Hello*")
    assert relay.hub.content.settings.greeting is False
    await admin.page.reload()
    await expect(text(admin, "greeting")).to_have_value(re.compile(r"^\*Hello\*"))
    await expect(greeting.get_by_label(admin.t("admin.customer_greeting_on"))).not_to_be_checked()


async def test_each_language_has_its_own_words(relay: Relay, admin: Window) -> None:
    greeting = card(admin, "greeting")
    await greeting.get_by_role("tab", name="English").press("ArrowRight")
    await expect(greeting.get_by_role("tab", name="Deutsch")).to_be_focused()
    await text(admin, "greeting").fill("Guten Tag, %WAIT%")
    shown = greeting.locator(".customer-shown").filter(visible=True)
    await expect(shown).to_have_text("Guten Tag, 3-9 Minuten")
    await expect(greeting.get_by_role("tab", name="Deutsch")).to_contain_text(
        admin.t("admin.customer_unsaved")
    )
    await save(admin, "greeting")
    await saved(admin, "greeting")
    assert stands(relay, language="de") == "Guten Tag, %WAIT%"
    assert stands(relay) == catalogue.load("en")("words.greeting")


async def test_a_macro_is_inserted_where_the_cursor_is(admin: Window) -> None:
    area = text(admin, "greeting")
    await area.fill("You are  here")
    await area.press("Home")
    for _ in range(8):
        await area.press("ArrowRight")
    await card(admin, "greeting").get_by_text("%POSITION%", exact=True).filter(visible=True).click()
    await expect(area).to_be_focused()
    await expect(area).to_have_value("You are %POSITION% here")


async def test_an_unknown_macro_is_refused_with_its_place_and_the_cursor_goes_there(
    relay: Relay, admin: Window
) -> None:
    area = text(admin, "agreement", "admin.customer_words_agreement_chat")
    await area.fill("One\nTwo 😀 %WAIT% three")
    await save(admin, "agreement")
    error = card(admin, "agreement").get_by_text(re.compile("^Line 2, column 7: %WAIT%"))
    await expect(error).to_be_visible()
    await expect(area).to_be_focused()
    selected = await area.evaluate("(one) => one.value.slice(one.selectionStart, one.selectionEnd)")
    assert selected == "%WAIT%"
    assert stands(relay, TextName.AGREEMENT_CHAT) == catalogue.load("en")("words.agreement_chat")
    await area.fill("One\nTwo 😀 %SITE% three")
    await expect(error).to_have_count(0)
    await save(admin, "agreement")
    await saved(admin, "agreement")


async def test_versions_show_who_changed_what_and_can_be_taken_again(
    relay: Relay, admin: Window
) -> None:
    for words in ("Hello to you", "Hello to everybody\nand welcome"):
        await text(admin, "greeting").fill(words)
        await save(admin, "greeting")
        await saved(admin, "greeting")
    label = f"{admin.t('admin.customer_greeting')}, {admin.t('admin.customer_words_greeting')}"
    await admin.button("admin.customer_versions_name", name=label).click()
    dialog = admin.page.get_by_role("dialog")
    versions = dialog.locator(".versions > li")
    await expect(versions).to_have_count(3)
    await expect(versions.first).to_contain_text("Root")
    await expect(versions.first.locator("del")).to_have_text("you")
    await expect(versions.first.locator("ins")).to_have_text(["everybody", "and welcome"])
    await versions.nth(1).get_by_role("button").click()
    await expect(text(admin, "greeting")).to_have_value("Hello to you")
    await save(admin, "greeting")
    await saved(admin, "greeting")
    assert stands(relay) == "Hello to you"
    await admin.button("admin.customer_default_name", name=label).click()
    await save(admin, "greeting")
    await saved(admin, "greeting")
    assert stands(relay) == catalogue.load("en")("words.greeting")


async def test_of_two_administrators_the_second_is_shown_both_texts(
    relay: Relay, windows: Windows, admin: Window
) -> None:
    await administrator(relay, "ada", "Ada")
    other = await open_page(relay, windows, PATH, "ada")
    other.pardon("409")
    await expect(text(other, "hold", "admin.customer_words_hold")).to_be_visible()
    await text(admin, "hold", "admin.customer_words_hold").fill("Theirs, please wait")
    await admin.page.get_by_label(admin.t("admin.customer_hold_every"), exact=True).fill("60")
    await save(admin, "hold")
    await saved(admin, "hold")
    await text(other, "hold", "admin.customer_words_hold").fill("Mine, please wait")
    await other.page.get_by_label(other.t("admin.customer_hold_every"), exact=True).fill("45")
    await save(other, "hold")
    dialog = other.page.get_by_role("dialog")
    await expect(dialog).to_contain_text("Root")
    await expect(dialog.locator("del")).to_have_text("Mine")
    await expect(dialog.locator("ins")).to_have_text("Theirs")
    await other.button("admin.customer_conflict_later").click()
    assert stands(relay, TextName.HOLD) == "Theirs, please wait"
    await expect(text(other, "hold", "admin.customer_words_hold")).to_have_value(
        "Mine, please wait"
    )
    await save(other, "hold")
    area = dialog.get_by_label(other.t("admin.customer_conflict_mine"))
    await area.fill("Theirs and mine, please wait")
    await dialog.get_by_label("60").check()
    await other.button("admin.customer_conflict_save").click()
    await saved(other, "hold")
    assert stands(relay, TextName.HOLD) == "Theirs and mine, please wait"
    assert relay.hub.content.settings.hold_every_s == 60


async def test_numbers_and_addresses_are_checked_in_words(relay: Relay, admin: Window) -> None:
    admin.pardon("400")
    orphaned = card(admin, "orphaned")
    await orphaned.get_by_label(admin.t("admin.customer_orphaned_later")).check()
    after = orphaned.get_by_label(admin.t("admin.customer_orphaned_after"), exact=True)
    await after.fill("5")
    await save(admin, "orphaned")
    wrong = admin.t("admin.customer_wrong_range", least=10, most=3600)
    await expect(orphaned.get_by_text(wrong)).to_be_visible()
    await expect(after).to_be_focused()
    await after.fill("600")
    url = orphaned.get_by_label(admin.t("admin.customer_orphaned_url"))
    for address, key in (
        ("http://help.example", "url_https"),
        ("https://bank.example@evil.example/", "url_account"),
        ("https://-x.example", "url_shape"),
    ):
        await url.fill(address)
        await save(admin, "orphaned")
        await expect(orphaned.get_by_text(admin.t(f"admin.customer_wrong_{key}"))).to_be_visible()
        await expect(url).to_be_focused()
    await url.fill("https://help.example/later")
    await expect(orphaned.locator(".customer-shown").first).to_contain_text("help.example")
    await save(admin, "orphaned")
    await saved(admin, "orphaned")
    settings = relay.hub.content.settings
    assert settings.orphaned_url == "https://help.example/later"
    assert settings.orphaned_after_s == 600


async def test_what_is_not_saved_is_not_lost_by_leaving(admin: Window) -> None:
    await text(admin, "greeting").fill("Not yet")
    kinds: list[str] = []

    async def stay(dialog: object) -> None:
        kinds.append(dialog.type)  # type: ignore[attr-defined]
        await dialog.dismiss()  # type: ignore[attr-defined]

    admin.page.on("dialog", stay)
    async with admin.page.expect_event("dialog"):
        await admin.page.get_by_role("link", name=admin.t("admin.people"), exact=True).click(
            no_wait_after=True
        )
    await expect(text(admin, "greeting")).to_have_value("Not yet")
    assert kinds == ["beforeunload"]
    name = admin.t("admin.customer_greeting")
    await admin.button("admin.customer_discard_name", name=name).click()
    await admin.page.get_by_role("dialog").locator("button.danger").click()
    await saved(admin, "greeting")
    await admin.page.get_by_role("link", name=admin.t("admin.people"), exact=True).click()
    await admin.page.wait_for_url("**/admin/people")


async def test_recording_is_not_offered_where_the_relay_cannot(admin: Window) -> None:
    await expect(card(admin, "agreement")).to_be_visible()
    await expect(card(admin, "recording")).to_have_count(0)


async def test_drafts_are_tried_as_a_customer(
    relay: Relay, windows: Windows, admin: Window
) -> None:
    agreement = card(admin, "agreement")
    await agreement.get_by_label(admin.t("admin.customer_agreement_on_chat")).check()
    await text(admin, "agreement", "admin.customer_words_agreement_chat").fill("A draft of %SITE%")
    async with admin.page.context.expect_page() as opened:
        await admin.button("admin.customer_try").click()
    chat = await opened.value
    await expect(chat).to_have_url(f"{relay.origin}/chat")
    await expect(chat.get_by_text(f"A draft of {relay.config.organisation}")).to_be_visible()
    await expect(chat.get_by_text(admin.t("steps.trial"))).to_be_visible()
    assert relay.hub.content.settings.agreement_chat is False
    assert (await admin.page.locator(".is-changed").count()) == 1


@pytest.mark.parametrize("width", [400, 320])
async def test_narrow_pages_do_not_scroll_sideways(admin: Window, width: int) -> None:
    await admin.page.set_viewport_size({"width": width, "height": 700})
    await text(admin, "greeting").fill("W" * 300)
    assert await admin.page.evaluate("() => document.documentElement.scrollWidth") == width


async def test_a_watermark_is_switched_on_and_worded(relay: Relay, admin: Window) -> None:
    admin.pardon("400")
    mark = card(admin, "watermark")
    await mark.get_by_label(admin.t("admin.customer_watermark_on"), exact=True).check()
    words = mark.get_by_label(re.compile(re.escape(admin.t("admin.customer_watermark_text"))))
    await words.first.fill("x" * 61)
    await save(admin, "watermark")
    wrong = admin.t("admin.customer_wrong_text_shape")
    await expect(mark.get_by_text(wrong)).to_be_visible()
    assert not relay.hub.content.settings.watermark
    await words.first.fill("Shared with Acme")
    await save(admin, "watermark")
    await saved(admin, "watermark")
    settings = relay.hub.content.settings
    assert (settings.watermark, settings.watermark_text) == (True, "Shared with Acme")
