"""What waits to be sent on the channel, in order, in parts. No socket here.

A frame that was encoded must be sent or all later ones are useless, so nothing is dropped from
the middle: the capture thread does not encode what could not be sent (`client.capture.pacer`).
Pointer and beat go before the parts of a picture, and a newer one replaces an older one.
"""

from collections import deque

from protocol.channel import Header, Kind, parts

MOST_BYTES = 16 * 1024 * 1024
"""More than two of the largest pictures; the lane is emptied, and viewers ask for a key frame."""

_HASTY = (Kind.CURSOR, Kind.BEAT)
_SHAPE_BYTES = 64
"""A pointer message longer than this carries a shape, which must not be replaced by a place."""


class Pictures:
    """First in, first out, `hasty` things before the others. Used in the network thread."""

    def __init__(self) -> None:
        self._hasty: deque[tuple[Header, bytes]] = deque()
        self._parts: deque[tuple[Header, bytes]] = deque()
        self.waiting_bytes = 0

    def __bool__(self) -> bool:
        return bool(self._hasty or self._parts)

    def put(self, header: Header, payload: bytes) -> None:
        """Queue a message of the channel."""
        pieces = [(header, piece) for piece in parts(header, payload)]
        if header.kind in _HASTY:
            self._put_hasty(pieces)
            return
        self._parts.extend(pieces)
        self.waiting_bytes += sum(len(piece) for _, piece in pieces)
        if self.waiting_bytes > MOST_BYTES:
            self.clear()

    def _put_hasty(self, pieces: list[tuple[Header, bytes]]) -> None:
        header, piece = pieces[0]
        replaceable = len(pieces) == 1 and len(piece) <= _SHAPE_BYTES
        if replaceable and self._hasty:
            older, waiting = self._hasty[-1]
            if older.kind is header.kind and len(waiting) <= _SHAPE_BYTES:
                self._hasty.pop()
        self._hasty.extend(pieces)

    def take(self) -> tuple[Header, bytes]:
        """The next message to give to the socket. Raises `IndexError` when nothing waits."""
        if self._hasty:
            return self._hasty.popleft()
        header, piece = self._parts.popleft()
        self.waiting_bytes -= len(piece)
        return header, piece

    def clear(self) -> None:
        """Throw everything away."""
        self._hasty.clear()
        self._parts.clear()
        self.waiting_bytes = 0
