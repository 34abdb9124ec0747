"""Canned messages where they are written: one's own, and the shared ones."""

import pytest
from playwright.async_api import Locator, expect

from relay.app import Relay
from tests.browser.loop import BROWSER
from tests.browser.site_admin import at_page, dialog, does_not_scroll_sideways
from tests.browser.window import Window, Windows
from tests.relay.furnished import team
from tests.relay.site import representative

pytestmark = BROWSER


def card(window: Window, path: str) -> Locator:
    """The card of the message of that path, as shown."""
    heading = window.page.get_by_role("heading", name=path, exact=True)
    return window.page.locator(".site-card", has=heading)


def words(window: Window, language: str) -> Locator:
    return dialog(window).get_by_label(window.t("canned.words", language=language), exact=True)


async def test_ones_own_is_written_with_macros_changed_and_deleted(
    relay: Relay, windows: Windows
) -> None:
    window = await at_page(relay, windows, "/canned")
    await expect(window.words("canned.own_none")).to_be_visible()
    await window.button("canned.add").click()
    await window.field("canned.path").fill("Printers/No paper")
    await words(window, "English").fill("Hello ")
    macro = {"macro": "%CUSTOMER%", "example": "Grace Hopper"}
    what = window.t("admin.customer_macro_customer")
    await window.button("admin.customer_macro_title", what=what, **macro).first.click()
    await expect(words(window, "English")).to_have_value("Hello %CUSTOMER%")
    await expect(dialog(window).locator(".canned-bubble")).to_have_text("Hello Grace Hopper")
    await window.button("admin.person_save").click()
    mine = card(window, "Printers \u203a No paper")
    await expect(mine).to_contain_text("Hello %CUSTOMER%")
    await expect(mine).to_contain_text(window.t("canned.only", language="English"))
    await window.button("canned.edit_name", name="Printers \u203a No paper").click()
    await words(window, "German").fill("Hallo")
    await window.button("admin.person_save").click()
    await expect(mine).not_to_contain_text(window.t("canned.only", language="English"))
    await window.button("canned.delete_name", name="Printers \u203a No paper").click()
    await window.button("admin.role_delete").last.click()
    await expect(mine).to_have_count(0)


async def test_shared_ones_are_for_a_team_or_everybody(relay: Relay, windows: Windows) -> None:
    ada = await representative(relay)
    await team(relay, "Billing", ada.id)
    window = await at_page(relay, windows, "/admin/canned")
    for path, whose in (("Money", "Billing"), ("Hello", window.t("canned.all"))):
        await window.button("canned.add").click()
        await window.field("canned.path").fill(path)
        await window.field("canned.for").select_option(whose)
        await words(window, "English").fill(f"About {path}")
        await window.button("admin.person_save").click()
        await expect(card(window, path)).to_contain_text(whose)
    hers = await windows.open()
    await hers.sign_in(relay, "ada")
    await hers.page.goto(f"{relay.origin}/canned", wait_until="networkidle")
    await expect(card(hers, "Money")).to_contain_text("Billing")
    await expect(card(hers, "Hello")).to_be_visible()
    await expect(card(hers, "Hello").get_by_role("button")).to_have_count(0)
    await hers.field("canned.search").fill("mon")
    await expect(card(hers, "Hello")).to_have_count(0)
    await expect(card(hers, "Money")).to_be_visible()
    await window.page.reload(wait_until="networkidle")
    await window.button("canned.edit_name", name="Money").click()
    await window.field("canned.for").select_option(window.t("canned.all"))
    await window.button("admin.person_save").click()
    await expect(card(window, "Money")).to_contain_text(window.t("canned.all"))


async def test_what_is_wrong_is_said_where_it_is(relay: Relay, windows: Windows) -> None:
    window = await at_page(relay, windows, "/canned")
    for status in ("400", "409"):
        window.pardon(status)
    await window.button("canned.add").click()
    save = window.button("admin.person_save")
    await save.click()
    await expect(window.words("admin.teams_wrong_empty")).to_be_visible()
    await expect(window.field("canned.path")).to_be_focused()
    await window.field("canned.path").fill("a/b/c/d/e")
    await words(window, "English").fill("one\nand %NOBODY% two")
    await save.click()
    await expect(window.words("canned.wrong_deep", what=4)).to_be_visible()
    await window.field("canned.path").fill("Greeting")
    await save.click()
    what = window.t("canned.wrong_macro", what="NOBODY")
    await expect(
        window.words("admin.teams_wrong_place", line=2, column=5, what=what)
    ).to_be_visible()
    await expect(words(window, "English")).to_be_focused()
    await words(window, "English").fill("two")
    await save.click()
    await expect(card(window, "Greeting")).to_be_visible()
    await window.button("canned.add").click()
    await window.field("canned.path").fill("greeting")
    await words(window, "English").fill("again")
    await save.click()
    await expect(window.words("canned.wrong_taken")).to_be_visible()
    await expect(words(window, "English")).to_have_value("again")


async def test_two_who_write_one_message_lose_nothing(relay: Relay, windows: Windows) -> None:
    first = await at_page(relay, windows, "/admin/canned")
    await first.button("canned.add").click()
    await first.field("canned.path").fill("Greeting")
    await words(first, "English").fill("Hello")
    await first.button("admin.person_save").click()
    await expect(card(first, "Greeting")).to_be_visible()
    second = await windows.beside(first.page.context)
    second.pardon("409")
    await second.page.goto(f"{relay.origin}/admin/canned", wait_until="networkidle")
    for window, text in ((first, "Good morning"), (second, "Good evening")):
        await window.button("canned.edit_name", name="Greeting").click()
        await words(window, "English").fill(text)
    await first.button("admin.person_save").click()
    await expect(card(first, "Greeting")).to_contain_text("Good morning")
    await second.button("admin.person_save").click()
    await expect(second.words("admin.teams_wrong_conflict")).to_be_visible()
    await expect(dialog(second).locator(".sheet-stands")).to_contain_text("Good morning")
    await expect(words(second, "English")).to_have_value("Good evening")
    await second.button("admin.person_save").click()
    await expect(card(second, "Greeting")).to_contain_text("Good evening")


@pytest.mark.parametrize("width", [320, 400])
async def test_narrow_pages_do_not_scroll_sideways(
    relay: Relay, windows: Windows, width: int
) -> None:
    long = "Ein sehr langer Ordner/Ein langer Name, den jemand wirklich gewählt hat"
    window = await at_page(relay, windows, "/canned", "de", width=width, height=740)
    await window.button("canned.add").click()
    await window.field("canned.path").fill(long)
    await words(window, "Deutsch").fill("Donaudampfschifffahrtsgesellschaftskapitän " * 4)
    assert await does_not_scroll_sideways(window.page)
    await window.button("admin.person_save").click()
    await expect(card(window, long.replace("/", " \u203a "))).to_be_visible()
    assert await does_not_scroll_sideways(window.page)
