"""A viewer that does not keep up harms nobody; and what is over is not sent any more."""

from collections.abc import AsyncIterator, Callable

import pytest

from protocol import limits
from protocol.channel import Flag, Kind, peek
from protocol.facts import ChatPosted, RepresentativeLeft
from protocol.requests import SessionLeave
from protocol.share_facts import GrantOver, ShareEnded
from protocol.share_requests import (
    GrantTake,
    ShareEnd,
    SharePause,
    ShareRequest,
    ShareStart,
)
from protocol.sharing import Grant, Scope
from protocol.signals import Ack
from relay.domain.channel import Drop
from tests.conftest import Talk, World
from tests.peers import Socket, carried_out, client_id, header, say, share
from tests.relay.realtime.watching import (
    dropped,
    go_on_reading,
    key,
    peer,
    second,
    seqs,
    settled,
    stop_reading,
)

PICTURE = bytes(4 * limits.CHANNEL_PAYLOAD_BYTES)
MOST = 1_000
STUCK = 60
"""So many full parts are more than all buffers on the way still take: some go on waiting."""


@pytest.fixture
async def talk(world: World) -> AsyncIterator[Talk]:
    talk = await world.talk()
    yield talk
    go_on_reading(talk.theirs)
    go_on_reading(talk.mine)


async def fill(world: World, talk: Talk, *watching: Socket, first: int = 1) -> int:
    """Show pictures until some wait for Ada, who reads nothing; the number of the last one.
    Those who are `watching` see each of them before the next one comes."""
    for seq in range(first, first + MOST):
        sent = key(seq) if seq == first else header(Kind.FRAME, seq)
        await talk.mine.send_channel(sent, PICTURE)
        for viewer in watching:
            while (await viewer.receive_channel())[0].seq != seq:
                pass
        await settled(talk.mine)
        if len(peer(world, talk, talk.theirs).channel) >= STUCK:
            return seq
        world.clock.ahead_s += 0.02  # so fast is no customer
    raise AssertionError("the network took everything")


async def test_a_slow_viewer_costs_nobody_else_anything(world: World, talk: Talk) -> None:
    linus = await second(world, talk)
    await share(talk.mine, talk.theirs)
    stop_reading(talk.theirs)
    seq = await fill(world, talk, linus)
    while not dropped(world).get(Drop.SLOW):
        seq += 1
        await talk.mine.send_channel(header(Kind.FRAME, seq), PICTURE)
        while (await linus.receive_channel())[0].seq != seq:
            pass
    assert set(dropped(world)) == {Drop.SLOW}
    assert sorted(set(seqs(linus))) == list(range(1, seq + 1)), "Linus saw every picture"
    await say(linus, "all fine here")
    await say(talk.mine, "here, too")
    await talk.mine.send_channel(header(Kind.FRAME, seq + 1), PICTURE)
    await talk.mine.send_channel(key(seq + 2), b"key")
    await talk.mine.send_channel(header(Kind.FRAME, seq + 3), b"on it")
    await settled(talk.mine)
    go_on_reading(talk.theirs)
    while (await talk.theirs.receive_channel())[0].seq != seq + 3:
        pass
    await settled(talk.theirs)
    heard = [one.text for one in talk.theirs.facts if isinstance(one, ChatPosted)]
    assert heard == ["all fine here", "here, too"]
    assert_no_picture_without_the_one_before(talk.theirs)
    assert seq + 1 not in seqs(talk.theirs)


def assert_no_picture_without_the_one_before(viewer: Socket) -> None:
    last = 0
    for message in viewer.channel:
        found = peek(message)
        if found.kind is Kind.FRAME and found.flags & Flag.FIRST:
            assert found.seq == last + 1 or found.flags & Flag.KEY
            last = found.seq


async def test_the_conversation_goes_before_the_pictures(world: World, talk: Talk) -> None:
    await share(talk.mine, talk.theirs)
    stop_reading(talk.theirs)
    seq = await fill(world, talk)
    await talk.mine.send_channel(header(Kind.FRAME, seq + 1), b"waits")
    await say(talk.mine, "said later than that was shown")
    go_on_reading(talk.theirs)
    await talk.theirs.hear(ChatPosted)
    assert seq + 1 not in seqs(talk.theirs)
    while (await talk.theirs.receive_channel())[0].seq != seq + 1:
        pass


async def test_of_pointers_and_beats_the_newest_counts(world: World, talk: Talk) -> None:
    await share(talk.mine, talk.theirs)
    stop_reading(talk.theirs)
    seq = await fill(world, talk)
    for n in range(1, 101):
        await talk.mine.send_channel(header(Kind.BEAT, n))
        await talk.mine.send_channel(header(Kind.CURSOR, n), bytes(17))
        await talk.mine.send_channel(header(Kind.SCREEN, n), b"{}")
    await settled(talk.mine)
    go_on_reading(talk.theirs)
    while seq not in seqs(talk.theirs):
        await talk.theirs.receive_part()
    for kind in (Kind.BEAT, Kind.CURSOR):
        found = seqs(talk.theirs, kind)
        assert found == sorted(set(found))
        assert found[-1] == 100
    assert seqs(talk.theirs, Kind.SCREEN) == list(range(1, 101))


def end(_: str) -> ShareRequest:
    return ShareEnd(id=client_id())


def pause(_: str) -> ShareRequest:
    return SharePause(id=client_id())


def new_epoch(_: str) -> ShareRequest:
    return ShareStart(id=client_id(), share=1, epoch=2, scope=Scope.CHOSEN)


def taken(to: str) -> ShareRequest:
    return GrantTake(id=client_id(), grant=Grant.VIEW, to=to)


@pytest.mark.parametrize("over", [end, pause, new_epoch, taken])
async def test_what_waits_for_a_viewer_when_it_is_over_is_never_sent(
    world: World, talk: Talk, over: Callable[[str], ShareRequest]
) -> None:
    linus = await second(world, talk)
    await share(talk.mine, talk.theirs)
    stop_reading(talk.theirs)
    seq = await fill(world, talk, linus)
    assert isinstance(await carried_out(talk.mine, over(talk.theirs.participant)), Ack)
    last = max(one.seq for one in talk.mine.facts)
    assert not peer(world, talk, talk.theirs).channel
    assert dropped(world)[Drop.PURGED] > 0
    go_on_reading(talk.theirs)
    while max(one.seq for one in talk.theirs.facts) < last:
        await talk.theirs.event()
    before = len(talk.theirs.channel)
    await say(talk.mine, "after it")
    await talk.theirs.hear(ChatPosted)
    await settled(talk.theirs)
    assert len(talk.theirs.channel) == before, "nothing came behind the word that it is over"
    assert len([one for one in seqs(talk.theirs) if one == seq]) < 4


async def test_who_leaves_is_sent_nothing_more(world: World, talk: Talk) -> None:
    await second(world, talk)
    await share(talk.mine, talk.theirs)
    stop_reading(talk.theirs)
    seq = await fill(world, talk)
    side = peer(world, talk, talk.theirs)
    await talk.theirs.ask(SessionLeave(id=client_id()))
    await talk.mine.hear(RepresentativeLeft)
    assert not side.channel
    go_on_reading(talk.theirs)
    await talk.theirs.closed()
    assert len([one for one in seqs(talk.theirs) if one == seq]) < 4


@pytest.mark.parametrize("how", ["end", "taken"])
async def test_input_that_waits_when_it_is_over_never_reaches_the_customer(
    world: World, talk: Talk, how: str
) -> None:
    await share(talk.mine, talk.theirs, control=True)
    stop_reading(talk.mine)
    batch = bytes(limits.CHANNEL_PAYLOAD_BYTES)
    seq = 0
    while len(peer(world, talk, talk.mine).channel) < STUCK:
        seq += 1
        assert seq < MOST, "the network took everything"
        await talk.theirs.send_channel(header(Kind.INPUT, seq), batch)
        await settled(talk.theirs)
        world.clock.ahead_s += 0.1
    request: ShareRequest = ShareEnd(id=client_id())
    if how == "taken":
        request = GrantTake(id=client_id(), grant=Grant.CONTROL, to=talk.theirs.participant)
    await talk.mine.ask(request)
    await talk.theirs.hear(ShareEnded if how == "end" else GrantOver)
    assert not peer(world, talk, talk.mine).channel
    assert dropped(world)[Drop.PURGED] > 0
    go_on_reading(talk.mine)
    await settled(talk.mine)
    assert seq not in seqs(talk.mine, Kind.INPUT)


async def test_too_much_input_for_a_slow_customer_loses_the_oldest(
    world: World, talk: Talk
) -> None:
    await share(talk.mine, talk.theirs, control=True)
    stop_reading(talk.mine)
    batch = bytes(limits.CHANNEL_PAYLOAD_BYTES)
    seq = 0
    while not dropped(world).get(Drop.SLOW):
        seq += 1
        assert seq < 2 * MOST
        await talk.theirs.send_channel(header(Kind.INPUT, seq), batch)
        await settled(talk.theirs)
        world.clock.ahead_s += 0.1
    go_on_reading(talk.mine)
    while (await talk.mine.receive_channel())[0].seq != seq:
        pass
    found = seqs(talk.mine, Kind.INPUT)
    assert found == sorted(set(found)), "in order, each once"
    assert len(found) < seq
    await say(talk.theirs, "still here")
