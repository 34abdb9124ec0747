"""What waits for one peer."""

import pytest

from relay.realtime.lane import Lane


def test_first_in_first_out() -> None:
    lane = Lane()
    for message in (b"a", b"b", b"c"):
        lane.put(message)
    assert [lane.take() for _ in range(3)] == [b"a", b"b", b"c"]
    assert (len(lane), lane.waiting_bytes) == (0, 0)
    with pytest.raises(IndexError):
        lane.take()


def test_a_newer_signal_takes_the_place_of_the_older() -> None:
    lane = Lane()
    lane.put(b"old", "desk.state")
    lane.put(b"line")
    lane.put(b"newest", "desk.state")
    assert [lane.take(), lane.take()] == [b"newest", b"line"]
    assert lane.waiting_bytes == 0
    lane.put(b"again", "desk.state")
    assert lane.take() == b"again"


def test_it_overflows_by_count_and_by_size() -> None:
    lane = Lane(messages=2)
    lane.put(b"a")
    lane.put(b"b")
    assert not lane.overflown
    lane.put(b"c")
    assert lane.overflown
    lane = Lane(size=10)
    lane.put(b"x" * 11)
    assert lane.overflown


def test_replacing_counts_the_bytes_of_the_newer() -> None:
    lane = Lane(size=10)
    for _ in range(100):
        lane.put(b"12345", "present:a")
    assert (len(lane), lane.waiting_bytes, lane.overflown) == (1, 5, False)
