"""Nudges between the console and the web chat."""

from playwright.async_api import expect

from protocol import limits
from tests.browser.loop import BROWSER, fixture
from tests.browser.window import Pair

pytestmark = BROWSER

RINGS = """() => {
    window.rung = 0;
    HTMLMediaElement.prototype.play = function () { window.rung += 1; return Promise.resolve(); };
}"""
MOVES = """() => {
    window.moved = "";
    document.addEventListener("animationstart", ({ animationName }) => {
        if (animationName.startsWith("nudge")) window.moved = animationName;
    });
}"""


@fixture
async def listening(talking: Pair) -> Pair:
    """Both talk; what the customer's page would play is counted, for nothing here can be heard."""
    await talking.customer.page.evaluate(RINGS)
    return talking


async def rung(pair: Pair) -> int:
    return int(await pair.customer.page.evaluate("window.rung"))


async def nudge(pair: Pair) -> str:
    """Nudge; the name of what moves in the customer's page."""
    customer, console = pair
    await customer.page.evaluate(MOVES)
    await console.button("desk.nudge").click()
    moved = await customer.page.wait_for_function("() => window.moved")
    return str(await moved.json_value())


async def test_it_moves_rings_and_both_sides_know(listening: Pair) -> None:
    customer, console = listening
    assert await nudge(listening) == "nudge"
    await expect(customer.log).to_contain_text(customer.t("steps.line_nudged", name="Ada"))
    words = console.t("chat.desk_nudged_you", customer="Grace")
    delivered = console.t("line.nudge_delivered", words=words)
    await expect(console.log).to_contain_text(delivered)
    assert await rung(listening) == 1
    await customer.page.locator(".pane-log").click()
    await expect(console.log).to_contain_text(console.t("line.nudge_seen", words=words))


async def test_without_motion_the_edge_pulses(listening: Pair) -> None:
    await listening.customer.page.emulate_media(reduced_motion="reduce")
    assert await nudge(listening) == "nudge-edge"


async def test_muted_it_moves_without_a_sound_and_the_browser_remembers(listening: Pair) -> None:
    customer, _ = listening
    await nudge(listening)
    await customer.button("chat.mute").click()
    await nudge(listening)
    assert await rung(listening) == 1
    await customer.page.reload()
    await expect(customer.button("chat.unmute")).to_be_visible()


async def test_in_a_hidden_tab_the_title_calls(listening: Pair) -> None:
    customer, console = listening
    await customer.turn("hidden")
    await console.button("desk.nudge").click()
    title = customer.t("notify.nudge", name="Ada")
    await customer.page.wait_for_function("(title) => document.title === title", arg=title)
    await customer.turn("visible")
    await customer.page.wait_for_function("(title) => document.title !== title", arg=title)


async def test_no_more_often_than_is_decent_and_the_button_says_why(listening: Pair) -> None:
    customer, console = listening
    for _ in range(limits.NUDGES):
        await console.button("desk.nudge").click()
    await expect(console.log.get_by_text("nudged")).to_have_count(limits.NUDGES)
    why = console.button("desk.nudge")
    await expect(why).to_have_attribute("aria-disabled", "true")
    title = await why.get_attribute("title") or ""
    assert title.startswith("Grace was nudged 3 times")
    await expect(customer.log.get_by_text("nudged")).to_have_count(limits.NUDGES)


async def test_who_is_not_there_is_not_nudged(listening: Pair) -> None:
    customer, console = listening
    await customer.page.goto("about:blank")
    absent = console.t("desk.nudge_absent", name="Grace")
    await expect(console.button("desk.nudge")).to_have_attribute("title", absent)


async def test_what_rang_before_a_reload_does_not_ring_again(listening: Pair) -> None:
    customer, console = listening
    await nudge(listening)
    words = console.t("chat.desk_nudged_you", customer="Grace")
    await expect(console.log).to_contain_text(console.t("line.nudge_delivered", words=words))
    await customer.page.add_init_script(f"({RINGS})()")
    await customer.page.reload()
    await expect(customer.log).to_contain_text(customer.t("steps.line_nudged", name="Ada"))
    assert await rung(listening) == 0
    await customer.page.locator(".pane-log").click()
    await expect(console.log).to_contain_text(console.t("line.nudge_seen", words=words))
