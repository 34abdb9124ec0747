"""Notes: kept, signed, shown to whoever helps later, and to nobody else."""

from playwright.async_api import Locator, expect

from protocol.errors import CloseCode
from relay.app import Relay
from tests.browser.loop import BROWSER
from tests.browser.window import Pair, Window, Windows
from tests.relay.site import representative

pytestmark = BROWSER


async def write(console: Window, text: str) -> None:
    await console.field("console.note_write").fill(text)
    await console.field("console.note_write").press("Enter")


def notes(window: Window) -> Locator:
    """Those that are to be seen."""
    listed = window.page.get_by_role("list", name=window.t("console.notes"))
    return listed.filter(visible=True).locator(".note")


async def test_a_note_is_signed_and_there_after_a_reload_and_the_end(talking: Pair) -> None:
    customer, console = talking
    await write(console, "Third floor\n*serial* 42 <b>")
    await expect(notes(console)).to_contain_text("Third floor")
    await expect(notes(console)).to_contain_text("*serial* 42 <b>")
    await expect(notes(console)).to_contain_text("Ada")
    await console.page.reload()
    await expect(notes(console)).to_contain_text("Third floor")
    await console.button("session.end").click()
    await console.button("session.end").last.click()
    await expect(console.button("console.close")).to_be_visible()
    await expect(notes(console)).to_contain_text("Third floor")
    assert "Third floor" not in await customer.page.content()


async def test_a_note_written_without_a_line_comes_when_there_is_one_again(
    relay: Relay, talking: Pair
) -> None:
    _, console = talking
    console.pardon("ERR_INTERNET_DISCONNECTED")
    (room,) = relay.hub.rooms.values()
    (ada,) = [one.id for one in room.session.snapshot.participants if one.name == "Ada"]
    await console.page.context.set_offline(True)
    room.peers[ada].close(CloseCode.RESTART)
    await expect(console.words("link.lost").first).to_be_visible()
    await write(console, "Written meanwhile")
    await expect(notes(console)).to_contain_text(console.t("chat.pending"))
    await console.page.context.set_offline(False)
    await expect(notes(console)).to_contain_text("Ada")
    await expect(notes(console)).to_have_count(1)


async def test_a_colleague_who_takes_over_reads_what_was_noted(
    relay: Relay, windows: Windows, talking: Pair
) -> None:
    _, console = talking
    await write(console, "The cable is new")
    await expect(notes(console)).to_contain_text("The cable is new")
    await representative(relay, "bob")
    bob = await windows.open()
    await bob.sign_in(relay, "bob")
    await console.button("desk.pass").click()
    dialog = console.page.get_by_role("dialog")
    await dialog.get_by_text("Bob").click()
    await dialog.get_by_role("button", name=console.t("desk.pass"), exact=True).click()
    await bob.button("console.accept_name", name="Grace").click()
    await expect(notes(bob).first).to_contain_text("The cable is new")
    await expect(notes(bob).first).to_contain_text("Ada")
