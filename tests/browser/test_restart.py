"""A relay that goes away and comes back, seen from its pages."""

from contextlib import AsyncExitStack
from pathlib import Path

from playwright.async_api import expect

from tests.browser.loop import BROWSER
from tests.browser.window import Windows
from tests.relay.site import relay_at, representative

pytestmark = BROWSER


async def test_nothing_is_lost_or_doubled_over_a_restart(tmp_path: Path, windows: Windows) -> None:
    async with AsyncExitStack() as stack:
        relay = await stack.enter_async_context(relay_at(tmp_path / "data"))
        port = relay.port
        await representative(relay)
        console, customer = await windows.open(), await windows.open()
        for window in (console, customer):
            window.pardon("ERR_CONNECTION_REFUSED")
            window.pardon("503")
        await console.sign_in(relay, "ada")
        await customer.join(relay, await console.make_key())
        await console.button("console.accept_name", name="Grace").click()
        await customer.say("before")
        await expect(console.line("before")).to_be_visible()
        await relay.close()
        await expect(customer.words("link.lost").first).to_be_visible()
        await expect(console.words("link.lost").first).to_be_visible()
        await customer.say("meanwhile")
        await expect(customer.line("meanwhile")).to_contain_text(customer.t("chat.pending"))
        # A reload of the page would be the next blow; what waits is in its drawer.
        await console.say("also meanwhile")
        await stack.enter_async_context(relay_at(tmp_path / "data", changes={"port": port}))
        for window in (console, customer):
            for text in ("before", "meanwhile", "also meanwhile"):
                await expect(window.line(text)).to_have_count(1)
        await expect(customer.line("meanwhile")).not_to_contain_text(customer.t("chat.pending"))
