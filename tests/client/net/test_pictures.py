"""The channel's lane in the client: its order, and what replaces what."""

import pytest

from client.net.pictures import MOST_BYTES, Pictures
from protocol import limits
from protocol.channel import Flag, Header, Joiner, Kind, peek

PART = limits.CHANNEL_PAYLOAD_BYTES


def header(kind: Kind, seq: int = 1) -> Header:
    return Header(kind, Flag(0), 0, 1, 1, seq, 0)


def drain(lane: Pictures) -> list[tuple[Kind, int]]:
    """Kind and number of everything that waits, in order."""
    found = []
    while lane:
        took, data = lane.take()
        assert peek(data)[3:] == took[3:]
        found.append((took.kind, took.seq))
    return found


def test_a_picture_leaves_in_parts_that_join_again() -> None:
    lane, joiner = Pictures(), Joiner(limits.FRAME_BYTES)
    payload = bytes(range(256)) * 200
    lane.put(header(Kind.FRAME), payload)
    joined = [whole for _ in range(4) if (whole := joiner.add(lane.take()[1]))]
    assert not lane
    assert [data for _, data in joined] == [payload]


def test_pointer_and_beat_overtake_a_picture() -> None:
    lane = Pictures()
    lane.put(header(Kind.FRAME, 7), bytes(PART + 1))
    lane.put(header(Kind.CURSOR, 8), bytes(20))
    lane.put(header(Kind.BEAT, 9), b"")
    assert drain(lane) == [(Kind.CURSOR, 8), (Kind.BEAT, 9), (Kind.FRAME, 7), (Kind.FRAME, 7)]


def test_a_layout_stays_before_its_pictures() -> None:
    lane = Pictures()
    lane.put(header(Kind.FRAME, 1), b"a")
    lane.put(header(Kind.SCREEN, 1), b"b")
    lane.put(header(Kind.FRAME, 2), b"c")
    assert drain(lane) == [(Kind.FRAME, 1), (Kind.SCREEN, 1), (Kind.FRAME, 2)]


@pytest.mark.parametrize("kind", [Kind.CURSOR, Kind.BEAT])
def test_a_newer_place_replaces_one_that_waits(kind: Kind) -> None:
    lane = Pictures()
    for seq in range(1, 50):
        lane.put(header(kind, seq), bytes(20))
    assert drain(lane) == [(kind, 49)]


def test_a_shape_is_never_replaced() -> None:
    lane = Pictures()
    lane.put(header(Kind.CURSOR, 1), bytes(4000))
    lane.put(header(Kind.CURSOR, 2), bytes(20))
    lane.put(header(Kind.CURSOR, 3), bytes(20))
    assert drain(lane) == [(Kind.CURSOR, 1), (Kind.CURSOR, 3)]


def test_too_much_is_thrown_away_whole() -> None:
    lane = Pictures()
    lane.put(header(Kind.FRAME), bytes(MOST_BYTES - 100_000))
    assert lane
    lane.put(header(Kind.FRAME, 2), bytes(100_000))
    assert not lane
    assert lane.waiting_bytes == 0


def test_nothing_is_left_after_clearing() -> None:
    lane = Pictures()
    lane.put(header(Kind.FRAME), bytes(100_000))
    lane.put(header(Kind.CURSOR), bytes(20))
    lane.clear()
    assert not lane
    with pytest.raises(IndexError):
        lane.take()
