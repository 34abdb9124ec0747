"""What the customer's program found, as the representative reads it."""

from collections.abc import AsyncIterator

from playwright.async_api import Locator, expect

from protocol.working import Checks, Hurdle
from protocol.working_requests import CustomerReport
from tests.browser.loop import BROWSER, fixture
from tests.browser.window import Window, Windows
from tests.conftest import World
from tests.peers import Socket, carried_out, client_id
from tests.relay.site import representative

pytestmark = BROWSER

FINE = Checks(
    system="Debian 12",
    version="1.0.0",
    language="de-DE",
    monitors=("1920x1080", "1280x1024"),
    sees=True,
    controls=True,
)
ELEVATED = Checks(sees=True, problems=(Hurdle.ELEVATED, Hurdle.CLOCK))
WAYLAND = Checks(problems=(Hurdle.WAYLAND,))


@fixture
async def console(world: World, windows: Windows) -> AsyncIterator[Window]:
    """Ada at her desk."""
    await representative(world.relay)
    window = await windows.open()
    await window.sign_in(world.relay, "ada")
    yield window


async def waiting(world: World, console: Window) -> Socket:
    """Grace, who waits in her program."""
    customer = await world.customer()
    await customer.join((await console.make_key()).replace(" ", ""))
    socket, _ = await customer.connect()
    await expect(console.button("console.accept_name", name="Grace")).to_be_visible()
    return socket


async def tell(socket: Socket, checks: Checks) -> None:
    await carried_out(socket, CustomerReport(id=client_id(), checks=checks))


def found(console: Window) -> Locator:
    """What the queue's entry says of it."""
    return console.page.locator(".waiter-checks")


async def test_the_queue_says_whether_one_can_see_and_control(
    world: World, console: Window
) -> None:
    grace = await waiting(world, console)
    await expect(found(console)).to_be_hidden()
    await tell(grace, FINE)
    await expect(found(console)).to_have_text(console.t("desk.check_ready"))
    await tell(grace, ELEVATED)
    why = console.t("desk.check_elevated")
    await expect(found(console)).to_contain_text(console.t("desk.check_no_control", why=why))
    await expect(found(console)).to_contain_text(console.t("desk.check_clock"))
    await tell(grace, WAYLAND)
    why = console.t("desk.check_wayland")
    await expect(found(console)).to_have_text(console.t("desk.check_unseen", why=why))


async def test_in_a_talk_it_stands_as_plain_facts(world: World, console: Window) -> None:
    grace = await waiting(world, console)
    await tell(grace, FINE)
    await console.button("console.accept_name", name="Grace").click()
    card = console.page.locator(".session-side")
    await expect(card).to_contain_text("1920 \u00d7 1080, 1280 \u00d7 1024")
    await expect(card).to_contain_text("1.0.0")
    can = console.t("desk.card_can")
    await expect(card.get_by_text(can, exact=True)).to_have_count(2)
    await tell(grace, WAYLAND)
    cannot = console.t("desk.card_cannot", why=console.t("desk.check_wayland"))
    await expect(card.get_by_text(cannot, exact=True)).to_have_count(2)
