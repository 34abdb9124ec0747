"""A bad network, a full disk and a hidden tab: what a customer wrote arrives, once."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from playwright.async_api import Page, WebSocket, expect

from protocol import limits
from relay.app import Relay
from tests.browser.loop import BROWSER, fixture
from tests.browser.window import Pair, Window, Windows
from tests.browser.wire import Wire, wired
from tests.locks import locked
from tests.relay.site import relay_at, representative

pytestmark = BROWSER

ALL_BEATS_MS = limits.HEARTBEAT_S * 3 * 1000 + 1000
PROBE_MS = 5000


async def stored(customer: Window, text: str) -> None:
    """Return once the relay has that line.

    The page's clock is helped on: connections that were kept for the next call fell silent too,
    and the page gives them up one by one.
    """
    delivered = customer.line(text).get_by_text(customer.t("chat.stored"))
    async with asyncio.timeout(30):
        while not await delivered.count():
            await customer.page.clock.run_for(2000)


class Frames:
    """What a page's sockets carried since this began, decoded."""

    def __init__(self, page: Page) -> None:
        self.sent: list[dict[str, object]] = []
        self.received: list[dict[str, object]] = []
        self._arrived = asyncio.Event()
        page.on("websocket", self._on_socket)

    def said(self, text: str) -> list[object]:
        """The ids under which that line was sent, once for each time."""
        return [one["id"] for one in self.sent if one.get("text") == text]

    async def until(self, holds: "Callable[[Frames], bool]") -> None:
        """Return once it holds."""
        while not holds(self):
            self._arrived.clear()
            await self._arrived.wait()

    def _on_socket(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda data: self._keep(self.sent, data))
        socket.on("framereceived", lambda data: self._keep(self.received, data))

    def _keep(self, frames: list[dict[str, object]], data: str | bytes) -> None:
        frames.append(json.loads(data))
        self._arrived.set()


@fixture
async def wire() -> AsyncIterator[Wire]:
    async with wired() as running:
        yield running


@fixture
async def relay(tmp_path: Path, wire: Wire) -> AsyncIterator[Relay]:
    """A relay that browsers reach by the wire."""
    address = {"public_url": f"https://localhost:{wire.port}"}
    async with relay_at(tmp_path / "data", changes=address) as running:
        wire.target = running.port
        yield running


async def test_a_wire_that_fell_silent_is_noticed_and_replaced(
    relay: Relay, wire: Wire, windows: Windows
) -> None:
    await representative(relay)
    console, customer = await windows.open(), await windows.open()
    await console.sign_in(relay, "ada")
    await customer.page.clock.install()
    await customer.join(relay, await console.make_key())
    await expect(customer.words("link.online")).to_be_visible()
    wire.fall_silent()
    await customer.say("Can you hear me?")
    await expect(customer.line("Can you hear me?")).to_contain_text(customer.t("chat.pending"))
    await customer.page.clock.run_for(ALL_BEATS_MS)
    await stored(customer, "Can you hear me?")
    await expect(customer.line("Can you hear me?")).to_have_count(1)


async def test_another_network_needs_no_beat_to_be_noticed(
    relay: Relay, wire: Wire, windows: Windows
) -> None:
    await representative(relay)
    console, customer = await windows.open(), await windows.open()
    customer.pardon("ERR_INTERNET_DISCONNECTED")
    await console.sign_in(relay, "ada")
    await customer.page.clock.install()
    await customer.join(relay, await console.make_key())
    await expect(customer.words("link.online")).to_be_visible()
    await customer.page.context.set_offline(True)
    wire.fall_silent()
    await customer.say("From the tunnel")
    await expect(customer.line("From the tunnel")).to_contain_text(customer.t("chat.pending"))
    await customer.page.context.set_offline(False)
    await customer.page.clock.run_for(PROBE_MS)
    await stored(customer, "From the tunnel")
    await expect(customer.line("From the tunnel")).to_have_count(1)


@pytest.mark.expect_log("storage.unavailable")
async def test_a_line_that_storage_refused_is_sent_again_by_itself(
    relay: Relay, talking: Pair
) -> None:
    customer, console = talking
    frames = Frames(customer.page)
    await customer.page.reload()
    await expect(customer.words("link.online")).to_be_visible()
    database = relay.config.data_folder / "relay.db"
    async with locked(database):
        await customer.say("Please keep this")
        await frames.until(lambda all_: any(one.get("code") == "storage" for one in all_.received))
        await expect(customer.line("Please keep this")).to_contain_text(customer.t("chat.pending"))
        await expect(console.line("Please keep this")).to_have_count(0)
    await expect(console.line("Please keep this")).to_have_count(1, timeout=15_000)
    await expect(customer.line("Please keep this")).not_to_contain_text(customer.t("chat.pending"))
    await expect(customer.line("Please keep this")).to_have_count(1)
    sent = frames.said("Please keep this")
    assert len(sent) >= 2
    assert len(set(sent)) == 1


async def test_a_hidden_page_has_seen_nothing(talking: Pair) -> None:
    customer, console = talking
    await customer.turn("hidden")
    await console.say("Are you there?")
    await expect(customer.line("Are you there?")).to_be_visible()
    await expect(customer.page).to_have_title("(1) Support")
    await expect(console.line("Are you there?")).to_contain_text(console.t("chat.stored"))
    await customer.turn("visible")
    await expect(console.line("Are you there?")).to_contain_text(console.t("chat.seen"))
    await expect(customer.page).to_have_title("Support")
