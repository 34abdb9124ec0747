"""A running relay, and people who look at its pages in a real Chromium."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from relay.app import Relay
from tests.browser.twin import Twin
from tests.browser.window import QUIET, Windows
from tests.relay.site import relay_at


@pytest.fixture
async def relay(tmp_path: Path) -> AsyncIterator[Relay]:
    async with relay_at(tmp_path / "data") as running:
        yield running


@pytest.fixture
async def windows() -> AsyncIterator[Windows]:
    """Opens windows; at the end none of them may have complained about anything."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(QUIET)
        )
        opened = Windows(browser)
        try:
            yield opened
            assert opened.complaints() == []
        finally:
            await browser.close()


@pytest.fixture(scope="session")
def twin() -> Iterator[Twin]:
    """The pages' pure modules under node."""
    with Twin() as running:
        yield running
