"""Told while looking elsewhere: the offer, notifications, the title of the tab."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Playwright, expect

from relay.app import Relay
from tests.browser.chromium import WHOLE, running_chromium
from tests.browser.loop import BROWSER
from tests.browser.window import Pair, Window, Windows
from tests.relay.site import representative

pytestmark = BROWSER

SHOWN = """() => {
    window.shown = [];
    window.Notification = class extends window.Notification {
        constructor(title, options) {
            super(title, options);
            window.shown.push([title, options, this]);
        }
    };
}"""
"""Real notifications, which a headless browser draws nowhere, noted as they are made."""

ANSWER = "(answer) => { window.Notification.requestPermission = async () => answer; }"
"""A person's answer in the browser's own window, which no program may give."""

MISSING = "() => { delete window.Notification; }"
MANY_CHARS = 100


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def browser(driver: Playwright) -> AsyncIterator[Browser]:
    """The small Chromium knows no notifications."""
    with running_chromium(WHOLE) as address:
        connected = await driver.chromium.connect_over_cdp(address)
        yield connected
        await connected.close()


async def wait_in_queue(
    relay: Relay, windows: Windows, permissions: list[str] | None, before: str = ""
) -> Pair:
    """Grace waits; her browser has run the function `before` first."""
    await representative(relay)
    console = await windows.open()
    await console.sign_in(relay, "ada")
    customer = await windows.open(permissions=permissions)
    if before:
        await customer.page.add_init_script(f"({before})()")
    await customer.join(relay, await console.make_key())
    await expect(customer.words("waiting.next")).to_be_visible()
    return Pair(customer, console)


async def shown(window: Window) -> list[tuple[str, dict[str, Any]]]:
    """Title and options of the notifications so far."""
    made = await window.page.evaluate(
        "() => window.shown.map(([title, options]) => [title, options])"
    )
    return [(title, options) for title, options in made]


async def test_an_offer_declined_is_not_made_again(relay: Relay, windows: Windows) -> None:
    customer, _ = await wait_in_queue(relay, windows, None)
    await expect(customer.words("notify.why")).to_be_visible()
    await customer.button("notify.no").click()
    await expect(customer.words("notify.why")).to_have_count(0)
    await expect(customer.log).to_be_focused()
    await customer.page.reload()
    await expect(customer.words("waiting.next")).to_be_visible()
    await expect(customer.words("notify.why")).to_have_count(0)


@pytest.mark.parametrize("answer", ["denied", "default"])
async def test_a_refusal_ends_the_offer(relay: Relay, windows: Windows, answer: str) -> None:
    customer, _ = await wait_in_queue(relay, windows, None)
    await customer.page.evaluate(ANSWER, answer)
    await customer.button("notify.yes").click()
    await expect(customer.words("notify.why")).to_have_count(0)
    await customer.page.reload()
    await expect(customer.words("waiting.next")).to_be_visible()
    await expect(customer.words("notify.why")).to_have_count(0)


async def test_a_browser_that_blocks_is_explained(relay: Relay, windows: Windows) -> None:
    customer, _ = await wait_in_queue(relay, windows, [])
    await customer.button("notify.yes").click()
    await expect(customer.words("notify.blocked")).to_be_visible()
    await customer.button("notify.close").click()
    await expect(customer.words("notify.blocked")).to_have_count(0)


async def test_a_yes_is_confirmed(relay: Relay, windows: Windows) -> None:
    customer, _ = await wait_in_queue(relay, windows, None)
    await customer.page.evaluate(ANSWER, "granted")
    await customer.button("notify.yes").click()
    await expect(customer.words("notify.promised")).to_be_visible()


@pytest.mark.parametrize("before", ["", MISSING])
async def test_no_offer_where_there_is_nothing_to_ask(
    relay: Relay, windows: Windows, before: str
) -> None:
    granted = None if before else ["notifications"]
    customer, _ = await wait_in_queue(relay, windows, granted, before)
    await expect(customer.words("notify.why")).to_have_count(0)


async def test_who_looks_elsewhere_is_told_once_a_turn_and_line(
    relay: Relay, windows: Windows
) -> None:
    pair = await wait_in_queue(relay, windows, ["notifications"], SHOWN)
    customer, console = pair
    await customer.turn("hidden")
    await pair.start_talking()
    await console.say("Look *here*: " + "x" * MANY_CHARS)
    await expect(customer.page.locator(".bubble")).to_be_visible()
    turn, line = await shown(customer)
    assert turn[0] == customer.t("notify.turn")
    assert turn[1]["body"] == customer.t("notify.turn_text", name="Ada")
    assert line[0] == "Ada"
    assert line[1]["body"] == ("Look here: " + "x" * MANY_CHARS)[:79] + "…"
    assert line[1]["silent"] is True
    assert line[1]["tag"] == turn[1]["tag"] != ""
    await customer.turn("visible")
    await console.say("Welcome back")
    await expect(customer.line("Welcome back")).to_be_visible()
    assert len(await shown(customer)) == 2


async def test_choosing_a_notification_leads_to_the_chat(relay: Relay, windows: Windows) -> None:
    pair = await wait_in_queue(relay, windows, ["notifications"], SHOWN)
    customer, _ = pair
    await customer.turn("hidden")
    await pair.start_talking()
    await customer.page.evaluate("() => { window.focus = () => { window.focused = true; }; }")
    await customer.page.evaluate("() => window.shown[0][2].dispatchEvent(new Event('click'))")
    assert await customer.page.evaluate("() => window.focused") is True


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
async def test_the_title_calls_discreetly(talking: Pair, motion: Any) -> None:
    customer, console = talking
    await customer.page.emulate_media(reduced_motion=motion)
    await customer.page.clock.install()
    await customer.turn("hidden")
    await console.say("one")
    await console.say("two")
    await expect(customer.page).to_have_title("(2) Support")
    await customer.page.clock.run_for(2000)
    await expect(customer.page).to_have_title("Ada" if motion == "no-preference" else "(2) Support")
    await customer.page.clock.run_for(2000)
    await expect(customer.page).to_have_title("(2) Support")
    await customer.turn("visible")
    await expect(customer.page).to_have_title("Support")
