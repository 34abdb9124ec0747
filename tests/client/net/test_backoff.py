"""The delays between tries."""

from itertools import islice

from client.net.backoff import delays
from protocol import limits


def test_delays_are_drawn_from_a_growing_and_bounded_range() -> None:
    most = list(islice(delays(lambda most: most), 30))
    assert most[0] == limits.RECONNECT_FIRST_S
    assert most[1] == limits.RECONNECT_FIRST_S * limits.RECONNECT_GROWTH
    assert most[-1] == limits.RECONNECT_MOST_S
    assert most == sorted(most)


def test_the_whole_range_is_used() -> None:
    assert list(islice(delays(lambda _most: 0.0), 5)) == [0.0] * 5
