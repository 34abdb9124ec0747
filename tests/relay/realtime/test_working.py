"""What goes on beside the conversation, over real sockets: nudges, holds, removal, two words."""

from protocol.errors import CloseCode, ErrorCode
from protocol.facts import Departure, RepresentativeJoined, RepresentativeLeft, SignedInBy
from protocol.queues import QueueKind, QueueWish
from protocol.requests import ChatPost, InvitationAccept, InvitationMake
from protocol.signals import Ack, DeskState, DeskWelcome, Refused
from protocol.working import NudgeMark
from protocol.working_facts import LinkPushed, NudgeSent, NudgeTold, SessionHeld
from protocol.working_requests import (
    LinkPush,
    NudgeSend,
    NudgeTell,
    RepresentativeRemove,
    SessionHold,
)
from relay.domain.two_words import listed
from tests.conftest import World
from tests.peers import carried_out, client_id


async def test_a_nudge_and_what_became_of_it_reach_both_sides(world: World) -> None:
    talk = await world.talk()
    await carried_out(talk.theirs, NudgeSend(id="nudge-001"))
    assert (await talk.mine.hear(NudgeSent)).id == "nudge-001"
    for mark in NudgeMark:
        tell = NudgeTell(id=client_id(), nudge="nudge-001", mark=mark)
        assert isinstance(await carried_out(talk.mine, tell), Ack)
        assert (await talk.theirs.hear(NudgeTold)).mark is mark
    assert isinstance(await carried_out(talk.mine, tell), Ack), "the same request once more"
    refused = await carried_out(talk.theirs, NudgeSend(id="nudge-001"))
    assert isinstance(refused, Ack), "repeated, and rung once"
    assert sum(isinstance(one, NudgeSent) for one in talk.mine.facts) == 1


async def test_a_page_and_a_hold_are_facts(world: World) -> None:
    talk = await world.talk()
    url = "https://acme.example/driver"
    await carried_out(talk.theirs, LinkPush(id=client_id(), url=url))
    assert (await talk.mine.hear(LinkPushed)).url == url
    await carried_out(talk.theirs, SessionHold(id=client_id()))
    held = await talk.mine.hear(SessionHeld)
    _, welcome = await talk.customer.connect()
    assert welcome.snapshot is not None
    assert welcome.snapshot.holder == held.by


async def test_who_is_taken_out_is_out_at_once(world: World) -> None:
    talk = await world.talk()
    linus = await world.representative("linus")
    desk = await linus.desk()
    account = await world.relay.parts.accounts.by_name("linus")
    assert account
    wish = QueueWish(kind=QueueKind.PERSONAL, id=account[0].id)
    await talk.theirs.ask(InvitationMake(id=client_id(), queue=wish))
    while not (state := await desk.hear(DeskState)).queue:
        pass
    invitation = state.queue[0].invitation
    follow = InvitationAccept(id=client_id(), session=talk.session, invitation=invitation)
    await carried_out(desk, follow)
    socket, _ = await linus.session(talk.session)
    joined = (await talk.mine.hear(RepresentativeJoined)).participant
    await carried_out(talk.theirs, RepresentativeRemove(id=client_id(), who=joined.id))
    assert await socket.closed() == CloseCode.GONE
    left = await talk.mine.hear(RepresentativeLeft)
    assert (left.by, left.why) == (joined.id, Departure.REMOVED)
    assert left.remover == talk.theirs.participant
    again = await carried_out(talk.theirs, RepresentativeRemove(id=client_id(), who=joined.id))
    assert isinstance(again, Refused)
    assert again.code is ErrorCode.NOT_NOW


async def test_both_sides_have_the_same_two_words_and_the_desk_none(world: World) -> None:
    talk = await world.talk()
    mine, welcome = await talk.customer.connect()
    theirs, other = await talk.representative.session(talk.session)
    first, second = welcome.words
    assert other.words == welcome.words
    assert {first, second} <= set(listed("en"))
    assert first != second
    (desk,) = [one for one in talk.desk.heard if isinstance(one, DeskWelcome)]
    assert "words" not in desk.__struct_fields__
    for socket in (mine, theirs):
        await socket.close()


async def test_who_helps_stands_for_a_team_and_says_how_they_signed_in(world: World) -> None:
    ada = await world.representative("ada")
    team = await world.team("Billing", "ada")
    desk = await ada.desk()
    key = await ada.make_key(desk, own=False, team=team)
    customer = await world.customer()
    joined = await customer.join(key.key)
    mine, _ = await customer.connect()
    await ada.accept(desk, joined.session)
    theirs, welcome = await ada.session(joined.session)
    assert welcome.snapshot is not None
    helper = welcome.snapshot.participants[1]
    assert (helper.team, helper.sign_in) == ("Billing", SignedInBy.PASSWORD)
    await carried_out(theirs, ChatPost(id=client_id(), text="Hello"))
    await mine.close()
