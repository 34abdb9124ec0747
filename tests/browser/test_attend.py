"""Called when somebody comes, away when nobody is there, and how long a talk has lasted."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio
from playwright.async_api import Browser, Locator, Playwright, expect

from protocol.facts import SessionAccepted, SessionEnded
from protocol.roles import Presence
from relay.app import Relay
from tests.browser.chromium import WHOLE, running_chromium
from tests.browser.loop import BROWSER
from tests.browser.window import Pair, Window, Windows
from tests.relay.site import representative

pytestmark = BROWSER

NOTED = """(() => {
    window.rung = 0;
    const start = AudioBufferSourceNode.prototype.start;
    AudioBufferSourceNode.prototype.start = function () {
        if (this.buffer.duration > 0.5) window.rung += 1;
        start.call(this);
    };
    window.asked = 0;
    window.shown = [];
    const Real = window.Notification;
    window.Notification = class extends Real {
        constructor(title, options) {
            super(title, options);
            window.shown.push([title, options, this]);
        }
        static async requestPermission() {
            window.asked += 1;
            return Real.permission;
        }
    };
})()"""
"""Real sounds and notifications, which a test can neither hear nor see, noted as they are made."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def browser(driver: Playwright) -> AsyncIterator[Browser]:
    """The small Chromium knows no notifications."""
    with running_chromium(WHOLE) as address:
        connected = await driver.chromium.connect_over_cdp(address)
        yield connected
        await connected.close()


async def console_of(relay: Relay, windows: Windows, *, clock: bool = False) -> Window:
    """Ada at her console; with `clock` time passes when the test says so."""
    await representative(relay)
    window = await windows.open(permissions=["notifications"])
    await window.page.add_init_script(NOTED)
    if clock:
        await window.page.clock.install()
    await window.sign_in(relay, "ada")
    return window


async def come(relay: Relay, windows: Windows, console: Window, name: str = "Grace") -> Window:
    customer = await windows.open()
    key = await console.make_key("console.key_general")
    await customer.join(relay, key, name)
    await console.button("console.accept_name", name=name).wait_for()
    return customer


def presence(console: Window) -> Locator:
    return console.page.get_by_label(console.t("console.presence"))


async def rung(console: Window, times: int) -> None:
    await console.page.wait_for_function(f"() => window.rung === {times}")


async def shown(console: Window) -> list[tuple[str, dict[str, Any]]]:
    made = await console.page.evaluate(
        "() => window.shown.map(([title, options]) => [title, options])"
    )
    return [(title, options) for title, options in made]


async def choose(console: Window, key: str, *, on: bool) -> None:
    """Set a switch of how one is called."""
    await console.button("attend.title").click()
    await console.field(key).set_checked(on)
    await console.page.keyboard.press("Escape")


async def test_who_comes_is_heard_and_said_once(relay: Relay, windows: Windows) -> None:
    console = await console_of(relay, windows)
    await come(relay, windows, console)
    await rung(console, 1)
    said = console.page.locator("body > [role=status].only-read")
    await expect(said).to_have_text(console.t("attend.waits", name="Grace"))
    await console.page.reload()
    await console.button("console.accept_name", name="Grace").wait_for()
    await console.page.keyboard.press("q")
    await come(relay, windows, console, "Linus")
    await rung(console, 1)
    assert await shown(console) == [], "nobody has allowed notifications here"


async def test_nobody_busy_or_away_is_called(relay: Relay, windows: Windows) -> None:
    console = await console_of(relay, windows)
    for name, wish in (("Grace", Presence.BUSY), ("Linus", Presence.AWAY)):
        await presence(console).select_option(wish)
        await console.page.locator(f".presence option[value={wish}]:checked").wait_for(
            state="attached"
        )
        await come(relay, windows, console, name)
    await presence(console).select_option(Presence.AVAILABLE)
    await expect(console.page.locator(".presence .dot.good")).to_be_visible()
    await come(relay, windows, console, "Mary")
    await rung(console, 1)


async def test_the_sound_can_be_tried_and_switched_off(relay: Relay, windows: Windows) -> None:
    console = await console_of(relay, windows)
    await console.button("attend.title").click()
    await console.button("attend.sound_try").click()
    await rung(console, 1)
    await console.page.keyboard.press("Escape")
    await choose(console, "attend.sound", on=False)
    await come(relay, windows, console)
    await console.page.reload()
    await console.button("console.accept_name", name="Grace").wait_for()
    await console.page.keyboard.press("a")
    await expect(console.field("attend.sound")).not_to_be_checked()
    await expect(console.field("attend.notify")).not_to_be_checked()
    await console.button("attend.sound_try").click()
    await rung(console, 1)


async def test_of_two_windows_one_rings(relay: Relay, windows: Windows) -> None:
    console = await console_of(relay, windows)
    other = await windows.beside(console.page.context)
    await other.page.add_init_script(NOTED)
    await other.page.goto(f"{relay.origin}/console")
    await other.button("console.key").wait_for()
    for window in (console, other):
        await window.page.locator(".queue-head h2").click()
    await come(relay, windows, other)
    await console.button("console.accept_name", name="Grace").wait_for()
    await rung(console, 1)
    await console.page.close()
    await other.page.wait_for_function(
        "async () => (await navigator.locks.query()).pending.length === 0"
    )
    await come(relay, windows, other, "Linus")
    await rung(other, 1)


async def test_who_looks_elsewhere_is_notified_if_they_said_so(
    relay: Relay, windows: Windows
) -> None:
    console = await console_of(relay, windows)
    assert await console.page.evaluate("() => window.asked") == 0
    await choose(console, "attend.notify", on=True)
    await come(relay, windows, console)
    await rung(console, 1)
    assert await shown(console) == [], "whoever looks needs none"
    await console.turn("hidden")
    await come(relay, windows, console, "Linus")
    await rung(console, 2)
    ((title, options),) = await shown(console)
    assert title == console.t("attend.waits", name="Linus")
    assert options["silent"] is True
    await console.turn("visible")
    await console.page.evaluate("() => window.shown[0][2].dispatchEvent(new Event('click'))")
    await expect(console.button("console.accept_name", name="Grace")).to_be_focused()


async def test_a_browser_that_blocks_is_explained(relay: Relay, windows: Windows) -> None:
    await representative(relay)
    console = await windows.open(permissions=[])
    await console.sign_in(relay, "ada")
    await console.button("attend.title").click()
    await expect(console.words("attend.notify_blocked")).to_be_visible()
    notify = console.field("attend.notify")
    await notify.click()
    await expect(notify).not_to_be_checked()


async def test_who_touches_nothing_is_warned_then_away_then_back(
    relay: Relay, windows: Windows
) -> None:
    console = await console_of(relay, windows, clock=True)
    await console.button("attend.title").click()
    after = console.t("attend.away_after", n="5")
    await console.field("attend.away").select_option(after)
    await console.page.keyboard.press("Escape")
    await presence(console).select_option("busy")
    await expect(console.page.locator(".presence .dot.warn")).to_be_visible()
    await console.page.clock.fast_forward("04:05")
    await expect(console.words("attend.soon")).to_be_visible()
    await console.page.clock.fast_forward("01:00")
    await expect(console.words("attend.idle")).to_be_visible()
    await expect(presence(console)).to_have_value("away")
    chosen = console.page.locator(".presence option:checked")
    await expect(chosen).to_have_text(console.t("console.presence_idle"))
    assert relay.hub.desk.staff().on_duty == frozenset()
    await console.page.mouse.move(400, 300)
    await expect(presence(console)).to_have_value("busy")
    await expect(console.words("attend.idle")).to_have_count(0)
    await expect(console.words("attend.back")).to_be_visible()
    assert len(relay.hub.desk.staff().on_duty) == 1


async def test_a_lost_line_makes_nobody_available_who_is_not_there(
    relay: Relay, windows: Windows
) -> None:
    console = await console_of(relay, windows, clock=True)
    await console.page.clock.fast_forward("31:00")
    await expect(console.words("attend.idle")).to_be_visible()
    await console.page.context.set_offline(True)
    await console.page.clock.fast_forward("02:00")
    await console.page.context.set_offline(False)
    await console.page.clock.fast_forward("01:00")
    await expect(console.words("attend.idle")).to_be_visible()
    assert relay.hub.desk.staff().on_duty == frozenset()
    await console.page.keyboard.press("Shift")
    await expect(presence(console)).to_have_value("available")


async def test_a_talk_goes_on_while_nobody_touches_anything(relay: Relay, windows: Windows) -> None:
    console = await console_of(relay, windows, clock=True)
    customer = await come(relay, windows, console)
    await Pair(customer, console).start_talking()
    await console.page.clock.fast_forward("31:00")
    await expect(console.words("attend.idle")).to_be_visible()
    await customer.say("Are you there?")
    await expect(console.line("Are you there?")).to_be_visible()
    (room,) = relay.hub.rooms.values()
    assert room.session.helpers


async def test_the_length_of_a_talk_is_shown_and_stays(talking: Pair, relay: Relay) -> None:
    _, console = talking
    timer = console.page.get_by_role("timer")
    await expect(timer.locator(".timer-time")).to_have_text(re.compile(r"^\d+:\d\d$"))
    first = await timer.locator(".timer-time").inner_text()
    await expect(timer.locator(".timer-time")).not_to_have_text(first)
    await console.page.reload()
    await expect(timer).to_be_visible()
    await console.button("session.end").click()
    await console.button("session.end").last.click()
    await expect(console.button("console.close")).to_be_visible()
    (room,) = relay.hub.rooms.values()
    log = room.session.snapshot.log
    (taken,) = [one.at for one in log if isinstance(one, SessionAccepted)]
    (ended,) = [one.at for one in log if isinstance(one, SessionEnded)]
    seconds = (ended - taken) // 1000
    await expect(timer.locator(".timer-time")).to_have_text(f"{seconds // 60}:{seconds % 60:02}")


async def test_what_comes_where_one_does_not_look_is_said_and_a_key_leads_there(
    relay: Relay, windows: Windows
) -> None:
    console = await console_of(relay, windows)
    people = {}
    for name in ("Grace", "Linus"):
        people[name] = await come(relay, windows, console, name)
        await console.button("console.accept_name", name=name).click()
        await expect(console.page.get_by_role("tab", name=name)).to_be_visible()
    await people["Grace"].say("Hello?")
    said = console.page.locator("body > [role=status].only-read")
    await expect(said).to_contain_text(console.t("console.unread_in.one", name="Grace"))
    await console.field("chat.write").press("Escape")
    await console.page.keyboard.press("u")
    await expect(console.line("Hello?")).to_be_visible()
    tab = console.page.get_by_role("tab", name="Grace")
    await expect(tab).to_have_attribute("aria-selected", "true")
    await expect(tab.locator(".badge")).to_have_count(0)


async def test_the_list_of_keys_has_its_parts(talking: Pair) -> None:
    _, console = talking
    await console.field("chat.write").press("Escape")
    await console.page.keyboard.press("?")
    sheet = console.page.get_by_role("dialog")
    for key in ("console.shortcuts_all", "console.shortcuts_talk", "console.shortcuts_screen"):
        await expect(sheet.get_by_role("heading", name=console.t(key))).to_be_visible()
    shown_keys = await sheet.locator("kbd").all_inner_texts()
    assert {"Q", "U", "A", "?", "M", "/", "N", "G", "Esc"} <= set(shown_keys)
    assert len(shown_keys) == len(set(shown_keys))
