"""What waits on the channel for one peer."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import limits
from protocol.channel import HEADER, Flag, Header, Joiner, Kind, parts, peek
from protocol.screen import CURSOR_HEAD_BYTES
from relay.realtime.channel_lane import ChannelLane
from relay.realtime.frame_lane import LARGEST, FrameLane
from tests.peers import header

MOST = limits.CHANNEL_PAYLOAD_BYTES
KEY, DELTA = Flag.KEY, Flag(0)


def frame(seq: int, size: int = 100, *, key: bool = False, epoch: int = 1) -> list[bytes]:
    """The parts of one picture."""
    flags = KEY if key else DELTA
    return parts(header(Kind.FRAME, seq, flags=flags, epoch=epoch), bytes(size))


def put(lane: FrameLane | ChannelLane, messages: list[bytes], now: float = 0.0) -> int:
    """Queue messages one after the other; how many were dropped for it."""
    return sum(lane.put(peek(one), one, now) for one in messages)


def rest(lane: FrameLane | ChannelLane) -> list[Header]:
    """What is still to come, taken."""
    found = []
    while lane:
        found.append(peek(lane.take()))
    return found


def seqs(headers: list[Header]) -> list[int]:
    return [one.seq for one in headers]


def test_pictures_come_out_as_they_came() -> None:
    lane = FrameLane()
    sent = [*frame(1, 3 * MOST, key=True), *frame(2, 10), *frame(3, MOST + 1)]
    assert put(lane, sent) == 0
    assert [lane.take() for _ in sent] == sent
    assert not lane
    with pytest.raises(IndexError):
        lane.take()


def test_a_picture_may_be_taken_while_its_end_is_still_to_come() -> None:
    lane = FrameLane()
    first, middle, last = frame(1, 3 * MOST, key=True)
    assert put(lane, [first]) == 0
    assert lane.take() == first
    assert not lane
    assert put(lane, [middle, last, *frame(2)]) == 0
    assert seqs(rest(lane)) == [1, 1, 2]


def test_who_does_not_keep_up_loses_whole_pictures_until_the_next_key() -> None:
    lane = FrameLane(frames=2)
    assert put(lane, frame(1, key=True)) == 0
    assert put(lane, [*frame(2), *frame(3)]) == 0
    assert put(lane, frame(4)) == 3, "with the two that waited behind the first"
    assert put(lane, [*frame(5, 3 * MOST), *frame(6)]) == 4
    assert put(lane, frame(7, key=True)) == 0
    assert put(lane, frame(8)) == 0
    assert seqs(rest(lane)) == [1, 7, 8]


def test_a_key_takes_the_place_of_what_nobody_could_see_in_time() -> None:
    lane = FrameLane(frames=2)
    put(lane, [*frame(1, key=True), *frame(2), *frame(3)])
    assert put(lane, frame(4, key=True)) == 2
    assert put(lane, frame(5)) == 0
    assert seqs(rest(lane)) == [1, 4, 5]


def test_a_picture_that_grows_too_large_is_dropped_with_the_parts_that_waited() -> None:
    lane = FrameLane(size=2 * MOST)
    put(lane, frame(1, key=True))
    assert put(lane, frame(2, 4 * MOST)) == 4
    assert put(lane, frame(3)) == 1
    assert put(lane, frame(4, key=True)) == 0
    assert seqs(rest(lane)) == [1, 4]


def test_what_waits_too_long_is_dropped_but_the_first_in_line_gets_through() -> None:
    """Else a link that needs longer than that for one picture would never see any."""
    lane = FrameLane(late_s=1.5)
    put(lane, frame(1, 40 * MOST, key=True), now=0.0)
    put(lane, frame(2), now=0.1)
    assert put(lane, frame(3), now=1.6) == 0
    assert put(lane, frame(4), now=1.7) == 3
    assert put(lane, frame(5, key=True), now=60.0) == 0
    assert put(lane, frame(6), now=61.0) == 0
    assert seqs(rest(lane)) == [1] * 40 + [5, 6]


@pytest.mark.parametrize("begun", [False, True])
def test_the_first_in_line_may_be_as_large_as_a_picture_can_be_and_no_larger(begun: bool) -> None:
    lane = FrameLane()
    largest = frame(1, limits.FRAME_BYTES, key=True)
    assert sum(map(len, largest)) <= LARGEST
    assert put(lane, largest[:1]) == 0
    taken = [lane.take()] if begun else []
    assert put(lane, largest[1:]) == 0
    assert [*taken, *(lane.take() for _ in range(len(largest) - begun))] == largest
    endless = frame(2, limits.FRAME_BYTES + 2 * MOST, key=True)
    assert put(lane, endless) >= len(endless) - 1
    assert not lane


def test_a_new_picture_ends_one_that_never_got_whole() -> None:
    lane = FrameLane()
    first, second, _last = frame(1, 3 * MOST, key=True)
    put(lane, [first])
    lane.take()
    assert put(lane, frame(2, key=True)) == 0
    assert put(lane, [second]) == 1, "too late"
    assert seqs(rest(lane)) == [2]


def test_a_part_without_a_beginning_is_dropped() -> None:
    lane = FrameLane()
    first, second, last = frame(1, 3 * MOST, key=True)
    assert put(lane, [second, last]) == 2
    assert put(lane, [first, frame(2, 3 * MOST)[1], second, last]) == 1
    assert len(rest(lane)) == 3


def test_what_is_over_is_gone_at_once_and_the_next_picture_is_a_key() -> None:
    lane = FrameLane()
    put(lane, [*frame(1, 3 * MOST, key=True), *frame(2), *frame(3, 2 * MOST)[:1]])
    lane.take()
    assert lane.keep(lambda one: one.epoch == 2) == 4
    assert not lane
    assert put(lane, frame(3, 2 * MOST)[1:]) == 1
    assert put(lane, frame(1, epoch=2)) == 1
    assert put(lane, frame(2, key=True, epoch=2)) == 0
    assert seqs(rest(lane)) == [2]


@given(data=st.data())
def test_whatever_comes_and_goes_a_viewer_never_gets_a_picture_without_the_one_before(
    data: st.DataObject,
) -> None:
    """And the lane never holds more than it may, nor counts other than what is lost."""
    lane, seen, now = FrameLane(frames=3, size=3 * MOST), Joiner(limits.FRAME_BYTES), 0.0
    whole: list[Header] = []
    sent = dropped = taken = 0
    for seq in range(1, data.draw(st.integers(1, 25)) + 1):
        size = data.draw(st.integers(0, 4 * MOST))
        picture = frame(seq, size, key=seq == 1 or data.draw(st.booleans()))
        sent += len(picture)
        dropped += put(lane, picture, now)
        now += data.draw(st.sampled_from([0.0, 0.1, 2.0]))
        for _ in range(data.draw(st.integers(0, 6))):
            if not lane:
                break
            taken += 1
            if (done := seen.add(lane.take())) is not None:
                whole.append(done[0])
    while lane:
        taken += 1
        if (done := seen.add(lane.take())) is not None:
            whole.append(done[0])
    assert sent == dropped + taken
    for before, after in pairwise(whole):
        assert after.seq == before.seq + 1 or after.flags & KEY


def beat(seq: int) -> list[bytes]:
    return parts(header(Kind.BEAT, seq), b"")


def place(seq: int) -> list[bytes]:
    return parts(header(Kind.CURSOR, seq), bytes(CURSOR_HEAD_BYTES))


def shape(seq: int, size: int = 100) -> list[bytes]:
    return parts(header(Kind.CURSOR, seq), bytes(CURSOR_HEAD_BYTES + size))


def test_small_things_pass_the_parts_of_a_picture() -> None:
    lane = ChannelLane()
    put(lane, [*frame(1, 3 * MOST, key=True), *beat(1), *place(1)])
    kinds = [one.kind for one in rest(lane)]
    assert kinds == [Kind.BEAT, Kind.CURSOR] + [Kind.FRAME] * 3


def test_a_newer_beat_place_or_acknowledgement_takes_the_place_of_the_older() -> None:
    lane = ChannelLane()
    ack = [parts(header(Kind.ACKNOWLEDGEMENT, n, sender=1), b"")[0] for n in range(50)]
    other = parts(header(Kind.ACKNOWLEDGEMENT, 7, sender=2), b"")
    assert put(lane, [*beat(1), *place(1), ack[0], *other]) == 0
    assert put(lane, [*beat(2), *place(2), *ack[1:]]) == 0
    assert seqs(rest(lane)) == [2, 2, 49, 7]
    assert put(lane, beat(3)) == 0
    assert seqs(rest(lane)) == [3]


@pytest.mark.parametrize("size", [1, 2 * MOST])
def test_a_shape_of_the_pointer_is_never_replaced_and_never_overtaken(size: int) -> None:
    lane = ChannelLane()
    assert put(lane, [*place(1), *place(2), *shape(3, size), *place(4), *place(5)]) == 0
    assert put(lane, shape(6, size)) == 0
    count = len(shape(3, size))
    assert seqs(rest(lane)) == [2, *[3] * count, 5, *[6] * count]


@pytest.mark.parametrize("kind", [Kind.SCREEN, Kind.WISH, Kind.INPUT])
def test_what_must_not_be_lost_keeps_its_order(kind: Kind) -> None:
    lane = ChannelLane()
    sent = [one for n in range(100) for one in parts(header(kind, n), b"x" * n)]
    assert put(lane, sent) == 0
    assert [lane.take() for _ in sent] == sent


@pytest.mark.parametrize("kind", [Kind.SCREEN, Kind.WISH, Kind.INPUT])
def test_when_there_is_too_much_of_it_the_oldest_goes(kind: Kind) -> None:
    lane = ChannelLane(messages=10)
    sent = [one for n in range(25) for one in parts(header(kind, n), b"")]
    assert put(lane, sent) == 15
    assert seqs(rest(lane)) == list(range(15, 25))
    lane = ChannelLane(size=3 * (HEADER.size + 10))
    assert put(lane, [one for n in range(5) for one in parts(header(kind, n), bytes(10))]) == 2
    assert seqs(rest(lane)) == [2, 3, 4]


def test_replacing_and_taking_leave_nothing_counted() -> None:
    lane = ChannelLane(messages=3, size=3 * (HEADER.size + CURSOR_HEAD_BYTES))
    for n in range(1_000):
        assert put(lane, [*beat(n), *place(n)]) == 0
        if n % 7 == 0:
            assert seqs(rest(lane)) == [n, n]


def test_one_senders_messages_go_and_those_of_others_stay() -> None:
    lane = ChannelLane()
    for sender in (1, 2):
        for kind in (Kind.INPUT, Kind.ACKNOWLEDGEMENT, Kind.WISH):
            put(lane, parts(header(kind, sender, sender=sender), b"x"))
    assert lane.keep(lambda one: one.sender == 2) == 3
    newer = parts(header(Kind.ACKNOWLEDGEMENT, 9, sender=2), b"")
    assert put(lane, newer) == 0
    found = rest(lane)
    assert {one.sender for one in found} == {2}
    assert seqs(found) == [2, 9, 2], "the acknowledgement was replaced where it stood"
