"""Who helps changes: transfers, invitations, lost representatives, as the customer sees them."""

from playwright.async_api import expect

from protocol.facts import InvitationMade
from protocol.queues import QueueKind, QueueWish
from protocol.requests import InvitationAccept, InvitationMake, SessionLeave, SessionTransfer
from relay.domain.texts import TextName
from tests.browser.loop import BROWSER
from tests.browser.scene import Scene, scene
from tests.browser.window import Windows
from tests.conftest import World
from tests.peers import Representative, Socket, client_id, say

pytestmark = BROWSER


async def joined_by_linus(here: Scene, theirs: Socket) -> tuple[Representative, Socket]:
    """Linus follows Ada's invitation."""
    linus = await here.world.representative("linus")
    desk = await here.keep(await linus.desk())
    account = await here.world.relay.parts.accounts.by_name("linus")
    assert account
    wish = QueueWish(kind=QueueKind.PERSONAL, id=account[0].id)
    await theirs.ask(InvitationMake(id=client_id(), queue=wish))
    made = await theirs.hear(InvitationMade)
    (session,) = here.world.relay.hub.rooms
    await desk.ask(InvitationAccept(id=client_id(), session=session, invitation=made.id))
    await expect(here.page.page.get_by_role("heading", name="Ada and Linus")).to_be_visible()
    socket, _ = await linus.session(session)
    return linus, await here.keep(socket)


async def test_the_head_names_everybody_who_helps(world: World, windows: Windows) -> None:
    here = await scene(world, windows)
    theirs = await here.accept()
    await joined_by_linus(here, theirs)
    log = here.page.log
    await expect(log).to_contain_text(here.page.t("steps.line_joined", name="Linus", by="Ada"))
    await theirs.ask(SessionLeave(id=client_id()))
    await expect(here.page.page.get_by_role("heading", name="Linus", exact=True)).to_be_visible()
    await expect(log).to_contain_text(here.page.t("steps.line_left", name="Ada"))
    await here.page.page.reload()
    await expect(here.page.page.get_by_role("heading", name="Linus", exact=True)).to_be_visible()


async def test_passed_on_to_a_team_and_back_to_the_queue(world: World, windows: Windows) -> None:
    await world.word(TextName.GREETING, "Welcome, number %POSITION%")
    team = await world.team("Billing")
    here = await scene(world, windows)
    theirs = await here.accept()
    await here.page.say("My bill is wrong")
    wish = QueueWish(kind=QueueKind.TEAM, id=team)
    await theirs.ask(SessionTransfer(id=client_id(), queue=wish))
    await here.at("waiting")
    passed = here.page.t("steps.line_passed", name="Ada", queue="Billing")
    await expect(here.page.log).to_contain_text(passed)
    await expect(here.page.page.get_by_text("Welcome, number 1")).to_be_visible()
    await expect(here.page.page.get_by_role("heading", name="Support")).to_be_visible()
    await here.page.say("Still there?")
    here.drop()
    await here.page.page.reload()
    await here.at("waiting")
    await expect(here.page.line("My bill is wrong")).to_be_visible()
    await expect(here.page.line("Still there?")).to_have_count(1)


async def test_a_representative_who_is_lost(world: World, windows: Windows) -> None:
    here = await scene(world, windows)
    theirs = await here.accept()
    await say(theirs, "One moment")
    await theirs.close()
    await expect(here.page.words("link.away", name="Ada")).to_be_visible()
    world.later(61)
    await here.at("waiting")
    await expect(here.page.log).to_contain_text(here.page.t("steps.line_lost"))
    again = await here.accept()
    await say(again, "Here I am")
    await expect(here.page.line("Here I am")).to_be_visible()
