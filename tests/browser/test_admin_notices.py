"""Notices as an administrator meets them: written, planned, sent, closed."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Locator, expect

from relay.app import Relay
from relay.storage.notices import NoticeStore
from tests.browser.loop import BROWSER
from tests.browser.site_admin import at_page, dialog, does_not_scroll_sideways
from tests.browser.window import Window, Windows
from tests.relay.storage.site_rows import open_session

pytestmark = BROWSER

PATH = "/admin/notices"
BERLIN = ZoneInfo("Europe/Berlin")


def card(window: Window, name: str) -> Locator:
    heading = window.page.get_by_role("heading", name=name, exact=True)
    return window.page.locator(".site-card", has=heading)


def text_in(window: Window, language: str) -> Locator:
    return dialog(window).get_by_label(window.t("admin.notices_words", language=language))


async def begin(window: Window, name: str, english: str = "Mail is *down*.") -> None:
    await window.button("admin.notices_add").click()
    await window.field("admin.notices_name").fill(name)
    await text_in(window, "English").fill(english)


async def save(window: Window) -> None:
    await window.button("admin.person_save").click()
    await expect(window.page.locator("dialog")).to_have_count(0)


async def test_a_notice_is_written_with_a_live_preview(relay: Relay, windows: Windows) -> None:
    window = await at_page(relay, windows, PATH)
    await expect(window.words("admin.notices_none")).to_be_visible()
    await begin(window, "Mail", "Mail is *down*.\n\n- wait\n- read https://status.example.org/x")
    preview = dialog(window).get_by_label(window.t("admin.notices_preview"))
    await expect(preview.locator("strong")).to_have_text("down")
    await expect(preview.locator("li")).to_have_count(2)
    await expect(preview.get_by_role("link")).to_have_attribute("rel", "noopener noreferrer")
    await expect(window.words("admin.notices_preview_none")).to_be_visible()
    await expect(window.words("admin.notices_chars", n=59, most=1020)).to_be_visible()
    await save(window)
    await expect(card(window, "Mail").locator("strong")).to_have_text("down")
    await expect(window.page.get_by_role("heading", name="Shown now")).to_be_visible()
    (notice,) = relay.hub.content.notices.values()
    assert (notice.automatic, notice.ends_at, notice.portals) == (True, None, frozenset())


async def test_times_are_the_administrators_own_and_kept_in_utc(
    relay: Relay, windows: Windows
) -> None:
    window = await at_page(relay, windows, PATH)
    berlin = await window.page.context.browser.new_context(  # type: ignore[union-attr]
        ignore_https_errors=True,
        timezone_id="Europe/Berlin",
        locale="en-GB",
        storage_state=await window.page.context.storage_state(),
    )
    here = await windows.beside(berlin)
    here.pardon("400")
    await here.page.goto(f"{relay.origin}{PATH}", wait_until="networkidle")
    await begin(here, "Maintenance")
    await expect(here.words("admin.notices_zone", zone="Europe/Berlin")).to_be_visible()
    for legend in ("admin.notices_start", "admin.notices_end"):
        group = dialog(here).get_by_role("group", name=here.t(legend), exact=True)
        await group.get_by_label(here.t("admin.notices_start_at")).check()
    # The night in which clocks are put back lies between them.
    await here.field("admin.notices_start_time").fill("2037-10-24T22:30")
    await here.field("admin.notices_end_time").fill("2037-10-24T22:15")
    await here.button("admin.person_save").click()
    await expect(here.words("admin.notices_wrong_early")).to_be_visible()
    await expect(here.field("admin.notices_end_time")).to_be_focused()
    await here.field("admin.notices_end_time").fill("2037-10-25T06:00")
    await save(here)
    (notice,) = relay.hub.content.notices.values()
    start = dt.datetime(2037, 10, 24, 22, 30, tzinfo=BERLIN)
    end = dt.datetime(2037, 10, 25, 6, 0, tzinfo=BERLIN)
    assert notice.starts_at == start.timestamp() * 1000
    assert notice.ends_at == end.timestamp() * 1000
    assert notice.ends_at - notice.starts_at == 8.5 * 3_600_000
    await expect(card(here, "Maintenance")).to_contain_text("GMT+2")
    await expect(here.page.get_by_role("heading", name="Planned")).to_be_visible()
    await window.page.reload(wait_until="networkidle")
    await expect(card(window, "Maintenance")).to_contain_text("20:30")


async def test_rules_are_chosen_and_shown(relay: Relay, windows: Windows) -> None:
    window = await at_page(relay, windows, PATH)
    await begin(window, "Driver")
    await dialog(window).get_by_text(window.t("admin.notices_rules"), exact=True).click()
    await dialog(window).get_by_label("Windows").check()
    await window.field("admin.notices_match").fill("printer, empty  pages,,Printer")
    await dialog(window).get_by_text(window.t("admin.notices_automatic"), exact=True).click()
    await save(window)
    (notice,) = relay.hub.content.notices.values()
    assert (notice.systems, notice.automatic) == (frozenset({"windows"}), False)
    assert notice.words == ("printer", "empty pages")
    shown = card(window, "Driver")
    for words in ("Windows", "Words: printer", window.t("admin.notices_by_hand")):
        await expect(shown).to_contain_text(words)
    await window.button("admin.person_edit_name", name="Driver").click()
    await expect(dialog(window).get_by_label("Windows")).to_be_checked()


async def test_too_long_a_text_is_refused_at_its_place(relay: Relay, windows: Windows) -> None:
    window = await at_page(relay, windows, PATH)
    window.pardon("400")
    await begin(window, "Long", "🙂" * 1021)
    await expect(window.words("admin.notices_chars", n=1021, most=1020)).to_be_visible()
    await window.button("admin.person_save").click()
    await expect(window.words("admin.teams_wrong_long", what="1020")).to_be_visible()
    field = text_in(window, "English")
    await expect(field).to_be_focused()
    assert await field.evaluate("e => e.selectionStart") == 2040, "after 1,020 characters"
    await field.fill("🙂" * 1020)
    await save(window)


async def test_saving_over_somebody_elses_text_shows_theirs(relay: Relay, windows: Windows) -> None:
    first = await at_page(relay, windows, PATH)
    await begin(first, "Mail")
    await save(first)
    second = await windows.beside(first.page.context)
    second.pardon("409")
    await second.page.goto(f"{relay.origin}{PATH}", wait_until="networkidle")
    for window, text in ((first, "It takes an hour."), (second, "It takes a day.")):
        await window.button("admin.person_edit_name", name="Mail").click()
        await text_in(window, "English").fill(text)
    await save(first)
    await second.button("admin.person_save").click()
    await expect(second.words("admin.teams_wrong_conflict")).to_be_visible()
    theirs = dialog(second).locator(".sheet-stands")
    await expect(theirs).to_contain_text("It takes an hour.")
    await expect(text_in(second, "English")).to_have_value("It takes a day.")
    await save(second)
    (notice,) = relay.hub.content.notices.values()
    assert notice.texts == {"en": "It takes a day."}


async def test_closing_says_how_many_were_saved_and_leads_to_using_it_again(
    relay: Relay, windows: Windows
) -> None:
    window = await at_page(relay, windows, PATH)
    await begin(window, "Mail")
    await save(window)
    (notice_id,) = relay.hub.content.notices
    store, now = NoticeStore(relay.database), relay.parts.clock.now_ms()
    for number in (1, 2):
        await open_session(relay.database, number)
        await store.saved(number, notice_id, "", "en", now)
    await window.page.reload(wait_until="networkidle")
    await expect(card(window, "Mail")).to_contain_text(window.t("admin.notices_saved.other", n=2))
    await expect(window.words("admin.notices_no_mail")).to_be_visible()
    await window.button("admin.notices_send_name", name="Mail").click()
    await dialog(window).get_by_label(window.t("admin.notices_send_waiting")).uncheck()
    await window.button("admin.notices_send").last.click()
    await expect(window.words("admin.notices_wrong_nobody")).to_be_visible()
    await dialog(window).get_by_label(window.t("admin.notices_send_running")).check()
    await window.button("admin.notices_send").last.click()
    await expect(window.words("admin.notices_sent.other", n=0)).to_be_visible()
    await window.button("admin.notices_close_name", name="Mail").click()
    await window.button("admin.notices_close").last.click()
    await expect(window.words("admin.notices_close_done")).to_be_visible()
    await expect(window.page.get_by_role("heading", name="Over")).to_be_visible()
    await window.button("admin.notices_again_name", name="Mail").click()
    await expect(text_in(window, "English")).to_have_value("Mail is *down*.")
    await save(window)
    await expect(window.page.get_by_role("heading", name="Shown now")).to_be_visible()
    assert len(await store.everything()) == 2


async def test_the_public_page_says_when_in_the_readers_own_time(
    relay: Relay, windows: Windows
) -> None:
    window = await at_page(relay, windows, PATH)
    await begin(window, "Mail")
    await save(window)
    (notice_id,) = relay.hub.content.notices
    path = f"{relay.origin}/notice/{notice_id}"
    reader = await windows.open("de", width=360)
    await reader.page.goto(path, wait_until="networkidle")
    await expect(reader.words("notice.page_open")).to_be_visible()
    assert await does_not_scroll_sideways(reader.page)
    await NoticeStore(relay.database).close(notice_id, relay.parts.clock.now_ms())
    await reader.page.get_by_role("link", name=reader.t("notice.page_again")).click()
    await expect(reader.words("notice.page_solved")).to_be_visible()
    await expect(reader.page.locator("time")).not_to_contain_text("UTC")
    plain = await windows.open(scripts=False)
    await plain.page.goto(path)
    await expect(plain.page.locator("time")).to_contain_text("UTC")


@pytest.mark.parametrize("width", [320, 400])
async def test_narrow_pages_do_not_scroll_sideways(
    relay: Relay, windows: Windows, width: int
) -> None:
    window = await at_page(relay, windows, PATH, "de", width=width, height=740)
    await window.button("admin.notices_add").click()
    await window.field("admin.notices_name").fill("Wartung der Server am Wochenende")
    await text_in(window, "Deutsch").fill("Siehe https://status.example.org/" + "x" * 80)
    for group in await dialog(window).get_by_label(window.t("admin.notices_end_at")).all():
        await group.check()
    await dialog(window).get_by_text(window.t("admin.notices_rules"), exact=True).click()
    assert await does_not_scroll_sideways(window.page)
    await save(window)
    assert await does_not_scroll_sideways(window.page)
