"""A customer in the web chat and a representative in the console, against the real relay."""

from playwright.async_api import expect

from tests.browser.loop import BROWSER
from tests.browser.window import Pair, Windows

pytestmark = BROWSER


async def test_from_the_queue_to_the_end(waiting: Pair) -> None:
    customer, console = waiting
    await expect(customer.words("waiting.next")).to_be_visible()
    await customer.say("My printer is silent")
    await expect(customer.line("My printer is silent")).to_contain_text(customer.t("chat.stored"))
    await console.button("console.accept_name", name="Grace").click()
    await expect(console.line("My printer is silent")).to_be_visible()
    await expect(customer.words("waiting.title")).to_have_count(0)
    await console.say("Is it *plugged in*?")
    await expect(customer.log.locator("strong")).to_have_text("plugged in")
    await customer.button("session.end").click()
    await (
        customer.page.get_by_role("dialog")
        .get_by_text(customer.t("session.end"), exact=True)
        .click()
    )
    await expect(customer.words("session.ended_title")).to_be_visible()
    await expect(console.page.locator(".tab[id]")).to_contain_text(console.t("session.ended_title"))
    await expect(console.log).to_contain_text(console.t("line.ended", name="Grace"))
    await console.button("console.close").click()
    await expect(console.words("console.empty_title")).to_be_visible()


async def test_marks_go_from_delivered_to_seen(talking: Pair) -> None:
    customer, console = talking
    for line in range(40):
        await console.say(f"line {line}")
    await expect(customer.line("line 39")).to_be_visible()
    await expect(console.line("line 39")).to_contain_text(console.t("chat.seen"))
    await customer.log.evaluate("(log) => { log.scrollTop = 0 }")
    await console.say("Are you there?")
    await expect(customer.button("page.new_lines")).to_be_visible()
    await expect(console.line("Are you there?")).to_contain_text(console.t("chat.stored"))
    await customer.button("page.new_lines").click()
    await expect(customer.line("Are you there?")).to_be_in_viewport()
    await expect(console.line("Are you there?")).to_contain_text(console.t("chat.seen"))


async def test_typing_is_shown_and_goes_away(talking: Pair) -> None:
    customer, console = talking
    await console.field("chat.write").press_sequentially("Hm")
    await expect(customer.words("chat.typing", name="Ada")).to_be_visible()
    await console.field("chat.write").press("Enter")
    await expect(customer.line("Hm")).to_be_visible()
    await expect(customer.words("chat.typing", name="Ada")).to_have_count(0)


async def test_what_people_write_is_text(talking: Pair) -> None:
    customer, console = talking
    wicked = "<img src=x onerror=alert(1)> & <b>no</b>"
    await customer.say(wicked)
    await expect(console.line(wicked)).to_be_visible()
    await expect(console.log.locator("img, b")).to_have_count(0)


async def test_a_link_shows_where_it_leads(talking: Pair) -> None:
    customer, console = talking
    await customer.say("https://acme.example/help or https://acme.example@evil.example/")
    links = console.log.get_by_role("link")
    await expect(links).to_have_count(2)
    await expect(links.first).to_have_attribute("rel", "noopener noreferrer")
    await expect(console.log.get_by_text("(evil.example)")).to_be_visible()
    await expect(console.log.get_by_text("(acme.example)")).to_have_count(0)


async def test_enter_sends_and_shift_enter_breaks(talking: Pair) -> None:
    customer, console = talking
    entry = customer.field("chat.write")
    await entry.press_sequentially("one")
    await entry.press("Shift+Enter")
    await entry.press_sequentially("two")
    await entry.press("Enter")
    bubble = console.log.locator(".bubble").last
    await expect(bubble).to_be_visible()
    assert await bubble.evaluate("(bubble) => bubble.textContent") == "one\ntwo"


async def test_an_over_long_line_is_told_and_kept(talking: Pair) -> None:
    customer, _ = talking
    entry = customer.field("chat.write")
    await entry.fill("x" * 4003)
    await expect(customer.words("chat.too_long", n=3)).to_be_visible()
    await entry.press("Enter")
    await expect(entry).to_have_value("x" * 4003)


async def test_a_reload_loses_and_doubles_nothing(talking: Pair) -> None:
    customer, console = talking
    await customer.say("before")
    await expect(console.line("before")).to_be_visible()
    await customer.page.reload()
    await console.page.reload()
    await customer.say("after")
    for window in talking:
        await expect(window.line("after")).to_have_count(1)
        await expect(window.line("before")).to_have_count(1)


async def test_another_window_takes_over_and_gives_back(talking: Pair, windows: Windows) -> None:
    customer, _ = talking
    other = await windows.beside(customer.page.context)
    await other.page.goto(customer.page.url)
    await expect(customer.words("link.replaced")).to_be_visible()
    await customer.button("page.continue_here").click()
    await expect(customer.words("link.replaced")).to_have_count(0)
    await expect(other.words("link.replaced")).to_be_visible()


async def test_notes_stay_with_representatives(talking: Pair) -> None:
    customer, console = talking
    await console.field("console.note_write").fill("Third floor")
    await console.field("console.note_write").press("Enter")
    await expect(console.page.get_by_text("Third floor", exact=True)).to_be_visible()
    await console.say("Hello")
    await expect(customer.line("Hello")).to_be_visible()
    await expect(customer.page.get_by_text("Third floor")).to_have_count(0)


async def test_an_offline_customer_is_shown_as_such(talking: Pair) -> None:
    customer, console = talking
    await customer.page.goto("about:blank")
    await expect(console.words("link.away", name="Grace")).to_be_visible()
    await expect(console.page.get_by_role("tab", name="Grace")).to_contain_text(
        console.t("page.offline")
    )
