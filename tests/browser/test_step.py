"""From the web chat to the program in mid-session: code, suggestion, the tab left behind."""

from playwright.async_api import expect

from protocol import joincodes, limits
from protocol.facts import CustomerMoved
from protocol.requests import ClientOffer
from protocol.roles import Door
from tests.browser.loop import BROWSER
from tests.browser.scene import Scene, scene
from tests.browser.window import Windows
from tests.conftest import World
from tests.peers import Socket, client_id, say

pytestmark = BROWSER


async def code_of(here: Scene) -> str:
    """The code that the page shows, asked for by its quiet entry."""
    await here.page.button("chat.program").click()
    number = here.page.page.locator(".code-number")
    await expect(number).not_to_be_empty()
    return await number.inner_text()


async def move(here: Scene) -> Socket:
    """The same customer in the program, by the code that the page shows."""
    customer = await here.world.customer()
    await customer.join(await code_of(here))
    socket, _ = await customer.connect()
    await here.at("moved")
    return await here.keep(socket)


async def test_a_code_is_shown_large_and_named(world: World, windows: Windows) -> None:
    here = await scene(world, windows)
    await here.at("waiting")
    code = await code_of(here)
    assert code == joincodes.shown(joincodes.normalise(code))
    assert joincodes.is_right(joincodes.normalise(code))
    dialog = here.page.page.get_by_role("dialog", name=here.page.t("chat.program"))
    await expect(dialog).to_be_visible()
    await expect(dialog.get_by_text(":").first).to_be_visible()
    await here.page.page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(here.page.button("chat.program")).to_be_focused()


async def test_a_code_can_be_copied(world: World, windows: Windows) -> None:
    here = await scene(world, windows)
    await here.at("waiting")
    await here.page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    code = await code_of(here)
    await here.page.button("chat.code_copy").click()
    await expect(here.page.words("chat.code_copied")).to_be_visible()
    assert await here.page.page.evaluate("() => navigator.clipboard.readText()") == code


async def test_a_code_that_is_over_is_replaced(world: World, windows: Windows) -> None:
    here = await scene(world, windows)
    await here.at("waiting")
    await here.page.page.clock.install()
    old = await code_of(here)
    await here.page.page.clock.run_for((limits.JOIN_CODE_S + 1) * 1000)
    await expect(here.page.words("chat.code_over")).to_be_visible()
    await expect(here.page.page.get_by_text(old)).to_have_count(0)
    await expect(here.page.button("chat.code_copy")).to_have_count(0)


async def test_the_tab_left_behind_can_only_be_read(world: World, windows: Windows) -> None:
    here = await scene(world, windows)
    theirs = await here.accept()
    await here.page.say("My printer is silent")
    await say(theirs, "Shall we look?")
    mine = await move(here)
    moved = await theirs.hear(CustomerMoved)
    assert moved.participant.door is Door.CLIENT
    await expect(here.page.words("steps.moved_title")).to_be_visible()
    await expect(here.page.page.get_by_role("dialog")).to_have_count(0)
    await expect(here.page.line("My printer is silent")).to_be_visible()
    await expect(here.page.field("chat.write")).to_have_count(0)
    await expect(here.page.button("session.end")).to_have_count(0)
    await expect(here.page.button("chat.program")).to_have_count(0)
    await here.page.page.reload()
    await expect(here.page.words("steps.moved_title")).to_be_visible()
    await expect(here.page.field("chat.write")).to_have_count(0)
    await say(mine, "I am here now")


async def test_who_waits_keeps_the_place(world: World, windows: Windows) -> None:
    here = await scene(world, windows)
    await here.at("waiting")
    await move(here)
    await expect(here.page.words("steps.moved_title")).to_be_visible()
    await expect(here.page.words("waiting.title")).to_have_count(0)
    await here.person.accept(here.desk, await here.session())


async def test_a_suggestion_can_be_followed(world: World, windows: Windows) -> None:
    here = await scene(world, windows)
    theirs = await here.accept()
    await theirs.ask(ClientOffer(id=client_id()))
    card = here.page.page.locator(".offer").filter(has_text="Ada suggests")
    await expect(card).to_be_visible()
    await card.get_by_role("button", name=here.page.t("chat.program")).click()
    await expect(here.page.page.get_by_role("dialog")).to_be_visible()


async def test_a_suggestion_put_aside_stays_away(world: World, windows: Windows) -> None:
    here = await scene(world, windows)
    theirs = await here.accept()
    await theirs.ask(ClientOffer(id=client_id()))
    card = here.page.page.locator(".offer").filter(has_text="Ada suggests")
    await card.get_by_role("button", name=here.page.t("notify.no")).click()
    await expect(card).to_be_hidden()
    await expect(here.page.log).to_be_focused()
    await here.page.page.reload()
    await expect(here.page.log).to_contain_text("Ada suggests")
    await expect(card).to_be_hidden()
    await theirs.ask(ClientOffer(id=client_id()))
    await expect(card).to_be_visible()


async def test_a_code_needs_the_relay(world: World, windows: Windows) -> None:
    here = await scene(world, windows)
    await here.at("waiting")
    here.page.pardon("ERR_INTERNET_DISCONNECTED")
    await here.page.button("chat.program").wait_for()
    await here.page.page.context.set_offline(True)
    here.drop()
    await expect(here.page.words("link.lost")).to_be_visible()
    await here.page.button("chat.program").click()
    await expect(here.page.words("page.unreachable")).to_be_visible()
    await here.page.page.context.set_offline(False)
    await expect(here.page.words("link.online")).to_be_visible()
    await code_of(here)
    await expect(here.page.words("page.unreachable")).to_have_count(0)


async def test_a_code_asked_for_too_early_is_asked_again(world: World, windows: Windows) -> None:
    here = await scene(world, windows)
    await here.at("waiting")
    here.page.pardon("ERR_INTERNET_DISCONNECTED")
    await code_of(here)
    await here.page.page.keyboard.press("Escape")
    await here.page.page.context.set_offline(True)
    here.drop()
    await expect(here.page.words("link.lost")).to_be_visible()
    await here.page.button("chat.program").click()
    dialog = here.page.page.get_by_role("dialog")
    await expect(dialog.get_by_text(here.page.t("link.lost"))).to_be_visible()
    await here.page.page.context.set_offline(False)
    await expect(here.page.words("link.online")).to_be_visible()
    await here.page.button("chat.code_again").click()
    await expect(here.page.page.locator(".code-number")).not_to_be_empty()
