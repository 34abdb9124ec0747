"""The channel over real sockets: what passes, and what is dropped for which reason."""

import pytest

from protocol import limits
from protocol.channel import HEADER, MAY_SEND, Flag, Kind, parts, peek
from protocol.errors import CloseCode
from protocol.queues import QueueKind, QueueWish
from protocol.requests import SessionLeave, SessionTransfer
from protocol.roles import Role
from protocol.share_facts import GrantOver, ShareEnded, SharePaused, ShareStarted
from protocol.share_requests import (
    GrantGive,
    GrantReturn,
    GrantTake,
    ShareEnd,
    SharePause,
    ShareStart,
    ShareStop,
)
from protocol.sharing import Grant, Scope, ShareCause
from protocol.signals import Ack
from relay.domain.channel import CUSTOMER_MESSAGES_PER_S, REPRESENTATIVE_MESSAGES_PER_S, Drop
from tests.conftest import World
from tests.peers import carried_out, client_id, header, say, share
from tests.relay.realtime.watching import (
    dropped,
    key,
    passed_bytes,
    second,
    seqs,
    settled,
    told,
)

SHOWS = sorted(MAY_SEND[Role.CUSTOMER])
THEIRS = sorted(MAY_SEND[Role.REPRESENTATIVE])
PAYLOADS = [b"", b"\0", bytes(range(256)) * 10, bytes(limits.CHANNEL_PAYLOAD_BYTES)]


@pytest.mark.parametrize("kind", Kind)
async def test_what_is_sent_arrives_byte_for_byte(world: World, kind: Kind) -> None:
    talk = await world.talk()
    await share(talk.mine, talk.theirs, control=True, clipboard=True)
    mine = kind in SHOWS
    sender, receiver = (talk.mine, talk.theirs) if mine else (talk.theirs, talk.mine)
    for seq, payload in enumerate(PAYLOADS, start=1):
        sent = header(kind, seq, sender=0 if mine else 1, time_us=2**64 - seq)
        await sender.send_channel(sent, payload)
        (message,) = parts(sent, payload)
        assert await receiver.receive_part() == message
    assert dropped(world) == {}
    assert passed_bytes(world) == sum(HEADER.size + len(one) for one in PAYLOADS)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("forged", [0, 1, 2, 255])
async def test_the_relay_says_who_it_was_from(world: World, kind: Kind, forged: int) -> None:
    talk = await world.talk()
    await share(talk.mine, talk.theirs, control=True, clipboard=True)
    mine = kind in SHOWS
    sender, receiver = (talk.mine, talk.theirs) if mine else (talk.theirs, talk.mine)
    await sender.send_channel(header(kind, 5, sender=forged), b"payload")
    arrived, payload = await receiver.receive_channel()
    assert (arrived.sender, arrived.seq, payload) == (0 if mine else 1, 5, b"payload")


async def test_a_long_picture_arrives_in_its_parts(world: World) -> None:
    talk = await world.talk()
    await share(talk.mine, talk.theirs)
    picture = bytes(range(256)) * 1_000
    await talk.mine.send_channel(key(1), picture)
    arrived, payload = await talk.theirs.receive_channel()
    assert (arrived.seq, payload) == (1, picture)


async def test_everybody_who_may_see_gets_it_and_nobody_else(world: World) -> None:
    talk = await world.talk()
    linus = await second(world, talk)
    ken = await second(world, talk, view=False)
    await share(talk.mine, talk.theirs)
    await talk.mine.send_channel(key(1), b"picture")
    for viewer in (talk.theirs, linus):
        assert (await viewer.receive_channel())[1] == b"picture"
    await settled(ken, talk.mine)
    assert (ken.channel, talk.mine.channel) == ([], [])
    await linus.send_channel(header(Kind.WISH), b"w")
    assert (await talk.mine.receive_channel())[0].sender == 2
    await ken.send_channel(header(Kind.WISH), b"w")
    await linus.send_channel(header(Kind.INPUT), b"i")
    await settled(ken, linus, talk.mine)
    assert len(talk.mine.channel) == 1
    assert dropped(world) == {Drop.NO_GRANT: 2}


MALFORMED = [b"", b"\x01", HEADER.pack(1, 1, 12, 0, 1, 1, 1, 1)[:-1]]


@pytest.mark.parametrize(
    ("message", "why"),
    [
        *((one, Drop.MALFORMED) for one in MALFORMED),
        (HEADER.pack(2, 1, 12, 0, 1, 1, 1, 1), Drop.MALFORMED),
        (HEADER.pack(1, 0, 12, 0, 1, 1, 1, 1), Drop.MALFORMED),
        (HEADER.pack(1, 5, 12, 0, 1, 1, 1, 1), Drop.MALFORMED),
        (HEADER.pack(1, 10, 12, 0, 1, 1, 1, 1), Drop.MALFORMED),
        (HEADER.pack(1, 1, 16, 0, 1, 1, 1, 1), Drop.MALFORMED),
        (key(1).pack() + bytes(limits.CHANNEL_PAYLOAD_BYTES + 1), Drop.TOO_BIG),
        (key(1).pack() + bytes(10 * limits.CHANNEL_PAYLOAD_BYTES), Drop.TOO_BIG),
        (key(1, epoch=0).pack(), Drop.OLD_EPOCH),
        (key(1, epoch=2).pack(), Drop.OLD_EPOCH),
        (key(1, share=2).pack(), Drop.FOREIGN_SHARE),
        (header(Kind.INPUT).pack(), Drop.NOT_YOURS),
        (header(Kind.WISH).pack(), Drop.NOT_YOURS),
    ],
    ids=lambda part: part.value if isinstance(part, Drop) else None,
)
async def test_what_may_not_pass_is_dropped_and_harms_nobody(
    world: World, message: bytes, why: Drop
) -> None:
    talk = await world.talk()
    await share(talk.mine, talk.theirs)
    await talk.mine.socket.send_bytes(message)
    await settled(talk.mine, talk.theirs)
    assert dropped(world) == {why: 1}
    assert talk.theirs.channel == []
    await talk.mine.send_channel(key(1), b"still here")
    assert (await talk.theirs.receive_channel())[1] == b"still here"


@pytest.mark.parametrize("kind", [one for one in SHOWS if one not in THEIRS])
async def test_a_representative_shows_nothing(world: World, kind: Kind) -> None:
    talk = await world.talk()
    linus = await second(world, talk)
    await share(talk.mine, talk.theirs, control=True, clipboard=True)
    await talk.theirs.send_channel(header(kind, sender=0), b"forged")
    await settled(talk.theirs, talk.mine, linus)
    assert dropped(world) == {Drop.NOT_YOURS: 1}
    assert (talk.mine.channel, linus.channel) == ([], [])


async def test_before_the_first_start_and_without_a_grant_nothing_passes(world: World) -> None:
    talk = await world.talk()
    for kind in SHOWS:
        await talk.mine.send_channel(header(kind), b"early")
    for kind in THEIRS:
        await talk.theirs.send_channel(header(kind), b"early")
    await settled(talk.mine, talk.theirs)
    assert dropped(world) == {Drop.NO_SHARE: len(SHOWS) + len(THEIRS)}
    assert (talk.mine.channel, talk.theirs.channel) == ([], [])


async def test_nothing_passes_in_a_pause_and_only_the_new_epoch_afterwards(world: World) -> None:
    talk = await world.talk()
    await share(talk.mine, talk.theirs)
    assert isinstance(await carried_out(talk.mine, SharePause(id=client_id())), Ack)
    await talk.theirs.hear(SharePaused)
    await talk.mine.send_channel(key(1), b"in the pause")
    await talk.theirs.send_channel(header(Kind.WISH), b"in the pause")
    await settled(talk.mine, talk.theirs)
    assert dropped(world) == {Drop.PAUSED: 2}
    go_on = ShareStart(id=client_id(), share=1, epoch=2, scope=Scope.CHOSEN)
    assert isinstance(await carried_out(talk.mine, go_on), Ack)
    await talk.theirs.hear(ShareStarted)
    await talk.mine.send_channel(key(2), b"old")
    await talk.mine.send_channel(key(1, epoch=2), b"new")
    assert (await talk.theirs.receive_channel())[1] == b"new"
    assert dropped(world) == {Drop.PAUSED: 2, Drop.OLD_EPOCH: 1}


@pytest.mark.parametrize("by", [ShareCause.CUSTOMER, ShareCause.REPRESENTATIVE])
async def test_after_the_end_nothing_passes_until_there_is_a_new_share(
    world: World, by: ShareCause
) -> None:
    talk = await world.talk()
    await share(talk.mine, talk.theirs, control=True)
    who = talk.mine if by is ShareCause.CUSTOMER else talk.theirs
    stop = ShareEnd if by is ShareCause.CUSTOMER else ShareStop
    assert isinstance(await carried_out(who, stop(id=client_id())), Ack)
    for side in (talk.mine, talk.theirs):
        ended = await told(side, ShareEnded)
        assert (ended.why, ended.by) == (by, who.participant)
    await talk.mine.send_channel(key(9), b"late")
    await talk.theirs.send_channel(header(Kind.INPUT), b"late")
    await settled(talk.mine, talk.theirs)
    assert dropped(world) == {Drop.NO_SHARE: 2}
    await share(talk.mine, talk.theirs, share=2, epoch=2)
    await talk.mine.send_channel(key(1), b"of the first share")
    await talk.theirs.send_channel(header(Kind.INPUT, epoch=2, share=2), b"not given again")
    await talk.mine.send_channel(key(1, share=2, epoch=2), b"of the second")
    assert (await talk.theirs.receive_channel())[1] == b"of the second"
    await settled(talk.theirs, talk.mine)
    assert talk.mine.channel == []
    assert dropped(world) == {Drop.NO_SHARE: 2, Drop.FOREIGN_SHARE: 1, Drop.NO_GRANT: 1}


@pytest.mark.parametrize("grant", [Grant.VIEW, Grant.CONTROL])
@pytest.mark.parametrize("taken", [True, False], ids=["taken", "returned"])
async def test_who_has_no_grant_any_longer_is_cut_off(
    world: World, grant: Grant, taken: bool
) -> None:
    talk = await world.talk()
    linus = await second(world, talk)
    await share(talk.mine, talk.theirs, control=True)
    if taken:
        take = GrantTake(id=client_id(), grant=grant, to=talk.theirs.participant)
        await carried_out(talk.mine, take)
    else:
        await carried_out(talk.theirs, GrantReturn(id=client_id(), grant=grant))
    await told(talk.theirs, GrantOver)
    await talk.theirs.send_channel(header(Kind.INPUT), b"click")
    await talk.mine.send_channel(key(1), b"picture")
    assert (await linus.receive_channel())[1] == b"picture"
    await settled(talk.theirs, talk.mine)
    assert talk.mine.channel == []
    assert bool(talk.theirs.channel) is (grant is Grant.CONTROL)
    assert dropped(world) == {Drop.NO_GRANT: 1}


async def test_who_leaves_is_cut_off_and_the_others_are_not(world: World) -> None:
    talk = await world.talk()
    linus = await second(world, talk)
    await share(talk.mine, talk.theirs)
    await talk.theirs.ask(SessionLeave(id=client_id()))
    assert await talk.theirs.closed() == CloseCode.GONE
    await talk.mine.send_channel(key(1), b"picture")
    assert (await linus.receive_channel())[1] == b"picture"
    assert talk.theirs.channel == []


async def test_who_passes_the_customer_on_sees_nothing_any_longer(world: World) -> None:
    talk = await world.talk()
    wish = QueueWish(kind=QueueKind.TEAM, id=await world.team("Billing"))
    await share(talk.mine, talk.theirs)
    await talk.theirs.ask(SessionTransfer(id=client_id(), queue=wish))
    assert await talk.theirs.closed() == CloseCode.GONE
    await talk.mine.send_channel(key(1), b"to nobody")
    await settled(talk.mine)
    assert dropped(world) == {Drop.ENDED: 1}


async def test_a_viewer_whose_socket_is_gone_loses_only_its_own(world: World) -> None:
    talk = await world.talk()
    linus = await second(world, talk)
    await share(talk.mine, talk.theirs)
    await talk.theirs.close()
    await talk.mine.send_channel(key(1), b"picture")
    assert (await linus.receive_channel())[1] == b"picture"
    back, _ = await talk.representative.session(talk.session)
    await talk.mine.send_channel(key(2), b"next picture")
    assert (await back.receive_channel())[1] == b"next picture"


async def test_more_than_may_come_in_a_second_is_dropped_and_the_talk_goes_on(world: World) -> None:
    talk = await world.talk()
    await share(talk.mine, talk.theirs, control=True)
    for n in range(REPRESENTATIVE_MESSAGES_PER_S + 600):
        await talk.theirs.send_channel(header(Kind.INPUT, n), b"move")
    await settled(talk.theirs)
    assert 0 < dropped(world)[Drop.TOO_MANY] <= 600
    await say(talk.theirs, "still here")
    world.later(2)
    await talk.theirs.send_channel(header(Kind.INPUT, 5_000), b"click")
    while (await talk.mine.receive_channel())[0].seq != 5_000:
        pass
    for n in range(CUSTOMER_MESSAGES_PER_S * 2):
        await talk.mine.send_channel(header(Kind.BEAT, n))
    await say(talk.mine, "so am I")


async def test_a_picture_that_loses_a_part_to_the_limit_loses_the_rest(world: World) -> None:
    talk = await world.talk()
    await share(talk.mine, talk.theirs)
    whole = parts(key(1), bytes(3 * limits.CHANNEL_PAYLOAD_BYTES))
    flood = [header(Kind.BEAT, n).pack() for n in range(CUSTOMER_MESSAGES_PER_S)]
    world.clock.ahead_s += 1 - world.clock.monotonic() % 1  # a second begins now
    for message in [whole[0], *flood]:
        await talk.mine.socket.send_bytes(message)
    await talk.mine.socket.send_bytes(whole[1])
    await settled(talk.mine)
    world.later(1)
    await talk.mine.socket.send_bytes(whole[2])
    await talk.mine.send_channel(key(2), b"next")
    while (arrived := await talk.theirs.receive_channel())[0].kind is not Kind.FRAME:
        pass
    assert arrived[0].seq == 2
    assert seqs(talk.theirs) == [1, 2]


async def test_control_passes_only_after_it_was_given(world: World) -> None:
    talk = await world.talk()
    await share(talk.mine, talk.theirs)
    await talk.theirs.send_channel(header(Kind.INPUT, 1), b"early")
    await settled(talk.theirs)
    give = GrantGive(id=client_id(), grant=Grant.CONTROL, to=talk.theirs.participant)
    assert isinstance(await carried_out(talk.mine, give), Ack)
    await talk.theirs.send_channel(header(Kind.INPUT, 2), b"now")
    assert (await talk.mine.receive_channel())[1] == b"now"
    assert dropped(world) == {Drop.NO_GRANT: 1}


async def test_flags_and_time_are_the_senders_own(world: World) -> None:
    talk = await world.talk()
    await share(talk.mine, talk.theirs)
    for flags in (Flag.KEY, Flag.DROPPABLE, Flag(0), Flag.KEY | Flag.DROPPABLE):
        sent = header(Kind.SCREEN, flags=flags | Flag.FIRST | Flag.LAST, time_us=7)
        await talk.mine.send_channel(sent)
        assert peek(await talk.theirs.receive_part()) == sent
