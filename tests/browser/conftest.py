"""A running relay, and people who look at its pages in a real Chromium."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from relay.app import Relay
from tests.browser.chromium import running_chromium
from tests.browser.twin import Twin
from tests.browser.window import Pair, Windows
from tests.relay.site import relay_at, representative


@pytest.fixture
async def relay(tmp_path: Path) -> AsyncIterator[Relay]:
    async with relay_at(tmp_path / "data") as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[str]:
    """The address of the run's browser."""
    with running_chromium() as address:
        yield address


@pytest.fixture
async def windows(chromium: str) -> AsyncIterator[Windows]:
    """Opens windows; at the end none of them may have complained about anything."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect_over_cdp(chromium)
        opened = Windows(browser)
        try:
            yield opened
            assert opened.complaints() == []
        finally:
            await opened.close()
            await browser.close()


@pytest.fixture
async def waiting(relay: Relay, windows: Windows) -> Pair:
    """Ada is signed in, Grace waits in her queue, with a phone."""
    await representative(relay)
    console = await windows.open()
    await console.sign_in(relay, "ada")
    customer = await windows.open(width=360, height=740)
    await customer.join(relay, await console.make_key())
    return Pair(customer, console)


@pytest.fixture
async def talking(waiting: Pair) -> Pair:
    """The same two in conversation."""
    await waiting.start_talking()
    return waiting


@pytest.fixture(scope="session")
def twin() -> Iterator[Twin]:
    """The pages' pure modules under node."""
    with Twin() as running:
        yield running
