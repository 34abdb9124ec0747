"""The console: queue, tabs, keys, presence, keyboard."""

from playwright.async_api import expect

from relay.app import Relay
from tests.browser.loop import BROWSER, fixture
from tests.browser.window import Window, Windows
from tests.relay.site import representative

pytestmark = BROWSER


@fixture
async def console(relay: Relay, windows: Windows) -> Window:
    await representative(relay)
    window = await windows.open()
    await window.sign_in(relay, "ada")
    return window


async def test_a_key_is_shown_drawn_used_and_gone(
    relay: Relay, windows: Windows, console: Window
) -> None:
    await console.button("console.key").click()
    await console.button("console.key_own").click()
    key = await console.page.locator(".key-number").inner_text()
    text = await console.field("console.key_text_label").input_value()
    assert key in text
    assert f"{relay.origin}/join/{key.replace('-', '')}" in text
    picture = console.page.get_by_role("img", name=console.t("console.key_qr"))
    await expect(picture).to_be_visible()
    await expect(console.page.get_by_text(console.t("console.keys_open"))).to_be_visible()
    customer = await windows.open()
    await customer.join(relay, key)
    await expect(console.words("console.key_gone")).to_be_visible()
    await expect(console.words("console.keys_open")).to_have_count(0)


async def test_a_cancelled_key_is_worth_nothing(
    relay: Relay, windows: Windows, console: Window
) -> None:
    key = await console.make_key()
    await console.button("console.key").click()
    await console.button("console.key_cancel_name", digits=key).click()
    await expect(console.words("console.keys_open")).to_have_count(0)
    customer = await windows.open()
    customer.pardon("404")
    customer.pardon("410")
    await customer.page.goto(relay.origin, wait_until="networkidle")
    await customer.field("key.label").fill(key)
    await customer.button("ways.chat").click()
    await expect(customer.page.locator("#key-error")).not_to_be_empty()


async def test_a_customer_taken_by_somebody_else_stays_in_place_while_aimed_at(
    relay: Relay, windows: Windows, console: Window
) -> None:
    await representative(relay, "bob")
    bob = await windows.open()
    await bob.sign_in(relay, "bob")
    customer = await windows.open()
    await customer.join(relay, await console.make_key("console.key_general"))
    accept = bob.button("console.accept_name", name="Grace")
    await accept.hover()
    await console.button("console.accept_name", name="Grace").click()
    await expect(accept).to_have_attribute("aria-disabled", "true")
    await expect(accept).to_have_attribute("title", bob.t("console.waiter_gone"))
    await bob.page.mouse.move(800, 400)
    await expect(accept).to_have_count(0)


async def test_what_comes_in_another_tab_is_counted(
    relay: Relay, windows: Windows, console: Window
) -> None:
    people = {}
    for name in ("Grace", "Linus"):
        people[name] = await windows.open()
        await people[name].join(relay, await console.make_key(), name)
        await console.button("console.accept_name", name=name).click()
        await expect(console.page.get_by_role("tab", name=name)).to_be_visible()
    await people["Grace"].say("Hello?")
    await people["Grace"].say("Anybody?")
    tab = console.page.get_by_role("tab", name="Grace")
    await expect(tab.locator(".badge")).to_have_text("2")
    title = f"(2) {console.t('console.title')} · {relay.config.organisation}"
    await expect(console.page).to_have_title(title)
    await tab.click()
    await expect(console.line("Anybody?")).to_be_visible()
    await expect(tab.locator(".badge")).to_have_count(0)


async def test_presence_is_kept_by_the_relay(console: Window) -> None:
    presence = console.page.get_by_label(console.t("console.presence"))
    await presence.select_option("busy")
    await expect(console.page.locator(".presence .dot.warn")).to_be_visible()
    await console.page.reload()
    await expect(presence).to_have_value("busy")


async def test_the_keyboard_is_enough(relay: Relay, windows: Windows, console: Window) -> None:
    customer = await windows.open()
    await customer.join(relay, await console.make_key())
    await console.button("console.accept_name", name="Grace").wait_for()
    press = console.page.keyboard.press
    await press("?")
    await expect(console.page.get_by_role("dialog")).to_contain_text(console.t("console.shortcuts"))
    await press("Escape")
    await press("q")
    await press("Enter")
    await expect(console.field("chat.write")).to_be_focused()
    await console.page.keyboard.type("q is a letter here")
    await press("Enter")
    await expect(customer.line("q is a letter here")).to_be_visible()
    await press("Escape")
    await press("n")
    await expect(console.field("console.note_write")).to_be_focused()
    await press("Escape")
    await press("e")
    await expect(console.button("session.end_keep")).to_be_focused()


async def test_shortcuts_can_be_switched_off(console: Window) -> None:
    await console.button("console.shortcuts").click()
    await console.page.get_by_label(console.t("console.shortcuts_on")).uncheck()
    await console.page.keyboard.press("Escape")
    await console.page.reload()
    await expect(console.button("console.key")).to_be_visible()
    await console.page.keyboard.press("k")
    await expect(console.page.get_by_role("dialog")).to_have_count(0)


async def test_a_narrow_console_shows_one_column_at_a_time(
    relay: Relay, windows: Windows, console: Window
) -> None:
    customer = await windows.open()
    await customer.join(relay, await console.make_key())
    await console.page.set_viewport_size({"width": 480, "height": 760})
    await console.button("console.accept_name", name="Grace").click()
    await expect(console.log).to_be_visible()
    await expect(console.words("console.notes")).to_have_count(0)
    await console.page.get_by_role("tab", name=console.t("console.side")).click()
    await expect(console.words("console.notes")).to_be_visible()
    assert await console.page.evaluate("() => document.documentElement.scrollWidth") == 480
