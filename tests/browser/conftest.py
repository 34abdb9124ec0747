"""A running relay, and people who look at its pages in a real Chromium."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Playwright, async_playwright, expect

from relay.app import Relay, Tuning
from relay.config import RelayConfig
from tests.browser.chromium import running_chromium
from tests.browser.loop import fixture
from tests.browser.twin import Twin
from tests.browser.window import Pair, Windows
from tests.conftest import World, world_of
from tests.relay.site import relay_at, representative

expect.set_options(timeout=20_000)
"""How long a page may take on a busy machine, in ms; nothing waits longer than it must."""


@fixture
async def relay(tmp_path: Path) -> AsyncIterator[Relay]:
    async with relay_at(tmp_path / "data") as running:
        yield running


@fixture
async def world(relay_config: RelayConfig, tuning: Tuning) -> AsyncIterator[World]:
    """The relay and people around it, where the browser's driver lives."""
    async with world_of(relay_config, tuning) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[str]:
    """The address of the run's browser."""
    with running_chromium() as address:
        yield address


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def driver() -> AsyncIterator[Playwright]:
    """What steers the run's browsers."""
    async with async_playwright() as started:
        yield started


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(driver: Playwright, chromium: str) -> AsyncIterator[Browser]:
    """The run's browser."""
    connected = await driver.chromium.connect_over_cdp(chromium)
    yield connected
    await connected.close()


@fixture
async def windows(browser: Browser) -> AsyncIterator[Windows]:
    """Opens windows; at the end none of them may have complained about anything."""
    opened = Windows(browser)
    try:
        yield opened
        assert opened.complaints() == []
    finally:
        await opened.close()


@fixture
async def waiting(relay: Relay, windows: Windows) -> Pair:
    """Ada is signed in, Grace waits in her queue, with a phone."""
    await representative(relay)
    console = await windows.open()
    await console.sign_in(relay, "ada")
    customer = await windows.open(width=360, height=740)
    await customer.join(relay, await console.make_key())
    return Pair(customer, console)


@fixture
async def talking(waiting: Pair) -> Pair:
    """The same two in conversation."""
    await waiting.start_talking()
    return waiting


@pytest.fixture(scope="session")
def twin() -> Iterator[Twin]:
    """The pages' pure modules under node."""
    with Twin() as running:
        yield running
