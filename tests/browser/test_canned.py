"""Canned messages: found by a slash where one writes, inserted, never sent by themselves."""

import secrets

from playwright.async_api import Locator, expect

from relay.app import Relay
from relay.domain.canned import Canned
from relay.storage.canned import CannedStore
from tests.browser.loop import BROWSER
from tests.browser.test_admin_payloads import PAYLOADS, WATCH
from tests.browser.test_console_payloads import FOREIGN
from tests.browser.window import Pair, Window

pytestmark = BROWSER

GREETING = {"en": "Hello %CUSTOMER%, this is %REP%.", "de": "Guten Tag %CUSTOMER%, hier ist %REP%."}


async def keep(relay: Relay, path: str, texts: dict[str, str], owner: str | None = None) -> None:
    """A canned message, made behind the pages' back."""
    one = Canned(secrets.token_hex(8), path, texts, owner=owner)
    await CannedStore(relay.database).add(one)


async def ada_id(relay: Relay) -> str:
    known = await relay.parts.accounts.by_name("ada")
    assert known
    return known[0].id


def options(window: Window) -> Locator:
    """What the list offers."""
    return window.page.get_by_role("option").filter(visible=True)


def entry(window: Window) -> Locator:
    return window.field("chat.write")


async def test_a_slash_finds_by_keyboard_and_only_enter_after_that_sends(
    relay: Relay, talking: Pair
) -> None:
    customer, console = talking
    await keep(relay, "Greeting", GREETING)
    await keep(relay, "Printers/No paper", {"en": "Please add paper."})
    await keep(relay, "Printers/Offline", {"en": "Is it switched on?"}, await ada_id(relay))
    press = console.page.keyboard.press
    await entry(console).press_sequentially("/")
    await expect(options(console)).to_have_count(3)
    assert [one.split("\n")[0] for one in await options(console).all_inner_texts()] == [
        "Printers \u203a Offline",
        "Greeting",
        "Printers \u203a No paper",
    ]
    await entry(console).press_sequentially("print")
    await expect(options(console)).to_have_count(2)
    await expect(options(console).nth(0)).to_have_attribute("aria-selected", "true")
    await press("ArrowDown")
    chosen = options(console).nth(1)
    await expect(chosen).to_have_attribute("aria-selected", "true")
    named = await chosen.get_attribute("id")
    await expect(entry(console)).to_have_attribute("aria-activedescendant", str(named))
    await press("Enter")
    await expect(entry(console)).to_have_value("Please add paper.")
    await expect(options(console)).to_have_count(0)
    await expect(entry(console)).to_be_focused()
    assert not await customer.line("Please add paper.").count()
    await press("Enter")
    await expect(customer.line("Please add paper.")).to_be_visible()


async def test_the_key_outside_of_fields_opens_the_list(relay: Relay, talking: Pair) -> None:
    _, console = talking
    await keep(relay, "Greeting", GREETING)
    await entry(console).press("Escape")
    await console.page.keyboard.press("/")
    await expect(options(console)).to_have_count(1)
    await expect(entry(console)).to_have_value("/")


async def test_macros_are_filled_in_in_the_customers_language(relay: Relay, talking: Pair) -> None:
    _, console = talking
    await keep(relay, "Greeting", GREETING)
    await entry(console).press_sequentially("One moment. /gree")
    await expect(options(console)).to_contain_text("Hello Grace, this is Ada.")
    await console.page.keyboard.press("Tab")
    await expect(entry(console)).to_have_value("One moment. Hello Grace, this is Ada.")


async def test_the_cursor_stands_where_nobody_knows_a_value(relay: Relay, talking: Pair) -> None:
    _, console = talking
    await keep(relay, "Issue", {"en": "About %ISSUE%: I will look."})
    await entry(console).press_sequentially("/issue")
    await options(console).click()
    await console.page.keyboard.type("the printer")
    await expect(entry(console)).to_have_value("About the printer: I will look.")


async def test_escape_leaves_what_is_written_and_stays_out_of_the_way(
    relay: Relay, talking: Pair
) -> None:
    customer, console = talking
    await keep(relay, "Home", {"en": "Welcome home."})
    await entry(console).press_sequentially("See /ho")
    await expect(options(console)).to_have_count(1)
    await console.page.keyboard.press("Escape")
    await expect(options(console)).to_have_count(0)
    await expect(entry(console)).to_be_focused()
    await entry(console).press_sequentially("me")
    await expect(options(console)).to_have_count(0)
    await console.page.keyboard.press("Enter")
    await expect(customer.line("See /home")).to_be_visible()
    await entry(console).press_sequentially("/")
    await expect(options(console)).to_have_count(1)


async def test_what_is_no_canned_message_is_sent_as_it_is(relay: Relay, talking: Pair) -> None:
    customer, console = talking
    await keep(relay, "Greeting", GREETING)
    await entry(console).press_sequentially("/etc/hosts")
    await expect(console.words("canned.nothing")).to_be_visible()
    await console.page.keyboard.press("Enter")
    await expect(customer.line("/etc/hosts")).to_be_visible()


async def test_the_button_opens_the_list_and_says_when_there_is_nothing(talking: Pair) -> None:
    _, console = talking
    button = console.button("canned.insert")
    await entry(console).fill("Hello")
    await button.click()
    await expect(entry(console)).to_have_value("Hello /")
    await expect(console.words("canned.none")).to_be_visible()
    await expect(button).to_have_attribute("aria-expanded", "true")
    await button.click()
    await expect(console.words("canned.none")).to_have_count(0)
    await expect(button).to_have_attribute("aria-expanded", "false")
    await button.click()
    await expect(entry(console)).to_have_value("Hello /")
    link = console.page.get_by_role("link", name=console.t("canned.manage_title"))
    async with console.page.context.expect_page() as opened:
        await link.click()
    page = await opened.value
    await expect(page.get_by_role("heading", level=1)).to_have_text(console.t("canned.title"))
    await page.close()


async def test_without_the_relay_the_last_known_ones_are_there(relay: Relay, talking: Pair) -> None:
    _, console = talking
    console.pardon("Failed to load resource")
    await console.page.route("**/api/canned", lambda route: route.abort())
    await entry(console).press_sequentially("/")
    await expect(console.words("page.unreachable")).to_be_visible()
    await console.page.unroute("**/api/canned")
    await keep(relay, "Greeting", GREETING)
    await entry(console).fill("")
    await entry(console).press_sequentially("/")
    await expect(options(console)).to_have_count(1)
    await console.page.route("**/api/canned", lambda route: route.abort())
    await entry(console).fill("")
    await entry(console).press_sequentially("/")
    await expect(options(console)).to_have_count(1)
    await expect(console.words("page.unreachable")).to_be_visible()


async def test_nothing_in_a_canned_message_runs(relay: Relay, talking: Pair) -> None:
    _, console = talking
    await console.page.evaluate(f"() => {{ {WATCH} }}")
    shown = [payload.replace("/", "|") for payload in PAYLOADS]
    for path, payload in zip(shown, PAYLOADS, strict=True):
        await keep(relay, path, {"en": payload})
    await entry(console).press_sequentially("/")
    await expect(options(console)).to_have_count(40)
    note = console.words("canned.more", n=len(PAYLOADS) - 40)
    await expect(note).to_be_visible()
    names = await console.page.locator(".canned-name").all_inner_texts()
    assert set(names) <= set(shown)
    text = await options(console).nth(3).locator(".canned-words").inner_text()
    await options(console).nth(3).click()
    await expect(entry(console)).to_have_value(text)
    await console.page.keyboard.press("Enter")
    await expect(console.line(text)).to_be_visible()
    assert await console.page.evaluate("() => window.runs") == 0
    assert await console.page.locator(FOREIGN).count() == 0


async def test_the_web_chat_knows_no_canned_messages(talking: Pair) -> None:
    customer, _ = talking
    await entry(customer).press_sequentially("/")
    await expect(customer.page.get_by_role("listbox")).to_have_count(0)
    assert await entry(customer).get_attribute("placeholder") == customer.t("chat.write")
