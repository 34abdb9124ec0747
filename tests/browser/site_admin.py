"""An administrator at a page of the site's administration, and what the page is filled with."""

from typing import Any

from playwright.async_api import Locator, Page

from relay.app import Relay
from tests.browser.window import Language, Window, Windows
from tests.relay.http.administrator import sign_in
from tests.relay.site import PASSWORD, visiting


async def at_page(
    relay: Relay,
    windows: Windows,
    path: str,
    language: Language = "en",
    **look: Any,
) -> Window:
    """A new administrator, or the one there is, in a window that shows `path`."""
    if not await relay.parts.accounts.has_administrator():
        async with visiting(relay) as visitor:
            await sign_in(visitor)
    window = await windows.open(language, **look)
    await window.page.goto(f"{relay.origin}/login")
    await window.field("login.name").fill("root")
    await window.field("login.password").fill(PASSWORD)
    await window.button("login.button").click()
    await window.page.wait_for_url("**/console")
    await window.page.goto(f"{relay.origin}{path}", wait_until="networkidle")
    return window


def dialog(window: Window) -> Locator:
    """The dialog on top."""
    return window.page.locator("dialog[open]").last


async def does_not_scroll_sideways(page: Page) -> bool:
    """Neither the page nor an open dialog."""
    measure = "e => e.scrollWidth <= e.clientWidth"
    if not await page.locator("html").evaluate(measure):
        return False
    opened = page.locator("dialog[open]")
    return all([await one.evaluate(measure) for one in await opened.all()])
