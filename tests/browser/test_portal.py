"""The public page: the key field, who is there, and the way without scripts."""

import re

import pytest
from playwright.async_api import expect

from protocol import keys
from relay.app import Relay
from tests.browser.loop import BROWSER
from tests.browser.window import Language, Windows
from tests.relay.site import representative

pytestmark = BROWSER


async def test_a_mistyped_key_is_told_at_once_and_never_sent(
    relay: Relay, windows: Windows
) -> None:
    window = await windows.open()
    await window.page.goto(relay.origin, wait_until="networkidle")
    key = window.field("key.label")
    await key.press_sequentially("1234 567")
    await expect(window.page.get_by_role("alert")).to_be_empty()
    digit = (int(keys.check_digit("1234567")) + 1) % 10
    await key.press_sequentially(str(digit))
    await expect(window.words("error.key_mistyped")).to_be_visible()
    asked = len(window.requests)
    await window.button("ways.chat").click()
    await expect(key).to_be_focused()
    assert window.requests[asked:] == []


async def test_an_unknown_key_is_told_by_the_relay_and_the_name_is_kept(
    relay: Relay, windows: Windows
) -> None:
    window = await windows.open()
    window.pardon("404")
    await window.page.goto(relay.origin, wait_until="networkidle")
    await window.field("key.label").fill("1234567" + keys.check_digit("1234567"))
    await window.field("key.name").fill("Grace")
    await window.button("ways.chat").click()
    await expect(window.words("error.unknown_key")).to_be_visible()
    await expect(window.field("key.name")).to_have_value("Grace")


async def test_a_link_fills_in_the_key(relay: Relay, windows: Windows) -> None:
    window = await windows.open()
    await window.page.goto(f"{relay.origin}/join/12345674", wait_until="networkidle")
    await expect(window.field("key.label")).to_have_value("1234-5674")


async def test_people_come_and_go(relay: Relay, windows: Windows) -> None:
    await representative(relay)
    window = await windows.open()
    await window.page.goto(relay.origin, wait_until="networkidle")
    await expect(window.words("portal.nobody")).to_be_visible()
    console = await windows.open()
    await console.sign_in(relay, "ada")
    await expect(console.page.get_by_label(console.t("console.presence"))).to_be_enabled()
    # The page asks when it is looked at again, so the test need not wait for its clock.
    await window.page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    await expect(window.page.get_by_text("Ada", exact=True)).to_be_visible()
    await expect(window.words("portal.nobody")).to_have_count(0)


async def test_the_way_to_the_chat_needs_no_script(relay: Relay, windows: Windows) -> None:
    await representative(relay)
    console = await windows.open()
    await console.sign_in(relay, "ada")
    key = await console.make_key()
    window = await windows.open(scripts=False)
    await window.page.goto(relay.origin)
    await window.field("key.label").fill(key)
    await window.button("ways.chat").click()
    await expect(window.page).to_have_url(f"{relay.origin}/chat")
    await expect(window.words("page.needs_script")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "de"])
async def test_a_phone_shows_everything_in_its_width(
    relay: Relay, windows: Windows, language: Language
) -> None:
    window = await windows.open(language, width=360, height=640)
    for path in ("/", "/login", "/sign-in"):
        await window.page.goto(relay.origin + path, wait_until="networkidle")
        await expect(window.page.get_by_role("button").first).to_be_visible()
        assert await window.page.evaluate("() => document.documentElement.scrollWidth") == 360


async def test_pages_load_nothing_from_elsewhere(relay: Relay, windows: Windows) -> None:
    window = await windows.open()
    for path in ("/", "/login", "/sign-in"):
        await window.page.goto(relay.origin + path, wait_until="networkidle")
    assert window.requests
    assert [url for url in window.requests if not url.startswith(f"{relay.origin}/")] == []


async def test_text_cannot_become_markup(relay: Relay, windows: Windows) -> None:
    window = await windows.open()
    window.pardon("TrustedHTML")
    await window.page.goto(relay.origin, wait_until="networkidle")
    thrown = await window.page.evaluate(
        """() => {
            try { document.body.innerHTML = "<b>"; return "" } catch (error) { return error.name }
        }"""
    )
    assert re.search("TypeError", thrown)
