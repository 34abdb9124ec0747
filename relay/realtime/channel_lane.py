"""What waits on the channel for one peer, within bounds. No socket here.

Places of the pointer, beats and acknowledgements: a newer one takes the place of an older one.
Everything else that is small keeps its order, and when there is too much of it the oldest goes: a
press that is lost does less harm than a release. Small things pass the parts of a picture.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from protocol.channel import HEADER, Flag, Header, Kind
from protocol.screen import CURSOR_HEAD_BYTES
from relay.realtime.frame_lane import FrameLane

MESSAGES = 512
BYTES = 2 * 1024 * 1024

_WHOLE = Flag.FIRST | Flag.LAST
_REPLACED = frozenset({Kind.CURSOR, Kind.BEAT, Kind.ACKNOWLEDGEMENT})
_PLACE_BYTES = HEADER.size + CURSOR_HEAD_BYTES
"""A pointer message longer than this carries a shape, which no later place makes up for."""


@dataclass(eq=False, slots=True)
class _Waiting:
    header: Header
    message: bytes


class ChannelLane:
    """`messages` and `size` (bytes) bound what waits beside pictures."""

    def __init__(self, messages: int = MESSAGES, size: int = BYTES) -> None:
        self._messages = messages
        self._size = size
        self._small: deque[_Waiting] = deque()
        self._newest: dict[tuple[Kind, int], _Waiting] = {}
        self._bytes = 0
        self._frames = FrameLane()

    def __len__(self) -> int:
        """How many messages wait."""
        return len(self._small) + len(self._frames)

    def __bool__(self) -> bool:
        return bool(self._small) or bool(self._frames)

    def put(self, header: Header, message: bytes, now: float) -> int:
        """Queue a message, header and all, that came at `now` (s); how many were dropped because
        the peer does not keep up."""
        if header.kind is Kind.FRAME:
            return self._frames.put(header, message, now)
        key = (header.kind, header.sender)
        older = self._newest.pop(key, None)
        if _is_replaceable(header, message):
            if older is not None:
                self._bytes += len(message) - len(older.message)
                older.header, older.message = header, message
                self._newest[key] = older
                return 0
            self._newest[key] = self._append(header, message)
        else:
            self._append(header, message)
        dropped = 0
        while len(self._small) > self._messages or self._bytes > self._size:
            self._pop()
            dropped += 1
        return dropped

    def take(self) -> bytes:
        """The next message. Raises `IndexError` when none waits."""
        return self._pop().message if self._small else self._frames.take()

    def keep(self, allowed: Callable[[Header], bool]) -> int:
        """Drop every message that is not `allowed`; how many that were."""
        before = list(self._small)
        self._small = deque(one for one in before if allowed(one.header))
        self._newest = {key: one for key, one in self._newest.items() if one in self._small}
        self._bytes = sum(len(one.message) for one in self._small)
        return len(before) - len(self._small) + self._frames.keep(allowed)

    def _append(self, header: Header, message: bytes) -> _Waiting:
        waiting = _Waiting(header, message)
        self._small.append(waiting)
        self._bytes += len(message)
        return waiting

    def _pop(self) -> _Waiting:
        oldest = self._small.popleft()
        self._bytes -= len(oldest.message)
        key = (oldest.header.kind, oldest.header.sender)
        if self._newest.get(key) is oldest:
            del self._newest[key]
        return oldest


def _is_replaceable(header: Header, message: bytes) -> bool:
    if header.kind not in _REPLACED or header.flags & _WHOLE != _WHOLE:
        return False
    return header.kind is not Kind.CURSOR or len(message) <= _PLACE_BYTES
