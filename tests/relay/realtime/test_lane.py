"""What waits for one peer."""

import pytest

from relay.realtime.lane import Lane


def test_first_in_first_out() -> None:
    lane = Lane()
    for message in (b"a", b"b", b"c"):
        lane.put(message)
    assert [lane.take() for _ in range(3)] == [b"a", b"b", b"c"]
    assert (len(lane), lane.counted_bytes) == (0, 0)
    with pytest.raises(IndexError):
        lane.take()


def test_a_newer_signal_takes_the_place_of_the_older() -> None:
    lane = Lane()
    lane.put(b"old", "desk.state")
    lane.put(b"line")
    lane.put(b"newest", "desk.state")
    assert [lane.take(), lane.take()] == [b"newest", b"line"]
    assert lane.counted_bytes == 0
    lane.put(b"again", "desk.state")
    assert lane.take() == b"again"


def test_it_overflows_by_count_and_by_size() -> None:
    lane = Lane(messages=2)
    overflown = []
    for message in (b"a", b"b", b"c"):
        lane.put(message)
        overflown.append(lane.overflown)
    assert overflown == [False, False, True]
    lane = Lane(size=10)
    lane.put(b"x" * 11)
    assert lane.overflown


def test_replacing_counts_the_bytes_of_the_newer() -> None:
    lane = Lane(size=10)
    for _ in range(100):
        lane.put(b"12345", "present:a")
    assert (len(lane), lane.counted_bytes, lane.overflown) == (1, 5, False)


def test_what_a_returning_peer_is_owed_does_not_count() -> None:
    lane = Lane(messages=2, size=10)
    for _ in range(5):
        lane.put(b"0123456789", owed=True)
    lane.put(b"live")
    assert not lane.overflown
    assert [len(lane.take()) for _ in range(6)] == [10] * 5 + [4]
    assert lane.counted_bytes == 0
