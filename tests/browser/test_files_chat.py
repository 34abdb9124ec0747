"""Files in the web chat: offered, taken, given when asked; the representative speaks the protocol."""

from playwright.async_api import expect

from protocol.file_requests import FileAsk
from tests.browser.filing import chat_of
from tests.browser.loop import BROWSER
from tests.browser.window import Windows
from tests.conftest import World
from tests.peers import client_id
from tests.relay.carrying import PIECE, bytes_of

pytestmark = BROWSER

DATA = bytes_of(2 * PIECE + 5)


async def test_first(world: World, windows: Windows) -> None:
    here = await chat_of(world, windows)
    await here.page.page.screenshot(path="/tmp/d1.png")
    await here.choose(here.page.button("file.send"), {"name": "big.bin", "mimeType": "", "buffer": DATA})
    await here.arrives(DATA)
    await here.page.page.screenshot(path="/tmp/d2.png")
    transfer, name = await here.sends(DATA)
    await expect(here.card("report.pdf")).to_contain_text(here.page.t("file.saved"))
    await here.peer.ask(FileAsk(id=client_id(), reason="The log, please"))
    await expect(here.page.words("file.choose")).to_be_visible()
    await here.page.page.screenshot(path="/tmp/d3.png")
