"""Teams and issues, as an administrator meets them."""

import pytest
from playwright.async_api import Locator, expect

from relay.app import Relay
from tests.browser.loop import BROWSER
from tests.browser.site_admin import at_page, dialog, does_not_scroll_sideways
from tests.browser.window import Window, Windows
from tests.relay.site import representative
from tests.relay.storage.site_rows import open_session

pytestmark = BROWSER

PATH = "/admin/teams"


def card(window: Window, name: str) -> Locator:
    """The card of the team or issue of that name."""
    heading = window.page.get_by_role("heading", name=name, exact=True)
    return window.page.locator(".site-card", has=heading)


async def add_team(window: Window, name: str, *members: str) -> None:
    await window.button("admin.teams_add").click()
    await window.field("admin.role_name").fill(name)
    for member in members:
        await dialog(window).get_by_label(member, exact=True).check()
    await window.button("admin.person_save").click()
    await expect(card(window, name)).to_be_visible()


async def add_issue(window: Window, english: str, german: str, team: str) -> None:
    await window.button("admin.issues_add").click()
    await dialog(window).get_by_label("Name in English").fill(english)
    await dialog(window).get_by_label("Name in German").fill(german)
    await window.field("admin.issues_team").select_option(team)
    await window.button("admin.person_save").click()
    await expect(card(window, english or german)).to_be_visible()


async def test_a_team_is_made_with_its_issue(relay: Relay, windows: Windows) -> None:
    await representative(relay)
    window = await at_page(relay, windows, PATH)
    await expect(window.words("admin.teams_none")).to_be_visible()
    await expect(window.words("admin.issues_none")).to_be_visible()
    await add_team(window, "Billing", "Ada")
    await expect(card(window, "Billing")).to_contain_text("Ada")
    await add_issue(window, "Invoice", "Rechnung", "Billing")
    await expect(card(window, "Invoice")).to_contain_text("Rechnung")
    await expect(card(window, "Invoice")).to_contain_text("Billing")
    await window.button("admin.role_delete_name", name="Billing").click()
    await window.button("admin.role_delete").last.click()
    await expect(card(window, "Billing")).to_have_count(0)
    await expect(card(window, "Invoice")).to_contain_text(window.t("admin.issues_general"))


async def test_a_team_is_changed(relay: Relay, windows: Windows) -> None:
    await representative(relay)
    window = await at_page(relay, windows, PATH)
    await add_team(window, "Billing", "Ada")
    await window.button("admin.person_edit_name", name="Billing").click()
    await window.field("admin.customer_way").select_option(window.t("admin.customer_way_chat"))
    await dialog(window).get_by_label("Ada", exact=True).uncheck()
    await dialog(window).get_by_text(window.t("admin.teams_least_busy"), exact=True).click()
    await window.button("admin.person_save").click()
    await expect(card(window, "Billing")).to_contain_text(window.t("admin.customer_way_chat"))
    await expect(card(window, "Billing")).to_contain_text(window.t("admin.teams_nobody"))
    await expect(card(window, "Billing")).to_contain_text(window.t("admin.teams_least_busy_chip"))


async def test_a_team_for_which_customers_wait_says_why_it_stays(
    relay: Relay, windows: Windows
) -> None:
    window = await at_page(relay, windows, PATH)
    await add_team(window, "Billing")
    (team_id,) = relay.hub.content.teams
    await open_session(relay.database, 91, queue_team_id=team_id)
    await window.page.reload(wait_until="networkidle")
    delete = window.button("admin.role_delete_name", name="Billing")
    await expect(delete).to_have_attribute("title", window.t("admin.teams_busy.one"))
    await delete.click(force=True)
    await expect(window.page.locator("dialog[open]")).to_have_count(0)


async def test_what_is_wrong_is_said_where_it_is_and_nothing_is_lost(
    relay: Relay, windows: Windows
) -> None:
    window = await at_page(relay, windows, PATH)
    window.pardon("400")
    await window.button("admin.issues_add").click()
    english = dialog(window).get_by_label("Name in English")
    german = dialog(window).get_by_label("Name in German")
    await german.fill("x" * 81)
    await window.button("admin.person_save").click()
    await expect(window.words("admin.teams_wrong_long", what="80")).to_be_visible()
    await expect(german).to_be_focused()
    await expect(german).to_have_attribute("aria-invalid", "true")
    await german.fill("")
    await window.button("admin.person_save").click()
    await expect(window.words("admin.teams_wrong_empty")).to_be_visible()
    await expect(english).to_be_focused()
    await english.fill("Printer")
    await window.page.keyboard.press("Escape")
    await expect(window.words("admin.teams_discard_title")).to_be_visible()
    await window.button("admin.teams_discard_no").click()
    await expect(english).to_have_value("Printer")
    await window.page.keyboard.press("Escape")
    await window.button("admin.teams_discard").click()
    await expect(window.page.locator("dialog")).to_have_count(0)


async def test_issues_are_put_in_order_by_keyboard(relay: Relay, windows: Windows) -> None:
    window = await at_page(relay, windows, PATH)
    for name in ("One", "Two", "Three"):
        await add_issue(window, name, name, "")
    up = window.button("admin.issues_up", name="Three")
    await up.focus()
    await window.page.keyboard.press("Enter")
    await expect(window.page.locator("ol .site-card h3")).to_have_text(["One", "Three", "Two"])
    await expect(up).to_be_focused()
    await window.page.keyboard.press("Enter")
    await expect(window.page.locator("ol .site-card h3")).to_have_text(["Three", "One", "Two"])
    await expect(up).to_be_focused()
    await expect(up).to_have_attribute("aria-disabled", "true")
    await window.page.reload(wait_until="networkidle")
    await expect(window.page.locator("ol .site-card h3")).to_have_text(["Three", "One", "Two"])


async def test_two_administrators_at_one_team_lose_nothing(relay: Relay, windows: Windows) -> None:
    first = await at_page(relay, windows, PATH)
    await add_team(first, "Billing")
    second = await windows.beside(first.page.context)
    second.pardon("409")
    await second.page.goto(f"{relay.origin}{PATH}", wait_until="networkidle")
    for window, name in ((first, "Money"), (second, "Invoices")):
        await window.button("admin.person_edit_name", name="Billing").click()
        await window.field("admin.role_name").fill(name)
    await first.button("admin.person_save").click()
    await expect(card(first, "Money")).to_be_visible()
    await second.button("admin.person_save").click()
    await expect(second.words("admin.teams_wrong_conflict")).to_be_visible()
    await expect(second.field("admin.role_name")).to_have_value("Invoices")
    await second.button("admin.person_save").click()
    await expect(card(second, "Invoices")).to_be_visible()


@pytest.mark.parametrize("width", [320, 400])
async def test_narrow_pages_do_not_scroll_sideways(
    relay: Relay, windows: Windows, width: int
) -> None:
    long = "Ein langer Name, den jemand wirklich einem Team gegeben hat"
    window = await at_page(relay, windows, PATH, "de", width=width, height=740)
    await window.button("admin.teams_add").click()
    await window.field("admin.role_name").fill(long)
    assert await does_not_scroll_sideways(window.page)
    await window.button("admin.person_save").click()
    await expect(card(window, long)).to_be_visible()
    assert await does_not_scroll_sideways(window.page)
