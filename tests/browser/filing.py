"""Files in the pages: one side is a page in a real browser, the other speaks the protocol."""

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Download, FilePayload, Locator, expect

from protocol.file_facts import FileAccepted, FileOffered, FileStored
from protocol.file_requests import FileTake
from protocol.signals import Ack
from tests.browser.scene import scene
from tests.browser.window import Language, Scheme, Window, Windows
from tests.conftest import World
from tests.peers import client_id
from tests.relay.carrying import End, sum_of
from tests.relay.site import representative

MOVE = """async ([selector, files, kind]) => {
    const data = new DataTransfer();
    for (const [name, type, text] of files) data.items.add(new File([text], name, { type }));
    const element = document.querySelector(selector);
    const more = { bubbles: true, cancelable: true, dataTransfer: data, clipboardData: data };
    const fire = (event) => element.dispatchEvent(event);
    if (kind === "paste") return fire(new ClipboardEvent("paste", more));
    fire(new DragEvent("dragenter", more));
    fire(new DragEvent("dragover", more));
    if (kind === "drop") fire(new DragEvent("drop", more));
}"""
"""What dragging over (`over`), dropping or pasting files onto an element does."""


@dataclass(frozen=True)
class Filing:
    """`page` is the window of one side, `peer` the other one."""

    world: World
    page: Window
    peer: End

    def tab(self, key: str) -> Locator:
        """The visible tab with that text; a number may stand behind it."""
        tabs = self.page.page.get_by_role("tab", name=re.compile(f"^{self.page.t(key)}"))
        return tabs.filter(visible=True)

    @property
    def cards(self) -> Locator:
        """The cards in the conversation."""
        return self.page.log.locator(".file-card").filter(visible=True)

    def card(self, name: str) -> Locator:
        """The card of the file with that name, in the conversation."""
        return self.page.log.get_by_role("group", name=self.page.t("file.named", file=name))

    def button(self, key: str, file: str) -> Locator:
        """A button on the card of a file."""
        name = self.page.t(f"file.{key}_name", file=file)
        return self.card(file).get_by_role("button", name=name, exact=True)

    async def choose(self, press: Locator, *files: FilePayload) -> None:
        """Press a button that lets one choose files, and choose these."""
        async with self.page.page.expect_file_chooser() as chooser:
            await press.click()
        await (await chooser.value).set_files(list(files))

    async def drop(self, selector: str, kind: str, *files: tuple[str, str, str]) -> None:
        """Drag (`over`), `drop` or `paste` files (name, type, text) onto an element."""
        await self.page.page.evaluate(MOVE, [selector, list(files), kind])

    async def offered(self) -> FileOffered:
        """What the page has offered next."""
        while True:
            fact: FileOffered = await self.peer.socket.hear(FileOffered)
            if fact.by != self.peer.socket.participant:
                return fact

    async def arrives(self, data: bytes) -> str:
        """The next file that the page offers is taken and arrives as `data`; its transfer's id."""
        offered = await self.offered()
        await self.peer.accept(offered.id)
        await self.fetched(offered.id, data)
        return offered.id

    async def fetched(self, transfer: str, data: bytes) -> None:
        """What the page sends arrives as `data`."""
        await self.whole(transfer)
        told = await self.peer.fetch(transfer)
        assert (told.status, told.body == data) == (200, True)

    async def whole(self, transfer: str) -> None:
        """Wait until the relay has all of it."""
        socket = self.peer.socket
        while transfer not in {one.id for one in socket.facts if isinstance(one, FileStored)}:
            await socket.hear(FileStored)

    async def take(self, transfer: str, data: bytes) -> None:
        """What the page sends arrives as `data`, and the other side says so."""
        await self.fetched(transfer, data)
        took = FileTake(id=client_id(), transfer=transfer, sha256=sum_of(data))
        assert isinstance(await self.peer.ask(took), Ack)

    async def sends(self, data: bytes, name: str = "report.pdf") -> tuple[str, str]:
        """The other side offers a file, the page accepts and saves it: the transfer's id, and the
        name it is saved under."""
        transfer = await self.peer.offer(name, len(data))
        async with self.page.page.expect_download() as download:
            await self.button("accept", name).click()
            await self.peer.fact(FileAccepted, transfer)
            await self.peer.put_all(transfer, data)
            assert (await self.peer.finish(transfer, data)).status == 204
        return transfer, await kept(await download.value, data)


async def kept(download: Download, data: bytes) -> str:
    """What the browser has saved is `data`; the name that it gives it."""
    path = Path(await download.path())
    assert await asyncio.to_thread(path.read_bytes) == data
    return download.suggested_filename


async def console_of(
    world: World,
    windows: Windows,
    language: Language = "en",
    *,
    width: int = 1280,
    height: int = 800,
    scheme: Scheme = "light",
    scale: float = 1,
    name: str = "Grace",
) -> Filing:
    """Ada's console, and Grace with the program."""
    await representative(world.relay)
    page = await windows.open(language, width=width, height=height, scheme=scheme, scale=scale)
    await page.sign_in(world.relay, "ada")
    grace = await world.customer()
    await grace.join(await page.make_key(), name)
    socket, welcome = await grace.connect()
    await world.stack.enter_async_context(socket)
    assert welcome.snapshot is not None
    await page.button("console.accept_name", name=name).click()
    await expect(page.log.get_by_text(page.t("line.accepted_you"))).to_be_visible()
    return Filing(world, page, End(grace, socket, welcome.snapshot.session))


async def chat_of(
    world: World,
    windows: Windows,
    language: Language = "en",
    *,
    width: int = 360,
    height: int = 740,
    scheme: Scheme = "light",
) -> Filing:
    """Grace's web chat, and Ada without a console."""
    here = await scene(world, windows, language, width=width, height=height, scheme=scheme)
    session = await here.session()
    await here.person.accept(here.desk, session)
    socket, _ = await here.person.session(session)
    await here.at("active")
    return Filing(world, here.page, End(here.person, await here.keep(socket), session))
