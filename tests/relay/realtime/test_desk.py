"""What the desk tells about oneself and one's sessions."""

from protocol.facts import SessionAccepted
from protocol.queues import QueueKind, QueueWish
from protocol.requests import InvitationAccept, InvitationMake, SessionTransfer
from protocol.signals import Ack, DeskState, DeskWelcome, OpenSession
from relay.domain.permissions import BUILT_IN, UserRole
from tests.conftest import World
from tests.peers import Socket, client_id


async def helped(desk: Socket, count: int) -> OpenSession:
    """The first open session, as soon as `count` people help in it."""
    while True:
        state = await desk.hear(DeskState)
        if state.sessions and len(state.sessions[0].helpers) == count:
            return state.sessions[0]


async def test_the_welcome_names_the_permissions_of_ones_role(world: World) -> None:
    talk = await world.talk()
    (welcome,) = [one for one in talk.desk.heard if isinstance(one, DeskWelcome)]
    assert set(welcome.permissions) == set(BUILT_IN[UserRole.REPRESENTATIVE])


async def test_an_open_session_names_who_helps(world: World) -> None:
    talk = await world.talk()
    (welcome,) = [one for one in talk.desk.heard if isinstance(one, DeskWelcome)]
    assert (await helped(talk.desk, 1)).helpers == (welcome.user,)
    bob = await world.representative("bob")
    desk = await bob.desk()
    account = await world.relay.parts.accounts.by_name("bob")
    assert account is not None
    user = account[0].id
    wish = QueueWish(kind=QueueKind.PERSONAL, id=user)
    await talk.theirs.ask(InvitationMake(id=client_id(), queue=wish))
    while not (state := await desk.hear(DeskState)).queue:
        pass
    (entry,) = state.queue
    accept = InvitationAccept(id=client_id(), session=talk.session, invitation=entry.invitation)
    await desk.ask(accept)
    await desk.hear(Ack)
    for one in (talk.desk, desk):
        assert set((await helped(one, 2)).helpers) == {welcome.user, user}


async def test_an_open_session_says_since_when_and_for_whom_one_writes(world: World) -> None:
    talk = await world.talk()
    mine = await helped(talk.desk, 1)
    assert (mine.site, mine.language, mine.issue) == (world.relay.config.organisation, "en", "")
    (room,) = world.relay.hub.rooms.values()
    (taken,) = [one for one in room.session.snapshot.log if isinstance(one, SessionAccepted)]
    assert mine.accepted == taken.at > 0
    world.later(60)
    colleague = await world.representative("bob")
    desk = await colleague.desk()
    wish = QueueWish(kind=QueueKind.GENERAL, id="")
    await talk.theirs.ask(SessionTransfer(id=client_id(), queue=wish))
    while not (await desk.hear(DeskState)).queue:
        pass
    await colleague.accept(desk, talk.session)
    assert (await helped(desk, 1)).accepted >= mine.accepted + 60_000
