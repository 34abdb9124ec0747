"""The size of the chat's letters: buttons, keys, memory, and a page that holds together."""

import pytest
from playwright.async_api import expect

from tests.browser.loop import BROWSER
from tests.browser.window import Language, Pair, Window, Windows

pytestmark = BROWSER

USUAL_PX = 14.0
FORBIDDEN = """() => Object.defineProperty(window, "localStorage", {
    get: () => { throw new DOMException("no", "SecurityError"); },
})"""


async def letters(window: Window, selector: str) -> float:
    """The size of the letters there, in CSS pixels."""
    found = window.page.locator(selector).first
    size = await found.evaluate("(element) => getComputedStyle(element).fontSize")
    return float(str(size).removesuffix("px"))


async def test_buttons_and_keys_change_what_is_said_and_written(talking: Pair) -> None:
    customer, console = talking
    await console.say("Can you read this?")
    await expect(customer.line("Can you read this?")).to_be_visible()
    assert await letters(customer, ".bubble") == USUAL_PX
    await customer.button("font.larger").click()
    await expect(customer.button("font.now", n="110")).to_be_visible()
    for selector, usual in ((".bubble", 14.0), (".line-system", 12.0), (".entry .input", 16.0)):
        assert await letters(customer, selector) == pytest.approx(usual * 1.1)
    await customer.field("chat.write").press("Control+-")
    await customer.field("chat.write").press("Control+-")
    await expect(customer.button("font.now", n="90")).to_be_visible()
    await customer.field("chat.write").press("Control+0")
    await expect(customer.button("font.said", n="100")).to_be_visible()
    assert await letters(console, ".bubble") == USUAL_PX


async def test_it_ends_at_its_ends_and_says_so(waiting: Pair) -> None:
    customer, _ = waiting
    entry = customer.field("chat.write")
    for _ in range(12):
        await entry.press("Control++")
    await expect(customer.button("font.now", n="200")).to_be_visible()
    larger = customer.button("font.larger")
    await expect(larger).to_have_attribute("title", customer.t("font.largest"))
    for _ in range(14):
        await entry.press("Control+-")
    await expect(customer.button("font.now", n="80")).to_be_visible()
    await expect(customer.button("font.smaller")).to_have_attribute("aria-disabled", "true")


async def test_the_browser_remembers_it(waiting: Pair) -> None:
    customer, _ = waiting
    await customer.button("font.larger").click()
    await customer.page.reload()
    await expect(customer.button("font.now", n="110")).to_be_visible()


async def test_a_browser_that_remembers_nothing_still_shows_the_chat(waiting: Pair) -> None:
    customer, _ = waiting
    await customer.page.add_init_script(f"({FORBIDDEN})()")
    await customer.page.reload()
    await customer.button("font.larger").click()
    await expect(customer.button("font.now", n="110")).to_be_visible()


async def test_the_console_keeps_its_own_keys(talking: Pair) -> None:
    _, console = talking
    prevented = await console.field("chat.write").evaluate(
        """(entry) => {
            const key = { key: "+", ctrlKey: true, bubbles: true, cancelable: true };
            return !entry.dispatchEvent(new KeyboardEvent("keydown", key));
        }"""
    )
    assert prevented is False


async def test_the_end_of_large_text_stays_in_sight(talking: Pair) -> None:
    customer, console = talking
    await customer.page.set_viewport_size({"width": 1280, "height": 800})
    for _ in range(10):
        await customer.button("font.larger").click()
    for line in ("one", "two", "three"):
        await console.say(line)
        await customer.say(line)
        await expect(customer.line(line)).to_have_count(2)
    await customer.field("chat.write").fill("I was about to write more than fits one line of mine")
    await customer.field("chat.write").fill("")
    await customer.button("session.end").click()
    await customer.page.get_by_role("dialog").locator("button[value=yes]").click()
    await expect(customer.words("session.ended_title")).to_be_visible()
    await expect(customer.log.locator(":scope > *").last).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("language", ["en", "de"])
async def test_the_largest_letters_fit_a_phone(
    talking: Pair, windows: Windows, language: Language
) -> None:
    customer, console = talking
    other = await windows.beside(customer.page.context, language)
    await other.page.set_viewport_size({"width": 360, "height": 640})
    await other.page.goto(customer.page.url)
    for _ in range(10):
        await other.page.get_by_text("A+", exact=True).click()
    await console.say("Donaudampfschifffahrtsgesellschaftskapitän " * 4)
    await expect(other.log.locator(".bubble")).to_be_in_viewport()
    await other.page.locator(".entry .input").fill("Rindfleischetikettierung " * 40)
    await expect(other.page.locator(".chat-foot")).to_be_in_viewport(ratio=1)
    await expect(other.page.locator(".entry .button.primary")).to_be_in_viewport(ratio=1)
    size = await other.page.evaluate(
        "() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    assert size == [360, 640]
