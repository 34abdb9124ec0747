"""What viewers wish, decoded and kept within bounds. Pure: time comes in."""

from collections import defaultdict, deque

from protocol.errors import RemoteProtocolError
from protocol.screen import Wish, decode_wish

PER_S = 20
"""More wishes than that within one second are dropped."""


class Wishes:
    """For one epoch; each viewer has bounds of their own."""

    def __init__(self) -> None:
        self._times: defaultdict[int, deque[float]] = defaultdict(lambda: deque(maxlen=PER_S))

    def read(self, viewer: int, payload: bytes, now: float) -> Wish | None:
        """The wish; None: it cannot be read, or there are too many."""
        times = self._times[viewer]
        if len(times) == PER_S and now - times[0] < 1.0:
            return None
        times.append(now)
        try:
            return decode_wish(payload)
        except RemoteProtocolError:
            return None
