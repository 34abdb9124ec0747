"""The form without a key: in a browser with scripts and without, on a phone, with bad words."""

from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from protocol import keys
from relay.app import Relay
from relay.domain.content import SiteSettings
from relay.domain.orphans import PATIENCE_MS
from tests.browser.loop import BROWSER
from tests.browser.test_admin_payloads import FOREIGN, PAYLOADS, WATCH
from tests.browser.window import Language, Window, Windows
from tests.relay import furnished
from tests.relay.furnished import STAY
from tests.relay.site import ManualClock, relay_at

pytestmark = BROWSER

KEY = keys.shown("1234567" + keys.check_digit("1234567"))


async def printing(relay: Relay) -> None:
    """A site with issues of each way."""
    await furnished.settings(relay, STAY)
    client = await furnished.team(relay, "Billing", way="client")
    chat = await furnished.team(relay, "Passwords", way="chat")
    await furnished.issue(relay, "Printer", german="Drucker")
    await furnished.issue(relay, "Invoice", client, german="Rechnung", place=1)
    await furnished.issue(relay, "Password", chat, german="Passwort", place=2)


def form(window: Window) -> Locator:
    """The form without a key."""
    return window.page.get_by_role("form", name=window.t("portal.request_title"))


def in_form(window: Window, key: str) -> Locator:
    """The button of that form with that text."""
    return form(window).get_by_role("button", name=window.t(key), exact=True)


async def at_portal(relay: Relay, window: Window, path: str = "/") -> Page:
    await window.page.goto(relay.origin + path, wait_until="networkidle")
    return window.page


async def test_each_issue_has_its_own_ways(relay: Relay, windows: Windows) -> None:
    await printing(relay)
    window = await windows.open()
    page = await at_portal(relay, window)
    issue = window.field("portal.issue")
    await issue.select_option("Printer")
    await expect(in_form(window, "ways.chat")).to_be_visible()
    await expect(in_form(window, "ways.client")).to_be_visible()
    await issue.select_option("Invoice")
    await expect(in_form(window, "ways.chat")).to_have_count(0)
    await expect(window.words("portal.ask_client")).to_be_visible()
    await issue.select_option("Password")
    await expect(window.words("portal.ask_client")).to_have_count(0)
    await in_form(window, "portal.ask").click()
    await expect(page).to_have_url(f"{relay.origin}/chat")


async def test_the_program_is_given_a_code_that_can_be_copied(
    relay: Relay, windows: Windows
) -> None:
    await printing(relay)
    window = await windows.open(permissions=["clipboard-read", "clipboard-write"])
    page = await at_portal(relay, window)
    await window.field("portal.issue").select_option("Printer")
    await in_form(window, "ways.client").click()
    await expect(window.words("ways.program_title")).to_be_visible()
    code = await page.get_by_role("status", name=window.t("ways.do_enter_code")).inner_text()
    await window.button("ways.copy").click()
    await expect(window.button("ways.copied")).to_be_visible()
    assert await page.evaluate("() => navigator.clipboard.readText()") == code
    assert page.url == f"{relay.origin}/program/{code}"


async def test_a_key_that_may_not_be_copied_is_marked_instead(
    relay: Relay, windows: Windows
) -> None:
    window = await windows.open(permissions=[])
    page = await at_portal(relay, window, f"/program/{KEY}")
    await window.button("ways.copy").click()
    await expect(window.words("ways.copy_failed")).to_be_visible()
    assert await page.evaluate("() => getSelection().toString()") == KEY


async def test_too_many_words_are_told_as_they_are_written_and_none_is_lost(
    relay: Relay, windows: Windows
) -> None:
    await printing(relay)
    window = await windows.open()
    await at_portal(relay, window)
    words = window.field("portal.words")
    await words.fill("w" * 900)
    await expect(window.words("portal.words_left", left=100)).to_be_visible()
    await words.fill("w" * 1004)
    await expect(window.words("portal.too_long", over=4, most=1000)).to_be_visible()
    await window.field("portal.issue").select_option("Printer")
    asked = len(window.requests)
    await in_form(window, "ways.chat").click()
    await expect(words).to_be_focused()
    assert window.requests[asked:] == []
    assert len(await words.input_value()) == 1004


@pytest.mark.parametrize("language", ["en", "de"])
async def test_the_form_needs_no_script(relay: Relay, windows: Windows, language: Language) -> None:
    await printing(relay)
    window = await windows.open(language, width=360, height=640, scripts=False)
    window.pardon("400")
    page = await at_portal(relay, window)
    chosen = {"en": "Printer", "de": "Drucker"}[language]
    await window.field("portal.issue").select_option(chosen)
    typed = "Es <b>brummt</b>\nseit Montag " + "w" * 1000
    await window.field("portal.words").fill(typed)
    await form(window).get_by_label(window.t("key.name"), exact=True).fill("Grace")
    await in_form(window, "ways.chat").click()
    await expect(window.words("portal.too_long", over=29, most=1000)).to_be_visible()
    await expect(window.field("portal.words")).to_have_value(typed)
    await window.field("portal.words").fill("Es brummt")
    await in_form(window, "ways.chat").click()
    await expect(page).to_have_url(f"{relay.origin}/chat")


async def test_nobody_on_duty_is_said_where_one_looks(tmp_path: Path, windows: Windows) -> None:
    clock = ManualClock()
    async with relay_at(tmp_path, clock) as relay:
        await printing(relay)
        address = "https://help.example.org/contact"
        await furnished.settings(relay, SiteSettings(orphaned_url=address))
        clock.advance(PATIENCE_MS / 1000)
        window = await windows.open(width=360, height=640)
        window.pardon("409")
        await at_portal(relay, window)
        await window.field("portal.issue").select_option("Printer")
        await window.field("portal.words").fill("It hums")
        await in_form(window, "ways.chat").click()
        told = window.page.locator("#deserted")
        await expect(told).to_be_focused()
        await expect(told).to_be_in_viewport()
        link = told.get_by_role("link", name=window.t("portal.go_on", host="help.example.org"))
        await expect(link).to_have_attribute("href", address)
        await expect(window.field("portal.words")).to_have_value("It hums")
        await window.page.goto("about:blank")  # what it still loads would miss the relay


@pytest.mark.parametrize("width", [320, 360, 480, 960, 1280])
@pytest.mark.parametrize("language", ["en", "de"])
async def test_nothing_is_wider_than_the_page(
    relay: Relay, windows: Windows, language: Language, width: int
) -> None:
    await printing(relay)
    long = "Donaudampfschifffahrtsgesellschaftskapitän" * 4
    await furnished.notice(relay, {"en": f"{long} https://status.example.org/{long}"})
    await furnished.portal(relay, "north", name=long)
    await furnished.issue(relay, long, place=3)
    window = await windows.open(language, width=width, height=700)
    for path in ("/", "/p/north", "/join/12345674", f"/program/{KEY}"):
        await at_portal(relay, window, path)
        assert await window.page.evaluate("() => document.documentElement.scrollWidth") == width


async def test_the_keyboard_goes_from_the_first_to_the_last(relay: Relay, windows: Windows) -> None:
    await printing(relay)
    window = await windows.open()
    page = await at_portal(relay, window)
    ids = []
    for _ in range(9):
        await page.keyboard.press("Tab")
        ids.append(
            await page.evaluate("() => document.activeElement.id || document.activeElement.value")
        )
    assert ids == [
        "key",
        "name",
        "chat",
        "client",
        "issue",
        "words",
        "start-name",
        "chat",
        "client",
    ]


async def check(page: Page) -> None:
    """Nothing ran, and nothing became an element."""
    assert await page.evaluate("() => window.runs") == 0
    assert await page.locator(FOREIGN.replace(" img,", "")).count() == 0


async def test_no_word_runs_on_the_portal_or_the_console(relay: Relay, windows: Windows) -> None:
    """All payloads in every field of the form, in issues, notices, portals and links."""
    await furnished.settings(relay, SiteSettings(orphaned_at_once=False))
    for place, payload in enumerate(PAYLOADS):
        await furnished.issue(relay, payload, place=place)
    for payload in PAYLOADS[:10]:
        await furnished.notice(relay, {"en": payload})
    await furnished.portal(relay, "north", name=PAYLOADS[0])
    window = await windows.open()
    window.pardon("400")
    page = window.page
    await page.add_init_script(WATCH)
    await at_portal(relay, window, "/p/north")
    options = window.field("portal.issue").locator("option")
    await expect(options.nth(len(PAYLOADS) - 1)).to_be_attached()
    assert set(PAYLOADS) <= set(await options.all_inner_texts())
    await check(page)
    for payload in PAYLOADS:
        fields = {"issue": payload, "words": payload + "w" * 1000, "name": payload}
        await page.evaluate(
            """(fields) => {
                const form = document.getElementById("start");
                const option = new Option("x", fields.issue, true, true);
                form.elements.issue.append(option);
                form.elements.words.value = fields.words;
                form.elements.name.value = fields.name;
                form.submit();
            }""",
            fields,
        )
        await expect(window.words("portal.issue_missing")).to_be_visible()
        await expect(window.field("portal.words")).to_have_value(fields["words"])
        await check(page)
