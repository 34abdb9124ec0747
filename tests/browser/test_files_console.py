"""Files in the console: asked for, taken, sent; the customer speaks the protocol."""

from playwright.async_api import expect

from tests.browser.filing import console_of
from tests.browser.loop import BROWSER
from tests.browser.window import Windows
from tests.conftest import World
from tests.relay.carrying import PIECE, bytes_of

pytestmark = BROWSER

DATA = bytes_of(2 * PIECE + 5)


async def test_first(world: World, windows: Windows) -> None:
    here = await console_of(world, windows)
    await here.page.page.screenshot(path="/tmp/c1.png")
    transfer, name = await here.sends(DATA)
    await expect(here.card("report.pdf")).to_contain_text(here.page.t("file.saved"))
    await here.choose(here.page.button("file.send").first, {"name": "a.txt", "mimeType": "text/plain", "buffer": b"hello"}, {"name": "big.bin", "mimeType": "", "buffer": DATA})
    await here.page.page.get_by_role("tab", name="Files").filter(visible=True).click()
    await here.page.page.screenshot(path="/tmp/c2.png")
    one, two = await here.offered(), await here.offered()
    for (offered, data) in ((one, b"hello"), (two, DATA)):
        await here.peer.accept(offered.id)
        await here.fetched(offered.id, data)
    await here.page.page.screenshot(path="/tmp/c3.png")
