"""The two clipboards in the console, in real Chromium."""

from collections.abc import AsyncIterator

from playwright.async_api import Locator, expect

from protocol.channel import Kind
from protocol.share_requests import GrantTake
from protocol.sharing import Grant
from relay.app import Relay
from tests.browser.loop import BROWSER, fixture
from tests.browser.sharer import Scene, scene
from tests.browser.window import Windows
from tests.peers import client_id

pytestmark = BROWSER

READ = "() => navigator.clipboard.readText()"


@fixture
async def here(relay: Relay, windows: Windows) -> AsyncIterator[Scene]:
    """Ada sees Grace's screen, and may use her own clipboard."""
    async with scene(relay, windows) as opened:
        ways = ["clipboard-read", "clipboard-write"]
        await opened.console.page.context.grant_permissions(ways)
        await opened.share(Grant.VIEW)
        await opened.see()
        yield opened


async def box(here: Scene) -> Locator:
    """Both clipboards, opened."""
    found = here.console.page.get_by_role("dialog", name=here.console.t("clipboard.title"))
    if not await found.is_visible():
        await here.console.button("clipboard.title").click()
    await expect(found).to_be_visible()
    return found


async def ask(here: Scene, grant: Grant, reason: str) -> None:
    opened = await box(here)
    title = here.console.t(f"clipboard.{grant}", name="Grace")
    section = opened.locator("section", has=here.console.page.get_by_role("heading", name=title))
    await section.get_by_role("button", name=here.console.t("clipboard.ask")).click()
    await here.console.field("console.share_reason").fill(reason)
    await here.console.page.keyboard.press("Enter")
    asked = await here.grace.asked()
    assert (asked.grant, asked.reason) == (grant, reason)


async def test_what_the_customer_copies_comes_onto_ones_own_clipboard(here: Scene) -> None:
    await ask(here, Grant.COPY, "The error")
    await here.grace.give(here.ada, Grant.COPY)
    opened = await box(here)
    await expect(opened).to_contain_text(here.console.t("clipboard.copy_held"))
    await here.grace.send(Kind.CLIPBOARD, "Fehler 42 ü".encode())
    await expect(opened.locator("textarea[readonly]")).to_have_value("Fehler 42 ü")
    await opened.get_by_role("button", name=here.console.t("clipboard.use")).click()
    await expect(opened).to_contain_text(here.console.t("clipboard.used"))
    assert await here.console.page.evaluate(READ) == "Fehler 42 ü"
    await here.grace.ask(GrantTake(id=client_id(), grant=Grant.COPY, to=here.ada))
    await expect(opened.locator("textarea[readonly]")).to_be_hidden()
    await expect(opened.locator("textarea[readonly]")).to_have_value("")


async def test_text_goes_onto_the_customers_clipboard(here: Scene) -> None:
    await ask(here, Grant.PASTE, "The link")
    await here.grace.give(here.ada, Grant.PASTE)
    opened = await box(here)
    await here.console.page.evaluate("() => navigator.clipboard.writeText('https://acme.example')")
    await opened.get_by_role("button", name=here.console.t("clipboard.fill")).click()
    field = opened.locator("textarea:not([readonly])")
    await expect(field).to_have_value("https://acme.example")
    await field.press("End")
    await field.type("/ü")
    await opened.get_by_role("button", name=here.console.t("clipboard.send"), exact=True).click()
    assert (await here.grace.hear(Kind.CLIPBOARD))[1] == "https://acme.example/ü".encode()
    await expect(opened).to_contain_text(here.console.t("clipboard.sent"))


async def test_what_cannot_be_sent_is_said_and_kept(here: Scene) -> None:
    await here.grace.give(here.ada, Grant.PASTE)
    opened = await box(here)
    send = opened.get_by_role("button", name=here.console.t("clipboard.send"), exact=True)
    await send.click()
    await expect(opened).to_contain_text(here.console.t("clipboard.nothing"))
    field = opened.locator("textarea:not([readonly])")
    await field.fill("x" * 65_537)
    await send.click()
    await expect(opened).to_contain_text(here.console.t("clipboard.too_long"))
    assert len(await field.input_value()) == 65_537


async def test_what_is_no_text_is_not_shown(here: Scene) -> None:
    await here.grace.give(here.ada, Grant.COPY)
    opened = await box(here)
    await here.grace.send(Kind.CLIPBOARD, b"\xff\xfe")
    await here.grace.send(Kind.CLIPBOARD, b"<b>plain</b>")
    await expect(opened.locator("textarea[readonly]")).to_have_value("<b>plain</b>")


async def test_a_no_is_said_for_a_while(here: Scene) -> None:
    await ask(here, Grant.COPY, "")
    await here.grace.deny(here.ada, Grant.COPY)
    opened = await box(here)
    again = opened.get_by_role("button", name=here.console.t("clipboard.ask")).first
    await expect(again).to_have_attribute("aria-disabled", "true")
