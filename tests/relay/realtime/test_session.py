"""One session over real sockets: in, accepted, talked, ended."""

import asyncio

import msgspec
import pytest

from protocol import limits
from protocol.api import Problem
from protocol.errors import CloseCode, ErrorCode
from protocol.facts import ChatPosted, EndReason, NotePosted, SessionAccepted, SessionEnded
from protocol.identity import hello_to_sign
from protocol.machines import SessionState
from protocol.requests import (
    ChatPost,
    ChatSeen,
    ChatTyping,
    KeyCancel,
    NotePost,
    PresenceSet,
    SessionAccept,
    SessionEnd,
)
from protocol.roles import Presence
from protocol.signals import (
    Ack,
    DeskState,
    Present,
    QueuePlace,
    Refused,
    Seen,
    Typing,
)
from relay.app import Tuning
from tests.conftest import CHEAP, World
from tests.peers import Socket, client_id, replayed, say


async def test_from_key_to_end(world: World) -> None:
    ada = await world.representative("ada")
    desk = await ada.desk()
    key = await ada.make_key(desk)
    assert key.link == f"{world.origin}/join/{key.key}"
    customer = await world.customer()
    joined = await customer.join(key.key)
    mine, welcome = await customer.connect()
    assert welcome.snapshot is not None
    assert welcome.snapshot.state is SessionState.WAITING
    assert (await mine.hear(QueuePlace)).position == 1
    while not (state := await desk.hear(DeskState)).queue or not state.queue[0].present:
        pass
    assert (state.queue[0].customer, state.queue[0].system) == ("Grace", "Debian 12")
    assert state.keys == ()

    await ada.accept(desk, joined.session)
    theirs, theirs_welcome = await ada.session(joined.session)
    assert (await mine.hear(SessionAccepted)).participant.name == "Ada"
    for n in range(10):
        await say(mine, f"customer {n}")
        assert (await theirs.hear(ChatPosted)).text == f"customer {n}"
        await say(theirs, f"representative {n}")
        while (await mine.hear(ChatPosted)).text != f"representative {n}":
            pass
    await theirs.ask(SessionEnd(id=client_id()))
    ended = await mine.hear(SessionEnded)
    assert (ended.by, ended.reason) == (theirs_welcome.participant, EndReason.CLOSED)
    assert await mine.closed() == CloseCode.GONE
    assert [one.seq for one in mine.facts] == list(range(2, 24))


async def test_the_identity_signs_the_hello(world: World) -> None:
    talk = await world.talk()
    await talk.mine.close()
    _, welcome = await talk.customer.connect()
    assert welcome.identity == world.relay.identity.public_text == talk.customer.joined.identity
    assert welcome.signature
    assert hello_to_sign("https://a", "b") != hello_to_sign("https://a\nb", "")


async def test_two_accept_and_one_wins(world: World) -> None:
    people = [await world.representative(name) for name in ("ada", "linus")]
    desks = [await person.desk() for person in people]
    for _ in range(20):
        customer = await world.customer()
        key = await people[0].make_key(desks[0], own=False)
        joined = await customer.join(key.key)
        await asyncio.gather(
            *(desk.ask(SessionAccept(id=client_id(), session=joined.session)) for desk in desks)
        )
        answers = [await desk.answer() for desk in desks]
        assert sorted(type(one).__name__ for one in answers) == ["Ack", "Refused"]
        (loser,) = [one for one in answers if isinstance(one, Refused)]
        winner = "Ada" if isinstance(answers[0], Ack) else "Linus"
        assert (loser.code, loser.detail) == (ErrorCode.TAKEN, winner)


async def test_an_own_queue_is_nobody_elses(world: World) -> None:
    ada, linus = [await world.representative(name) for name in ("ada", "linus")]
    desk, other = await ada.desk(), await linus.desk()
    joined = await (await world.customer()).join((await ada.make_key(desk, own=True)).key)
    while not (await desk.hear(DeskState)).queue:
        pass
    await other.ask(PresenceSet(presence=Presence.BUSY))
    while (state := await other.hear(DeskState)).presence is not Presence.BUSY:
        pass
    assert state.queue == ()
    await other.ask(SessionAccept(id=client_id(), session=joined.session))
    assert (await other.hear(Refused)).code is ErrorCode.FORBIDDEN


async def test_typing_seen_and_presence_pass_on(world: World) -> None:
    talk = await world.talk()
    await talk.mine.ask(ChatTyping(on=True))
    typing = await talk.theirs.hear(Typing)
    assert typing.on
    ack = await say(talk.mine, "hello")
    await talk.theirs.ask(ChatSeen(seq=ack.seq))
    assert (await talk.mine.hear(Seen)).seq == ack.seq
    await talk.theirs.close()
    while (await talk.mine.hear(Present)).on:
        pass
    _, welcome = await talk.representative.session(talk.session)
    assert welcome.seen[welcome.participant] == ack.seq


async def test_notes_never_reach_the_customer(world: World) -> None:
    talk = await world.talk()
    await talk.theirs.ask(NotePost(id=client_id(), text="sounds worried"))
    note = await talk.theirs.hear(NotePosted)
    await say(talk.theirs, "hello")
    await talk.mine.hear(ChatPosted)
    assert not any(isinstance(one, NotePosted) for one in talk.mine.heard)
    await talk.mine.close()
    _, welcome = await talk.customer.connect()
    assert welcome.snapshot is not None
    assert (welcome.snapshot.notes, welcome.snapshot.desk_seq) == ((), 0)
    _, theirs = await talk.representative.session(talk.session)
    assert theirs.snapshot is not None
    assert theirs.snapshot.notes == (note,)


async def test_who_returns_hears_exactly_what_it_missed(world: World) -> None:
    talk = await world.talk()
    await say(talk.mine, "before")
    held = max(one.seq for one in talk.mine.facts)
    await talk.mine.close()
    for n in range(5):
        await say(talk.theirs, f"missed {n}")
    mine, welcome = await talk.customer.connect(last=held)
    assert (welcome.snapshot, welcome.seq) == (None, held + 5)
    assert [(await mine.hear(ChatPosted)).text for _ in range(5)] == [
        f"missed {n}" for n in range(5)
    ]


async def test_snapshot_and_facts_agree(world: World) -> None:
    """The law: what somebody saw from the start equals a fresh snapshot."""
    talk = await world.talk()
    _, first = await talk.representative.session(talk.session)
    theirs, first = await talk.representative.session(talk.session)
    assert first.snapshot is not None
    for n in range(3):
        await say(talk.mine, f"line {n}")
        await theirs.ask(NotePost(id=client_id(), text=f"note {n}"))
        await theirs.hear(NotePosted)
    await theirs.ask(SessionEnd(id=client_id()))
    await theirs.hear(SessionEnded)
    _, fresh = await talk.representative.session(talk.session)
    assert replayed(first.snapshot, theirs.facts) == fresh.snapshot


async def test_a_line_sent_twice_is_posted_once(world: World) -> None:
    talk = await world.talk()
    line = ChatPost(id=client_id(), text="once")
    acks = []
    for _ in range(3):
        await talk.mine.ask(line)
        acks.append(await talk.mine.hear(Ack))
    assert acks[0] == acks[1] == acks[2]
    await say(talk.mine, "after")
    while (await talk.theirs.hear(ChatPosted)).text != "after":
        pass
    assert [one.text for one in talk.theirs.facts if isinstance(one, ChatPosted)] == [
        "once",
        "after",
    ]


async def test_a_newer_socket_replaces_the_older(world: World) -> None:
    talk = await world.talk()
    newer, _ = await talk.customer.connect()
    assert await talk.mine.closed() == CloseCode.REPLACED
    await say(newer, "still here")
    assert (await talk.theirs.hear(ChatPosted)).text == "still here"
    assert not any(isinstance(one, Present) for one in talk.theirs.heard)


async def until_present(desk: Socket, *, present: bool) -> None:
    """Until the only customer in the queue is there, or away."""
    while True:
        state = await desk.hear(DeskState)
        if state.queue and state.queue[0].present is present:
            return


async def test_who_has_not_come_yet_is_awaited_as_long_as_the_code_is_good(world: World) -> None:
    ada = await world.representative("ada")
    desk = await ada.desk()
    customer = await world.customer()
    joined = await customer.join((await ada.make_key(desk)).key)
    room = world.relay.hub.rooms[joined.session]
    loop = asyncio.get_running_loop()
    assert room.grace is not None
    assert room.grace.when() - loop.time() > limits.JOIN_CODE_S - 60
    mine, _ = await customer.connect()
    await until_present(desk, present=True)
    await mine.close()
    await until_present(desk, present=False)
    assert room.grace is not None
    assert room.grace.when() - loop.time() < limits.RECONNECT_GRACE_S + 1


async def test_a_cancelled_key_leads_nowhere(world: World) -> None:
    ada = await world.representative("ada")
    desk = await ada.desk()
    key = await ada.make_key(desk)
    await desk.ask(KeyCancel(id=client_id(), key=key.key))
    await desk.hear(Ack)
    customer = await world.customer()
    body = {"key": key.key}
    async with customer.http.post(f"{world.origin}/api/join", json=body) as answer:
        problem = msgspec.json.decode(await answer.read(), type=Problem)
    assert problem.code is ErrorCode.KEY_EXPIRED


class TestGrace:
    @pytest.fixture
    def tuning(self) -> Tuning:
        return Tuning(grace_s=0.05, hasher=CHEAP)

    async def test_a_customer_who_stays_away_ends_the_session(self, world: World) -> None:
        ada = await world.representative("ada")
        desk = await ada.desk()
        customer = await world.customer()
        joined = await customer.join((await ada.make_key(desk)).key)
        mine, _ = await customer.connect()
        await ada.accept(desk, joined.session)
        theirs, _ = await ada.session(joined.session)
        await mine.close()
        ended = await theirs.hear(SessionEnded)
        assert (ended.by, ended.reason) == ("", EndReason.LINK_LOST)
