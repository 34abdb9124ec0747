"""Into the console and out again: password, one-time link, set-up."""

from playwright.async_api import expect

from relay.app import Relay
from relay.links import setup_link, sign_in_link
from tests.browser.loop import BROWSER
from tests.browser.window import Windows
from tests.relay.site import PASSWORD, representative

pytestmark = BROWSER


async def test_a_wrong_password_is_told_and_the_right_one_signs_in(
    relay: Relay, windows: Windows
) -> None:
    await representative(relay)
    window = await windows.open()
    window.pardon("401")
    await window.page.goto(f"{relay.origin}/login", wait_until="networkidle")
    await window.field("login.name").fill("Ada")
    await window.field("login.password").fill("something else entirely")
    await window.button("login.button").click()
    await expect(window.words("error.wrong_password")).to_be_visible()
    await window.field("login.password").fill(PASSWORD)
    await window.button("login.button").click()
    await expect(window.page).to_have_url(f"{relay.origin}/console")


async def test_signing_out_leads_back_to_the_door(relay: Relay, windows: Windows) -> None:
    await representative(relay)
    window = await windows.open()
    await window.sign_in(relay, "ada")
    await window.button("console.sign_out").click()
    await expect(window.page).to_have_url(f"{relay.origin}/login")
    await window.page.goto(f"{relay.origin}/console")
    await expect(window.page).to_have_url(f"{relay.origin}/login")


async def test_a_link_signs_in_once_and_leaves_the_address_bar(
    relay: Relay, windows: Windows
) -> None:
    account = await representative(relay)
    link = await sign_in_link(relay.parts.accounts, relay.parts.clock, relay.origin, account)
    window = await windows.open()
    await window.page.goto(link, wait_until="networkidle")
    await expect(window.page).to_have_url(f"{relay.origin}/sign-in")
    await window.button("sign_in.button").click()
    await expect(window.page).to_have_url(f"{relay.origin}/console")
    again = await windows.open()
    again.pardon("410")
    await again.page.goto(link, wait_until="networkidle")
    await again.button("sign_in.button").click()
    await expect(again.words("error.link_expired")).to_be_visible()


async def test_the_first_administrator_is_made_from_the_link(
    relay: Relay, windows: Windows
) -> None:
    link = await setup_link(relay.parts.accounts, relay.parts.clock, relay.origin)
    window = await windows.open()
    window.pardon("400")
    await window.page.goto(link, wait_until="networkidle")
    await expect(window.page).to_have_url(f"{relay.origin}/setup")
    await window.field("setup.shown_name").fill("Ada Lovelace")
    await window.field("login.name").fill("ada")
    await window.field("login.password").fill("short")
    await window.button("setup.button").click()
    await expect(window.words("error.password_weak")).to_be_visible()
    await expect(window.field("login.password")).to_be_focused()
    await window.field("login.password").fill(PASSWORD)
    await window.button("setup.button").click()
    await expect(window.page).to_have_url(f"{relay.origin}/console")
    await expect(window.page.get_by_text("Ada Lovelace", exact=True)).to_be_visible()
