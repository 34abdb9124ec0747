"""Full-jitter back-off (see `protocol.limits`): thousands of clients come back spread out."""

from collections.abc import Callable, Iterator

from protocol import limits


def delays(draw: Callable[[float], float]) -> Iterator[float]:
    """Seconds to wait before each further try, without end.

    `draw(most)` gives a random number from 0 to `most`.
    """
    most = limits.RECONNECT_FIRST_S
    while True:
        yield draw(most)
        most = min(limits.RECONNECT_MOST_S, most * limits.RECONNECT_GROWTH)
