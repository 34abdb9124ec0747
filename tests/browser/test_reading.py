"""The web chat without eyes or mouse: roles, names, and the order of the Tab key."""

from playwright.async_api import expect

from tests.browser.loop import BROWSER
from tests.browser.window import Pair, Window

pytestmark = BROWSER


async def named_focus(window: Window) -> str:
    """The name of what has the focus, as a reader says it."""
    words = await window.page.evaluate(
        """() => {
            const { activeElement: at } = document;
            return at.getAttribute("aria-label") ?? at.textContent;
        }"""
    )
    return str(words)


async def order(window: Window, steps: int) -> list[str]:
    """The names met by pressing Tab that often from the top of the page."""
    await window.page.evaluate("() => document.activeElement.blur()")
    names = []
    for _ in range(steps):
        await window.page.keyboard.press("Tab")
        names.append(await named_focus(window))
    return names


async def test_a_reader_finds_the_queue(waiting: Pair) -> None:
    customer, _ = waiting
    t = customer.t
    await expect(customer.page.get_by_role("main")).to_match_aria_snapshot(
        f"""
        - main:
          - heading "Support" [level=1]
          - status: {t("link.online")}
          - heading "{t("waiting.title")}" [level=2]
          - paragraph: /Support/
          - status:
            - paragraph: {t("waiting.next")}
          - region "{t("notify.label")}":
            - paragraph: {t("notify.why")}
            - button "{t("notify.yes")}"
            - button "{t("notify.no")}"
          - log "{t("chat.log")}":
            - paragraph: {t("chat.today")}
            - paragraph: /{t("line.opened_you")}/
          - textbox "{t("chat.write")}"
          - button "{t("chat.send")}"
          - group "{t("font.label")}":
            - button "{t("font.smaller")}"
            - button "{t("font.said", n=100)}" [disabled]
            - button "{t("font.larger")}"
          - button "{t("chat.program")}"
          - button "{t("session.end")}"
        """
    )


async def test_a_reader_hears_who_said_what(talking: Pair) -> None:
    customer, console = talking
    t = customer.t
    await console.say("Is it plugged in?")
    await customer.say("It is")
    await expect(customer.line("It is")).to_contain_text(t("chat.seen"))
    await expect(customer.log).to_match_aria_snapshot(
        f"""
        - log "{t("chat.log")}":
          - paragraph: /Ada joined/
          - text: /Ada Is it plugged in\\?/
          - time
          - text: /{t("person.you")} It is/
          - time
          - text: {t("chat.seen")}
        """
    )
    await expect(customer.log).to_have_attribute("aria-live", "polite")


async def test_tab_meets_everything_in_the_order_it_is_read(waiting: Pair) -> None:
    customer, _ = waiting
    t = customer.t
    keys = ("notify.yes", "notify.no", "chat.popups", "chat.log", "chat.write", "chat.send")
    sizes = (t("font.smaller"), t("font.said", n=100), t("font.larger"))
    wanted = [*(t(key) for key in keys), *sizes, t("chat.program"), t("session.end")]
    await expect(customer.button("notify.yes")).to_be_visible()
    assert await order(customer, len(wanted)) == wanted


async def test_a_session_needs_no_mouse(talking: Pair) -> None:
    customer, _ = talking
    press = customer.page.keyboard.press
    await customer.field("chat.write").focus()
    await customer.page.keyboard.type("Thank you")
    await press("Enter")
    await expect(customer.line("Thank you")).to_be_visible()
    for _ in range(6):
        await press("Tab")
    await press("Enter")
    await expect(customer.button("session.end_keep")).to_be_focused()
    await press("Escape")
    await expect(customer.button("session.end")).to_be_focused()
    await press("Enter")
    await press("Tab")
    await press("Enter")
    await expect(customer.words("session.ended_title")).to_be_visible()
