"""Transfers, invitations, and representatives who are lost: each leads into a queue."""

from typing import NamedTuple

import pytest

from protocol.errors import CloseCode, ErrorCode
from protocol.facts import (
    ChatPosted,
    Departure,
    EndReason,
    InvitationMade,
    InvitationOver,
    RepresentativeJoined,
    RepresentativeLeft,
    SessionAccepted,
    SessionEnded,
    SessionQueued,
)
from protocol.queues import QueueCause, QueueKind, QueueWish
from protocol.requests import (
    ChatPost,
    InvitationAccept,
    InvitationMake,
    InvitationWithdraw,
    SessionAccept,
    SessionLeave,
    SessionTransfer,
)
from protocol.signals import Ack, DeskState, Present, QueueEntry, Refused
from tests.conftest import Talk, World
from tests.peers import Representative, Socket, client_id, say


class Colleague(NamedTuple):
    person: Representative
    desk: Socket
    user: str


async def colleague(world: World, name: str) -> Colleague:
    """A second representative with the desk open."""
    person = await world.representative(name)
    account = await world.relay.parts.accounts.by_name(name)
    assert account is not None
    return Colleague(person, await person.desk(), account[0].id)


async def entry(desk: Socket) -> QueueEntry:
    """The first entry in the queue, as soon as there is one."""
    while not (state := await desk.hear(DeskState)).queue:
        pass
    return state.queue[0]


def to(kind: QueueKind, queue_id: str = "") -> QueueWish:
    return QueueWish(kind=kind, id=queue_id)


async def test_a_customer_is_passed_on_to_a_team(world: World) -> None:
    talk = await world.talk()
    linus = await colleague(world, "linus")
    team = await world.team("Billing", "linus")
    await talk.theirs.ask(SessionTransfer(id=client_id(), queue=to(QueueKind.TEAM, team)))
    queued = await talk.mine.hear(SessionQueued)
    assert (queued.queue.name, queued.cause) == ("Billing", QueueCause.TRANSFER)
    assert await talk.theirs.closed() == CloseCode.GONE
    seen = await entry(linus.desk)
    assert (seen.cause, seen.queue.name) == (QueueCause.TRANSFER, "Billing")
    assert seen.by.startswith("Ada")
    await linus.person.accept(linus.desk, talk.session)
    assert (await talk.mine.hear(SessionAccepted)).participant.name == "Linus"
    theirs, _ = await linus.person.session(talk.session)
    await say(theirs, "How can I help with your bill?")
    await talk.mine.hear(ChatPosted)


async def test_who_passed_a_customer_on_is_out(world: World) -> None:
    talk = await world.talk()
    await world.team("Billing")
    other = await colleague(world, "linus")
    await talk.theirs.ask(SessionTransfer(id=client_id(), queue=to(QueueKind.PERSONAL, other.user)))
    await talk.mine.hear(SessionQueued)
    await talk.theirs.closed()
    with pytest.raises(ConnectionError):
        await talk.representative.session(talk.session)
    await talk.desk.ask(SessionAccept(id=client_id(), session=talk.session))
    assert (await talk.desk.hear(Refused)).code is ErrorCode.FORBIDDEN


async def test_who_passed_a_customer_on_may_take_them_again(world: World) -> None:
    talk = await world.talk()
    await talk.theirs.ask(SessionTransfer(id=client_id(), queue=to(QueueKind.GENERAL)))
    await talk.theirs.closed()
    first = (await talk.mine.hear(SessionQueued)).by
    await talk.representative.accept(talk.desk, talk.session)
    assert (await talk.mine.hear(SessionAccepted)).participant.id == first
    theirs, welcome = await talk.representative.session(talk.session)
    assert welcome.snapshot is not None
    assert welcome.snapshot.left == ()
    assert len(welcome.snapshot.participants) == 2
    await theirs.close()


@pytest.mark.parametrize("wish", [to(QueueKind.TEAM, "nosuchteam"), to(QueueKind.PERSONAL, "x")])
async def test_nobody_is_passed_on_to_nowhere(world: World, wish: QueueWish) -> None:
    talk = await world.talk()
    await talk.theirs.ask(SessionTransfer(id=client_id(), queue=wish))
    assert (await talk.theirs.hear(Refused)).code is ErrorCode.NOT_FOUND
    await say(talk.theirs, "still here")


async def invited(world: World, talk: Talk) -> tuple[Colleague, InvitationMade]:
    """A colleague who was invited into the talk."""
    linus = await colleague(world, "linus")
    wish = to(QueueKind.PERSONAL, linus.user)
    await talk.theirs.ask(InvitationMake(id=client_id(), queue=wish))
    return linus, await talk.theirs.hear(InvitationMade)


async def join(talk: Talk, linus: Colleague, made: InvitationMade) -> Socket:
    """The colleague's socket in the session."""
    await linus.desk.ask(InvitationAccept(id=client_id(), session=talk.session, invitation=made.id))
    assert isinstance(await linus.desk.answer(), Ack)
    socket, _ = await linus.person.session(talk.session)
    return socket


async def test_an_invited_colleague_joins_and_leaves(world: World) -> None:
    talk = await world.talk()
    linus, made = await invited(world, talk)
    seen = await entry(linus.desk)
    assert (seen.invitation, seen.session) == (made.id, talk.session)
    theirs = await join(talk, linus, made)
    joined = await talk.mine.hear(RepresentativeJoined)
    assert joined.participant.name == "Linus"
    assert (await talk.theirs.hear(InvitationOver)).id == made.id
    await say(theirs, "Hello from both of us")
    assert (await talk.mine.hear(ChatPosted)).by == joined.participant.id
    await theirs.ask(SessionLeave(id=client_id()))
    assert (await talk.mine.hear(RepresentativeLeft)).why is Departure.LEFT
    assert await theirs.closed() == CloseCode.GONE
    await talk.theirs.ask(SessionLeave(id=client_id()))
    assert (await talk.theirs.hear(Refused)).code is ErrorCode.NOT_NOW
    assert not any(isinstance(one, (InvitationMade, InvitationOver)) for one in talk.mine.heard)


async def test_an_invitation_is_withdrawn_and_only_for_the_invited(world: World) -> None:
    talk = await world.talk()
    linus, made = await invited(world, talk)
    other = await colleague(world, "grace")
    follow = InvitationAccept(id=client_id(), session=talk.session, invitation=made.id)
    await other.desk.ask(follow)
    assert (await other.desk.hear(Refused)).code is ErrorCode.FORBIDDEN
    await talk.theirs.ask(InvitationWithdraw(id=client_id(), invitation=made.id))
    await talk.theirs.hear(InvitationOver)
    await linus.desk.ask(follow)
    assert (await linus.desk.hear(Refused)).code is ErrorCode.NOT_NOW


async def test_a_lost_representative_leaves_it_to_who_stays(world: World) -> None:
    talk = await world.talk()
    linus, made = await invited(world, talk)
    theirs = await join(talk, linus, made)
    await talk.mine.hear(RepresentativeJoined)
    await gone(talk)
    world.later(61)
    assert (await talk.mine.hear(RepresentativeLeft)).why is Departure.LOST
    await say(theirs, "I am still here")
    await talk.mine.hear(ChatPosted)


async def test_a_lost_representative_who_was_alone_gives_back_to_the_queue(world: World) -> None:
    talk = await world.talk()
    linus = await colleague(world, "linus")
    await gone(talk)
    world.later(59)
    await say(talk.mine, "are you there?")
    assert not any(isinstance(one, SessionQueued) for one in talk.mine.heard)
    world.later(2)
    queued = await talk.mine.hear(SessionQueued)
    assert queued.cause is QueueCause.LOST
    await talk.mine.ask(ChatPost(id=client_id(), text="I wait"))
    assert (await entry(linus.desk)).cause is QueueCause.LOST


async def test_who_comes_back_in_time_keeps_the_session(world: World) -> None:
    talk = await world.talk()
    await talk.theirs.close()
    world.later(50)
    theirs, _ = await talk.representative.session(talk.session)
    world.later(50)
    await say(theirs, "back again")
    assert not any(isinstance(one, SessionQueued) for one in theirs.heard)


async def gone(talk: Talk) -> None:
    """The representative's computer is off, and the relay knows."""
    await talk.theirs.close()
    await talk.desk.close()
    while (await talk.mine.hear(Present)).on:
        pass


async def test_with_nobody_left_the_session_is_orphaned(world: World) -> None:
    await world.configure(orphaned_url="https://example.org/help")
    talk = await world.talk()
    await gone(talk)
    world.later(61)
    ended = await talk.mine.hear(SessionEnded)
    assert (ended.reason, ended.url) == (EndReason.ORPHANED, "https://example.org/help")
    assert ended.text
