"""A file between two pages while the relay goes away, the link breaks, or the sender is stopped."""

from contextlib import AsyncExitStack
from pathlib import Path

from playwright.async_api import FilePayload, Request, Route, expect

from relay.app import Relay
from tests.browser.filing import kept
from tests.browser.loop import BROWSER
from tests.browser.window import Pair, Window, Windows
from tests.relay.carrying import PIECE, bytes_of
from tests.relay.site import relay_at, representative

pytestmark = BROWSER

DATA = bytes_of(6 * PIECE + 5)


def puts(window: Window) -> list[str]:
    """The pieces that this page sends from now on."""
    sent: list[str] = []

    def keep(request: Request) -> None:
        if request.method == "PUT":
            sent.append(request.url.rsplit("/", 1)[1])

    window.page.on("request", keep)
    return sent


async def offer(customer: Window) -> None:
    """Grace offers DATA."""
    async with customer.page.expect_file_chooser() as chooser:
        await customer.button("file.send").click()
    big: FilePayload = {"name": "big.bin", "mimeType": "", "buffer": DATA}
    await (await chooser.value).set_files(big)


async def saved(console: Window) -> None:
    """Ada accepts, and it is saved."""
    async with console.page.expect_download() as download:
        name = console.t("file.accept_name", file="big.bin")
        await console.log.get_by_role("button", name=name).click()
    await kept(await download.value, DATA)


async def test_a_restart_of_the_relay_costs_no_piece_twice(
    tmp_path: Path, windows: Windows
) -> None:
    async with AsyncExitStack() as stack:
        relay: Relay = await stack.enter_async_context(relay_at(tmp_path / "data"))
        port = relay.port
        await representative(relay)
        console, customer = await windows.open(), await windows.open()
        for window in (console, customer):
            for words in ("ERR_", "503", "404"):
                window.pardon(words)
        await console.sign_in(relay, "ada")
        await customer.join(relay, await console.make_key())
        await Pair(customer, console).start_talking()
        sent = puts(customer)

        cuts = iter([True])

        async def cut(route: Route) -> None:
            if not next(cuts, False):
                return await route.continue_()
            await relay.close()
            await route.abort()
            await stack.enter_async_context(relay_at(tmp_path / "data", changes={"port": port}))

        await customer.page.route("**/api/files/*/*/3", cut)
        await offer(customer)
        await saved(console)
        assert sorted(sent) == ["0", "1", "2", "3", "3", "4", "5", "6"]
        words = customer.t("file.arrived", name="Ada")
        await expect(customer.log).to_contain_text(words)


async def test_an_answer_that_is_lost_costs_no_piece_twice(talking: Pair) -> None:
    customer, console = talking
    customer.pardon("ERR_")
    sent = puts(customer)

    async def lose(route: Route) -> None:
        assert (await route.fetch()).ok
        await route.abort()

    await customer.page.route("**/api/files/*/*/2", lose)
    await offer(customer)
    await saved(console)
    assert sent == ["0", "1", "2", "3", "4", "5", "6"]


async def test_a_download_goes_on_where_it_broke(talking: Pair) -> None:
    customer, console = talking
    console.pardon("ERR_")
    asked: list[str] = []

    async def cut(route: Route) -> None:
        asked.append(route.request.headers["range"])
        if len(asked) == 2:
            await route.abort()
        else:
            await route.continue_()

    await console.page.route("**/files/*/*", cut)
    await offer(customer)
    await saved(console)
    first, second = f"bytes=0-{4 * PIECE - 1}", f"bytes={4 * PIECE}-{len(DATA) - 1}"
    assert asked == [first, second, second]
