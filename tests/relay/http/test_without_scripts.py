"""The way from the portal into the chat, in a real browser whose scripts are switched off."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, async_playwright

from protocol import keys
from relay.app import Relay
from relay.domain.waiting import QueueKey
from tests.relay.site import representative

pytestmark = pytest.mark.browser

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture
async def page(relay: Relay) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=list(ARGUMENTS)
        )
        context = await browser.new_context(
            ignore_https_errors=True, java_script_enabled=False, base_url=relay.origin
        )
        yield await context.new_page()
        await browser.close()


async def test_a_plain_form_leads_into_the_chat(relay: Relay, page: Page) -> None:
    """Above all: the browser posts the form with our Origin, not with `null`."""
    account = await representative(relay)
    key, _ = await relay.parts.keys.make(account.id, QueueKey(), relay.parts.clock.now_ms())
    await page.goto("/")
    await page.fill("#key", "1234-5679")
    await page.click("#join button.primary")
    assert "One digit seems to be wrong" in await page.inner_text("#key-error")
    assert await page.input_value("#key") == "1234-5679"
    await page.goto(f"/join/{key}")
    assert await page.input_value("#key") == keys.shown(key)
    await page.fill("#name", "Grace")
    await page.click("#join button.primary")
    assert page.url == f"{relay.origin}/chat"
    (cookie,) = await page.context.cookies()
    assert (cookie["name"], cookie["httpOnly"], cookie["secure"], cookie["sameSite"]) == (
        "__Host-chat",
        True,
        True,
        "Strict",
    )
