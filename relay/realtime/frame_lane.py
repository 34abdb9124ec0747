"""The pictures that wait for one viewer. No socket here.

A picture builds on the one before it, so a viewer that does not keep up loses all of them from
some place on, up to the next key picture: that needs nothing that came before. What one viewer
loses, nobody else notices.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from protocol import limits
from protocol.channel import HEADER, Flag, Header

FRAMES = 30
BYTES = 1024 * 1024
LATE_S = limits.BEHIND_S
"""Pictures older than that are of no use: nobody may click on them."""

_MOST_PARTS = limits.FRAME_BYTES // limits.CHANNEL_PAYLOAD_BYTES + 1
LARGEST = limits.FRAME_BYTES + _MOST_PARTS * HEADER.size


@dataclass(slots=True)
class _Frame:
    """`header` is that of its first part, `since` when that came (s), `size` the bytes of all
    parts that came, `parts` those that wait."""

    header: Header
    since: float
    size: int = 0
    parts: deque[bytes] = field(default_factory=deque)

    def add(self, part: bytes) -> None:
        self.parts.append(part)
        self.size += len(part)

    def is_followed_by(self, header: Header) -> bool:
        mine = self.header
        return (mine.epoch, mine.share, mine.seq) == (header.epoch, header.share, header.seq)


class FrameLane:
    """At most `frames` pictures or `size` bytes wait behind the first in line, none for longer
    than `late_s`; the first in line always gets through, however long its link takes."""

    def __init__(self, frames: int = FRAMES, size: int = BYTES, late_s: float = LATE_S) -> None:
        self._most = frames
        self._size = size
        self._late_s = late_s
        self._queue: deque[_Frame] = deque()
        self._open: _Frame | None = None
        self._cut = False

    def __len__(self) -> int:
        """How many parts wait."""
        return sum(len(frame.parts) for frame in self._queue)

    def __bool__(self) -> bool:
        return any(frame.parts for frame in self._queue)

    def put(self, header: Header, part: bytes, now: float) -> int:
        """Queue a part that came at `now` (s). How many parts were dropped for it, itself
        included: 0 while the viewer keeps up."""
        dropped = self._begin(header, now) if header.flags & Flag.FIRST else 0
        frame = self._open
        if frame is None or not frame.is_followed_by(header):
            return dropped + 1
        frame.add(part)
        if self._is_too_much(frame):
            return dropped + self._cut_off(frame)
        if header.flags & Flag.LAST:
            self._open = None
        return dropped

    def take(self) -> bytes:
        """The next part. Raises `IndexError` when none waits."""
        frame = self._queue[0]
        part = frame.parts.popleft()
        if not frame.parts and frame is not self._open:
            self._queue.popleft()
        return part

    def keep(self, allowed: Callable[[Header], bool]) -> int:
        """Drop every picture that is not `allowed`; the number of parts that are gone. What
        follows them starts with a key picture."""
        gone = [frame for frame in self._queue if not allowed(frame.header)]
        for frame in gone:
            self._queue.remove(frame)
            self._cut = True
            if frame is self._open:
                self._open = None
        return sum(len(frame.parts) for frame in gone)

    def _begin(self, header: Header, now: float) -> int:
        """Make room for a new picture, or decide that the viewer goes without it."""
        self._close()
        is_key = bool(header.flags & Flag.KEY)
        if self._cut and not is_key:
            return 0
        dropped = self._let_go() if self._is_behind(now) else 0
        self._cut = not is_key and dropped > 0
        if not self._cut:
            self._open = _Frame(header, now)
            self._queue.append(self._open)
        return dropped

    def _close(self) -> None:
        """No more parts of the open picture come, be it whole or not."""
        if self._open is not None and not self._open.parts:
            self._queue.remove(self._open)
        self._open = None

    def _is_behind(self, now: float) -> bool:
        waiting = list(self._queue)[1:]
        late = bool(waiting) and now - waiting[0].since > self._late_s
        return late or len(waiting) >= self._most or self._bytes_behind() > self._size

    def _let_go(self) -> int:
        """Drop what waits behind the first in line."""
        dropped = 0
        while len(self._queue) > 1:
            dropped += len(self._queue.pop().parts)
        return dropped

    def _is_too_much(self, frame: _Frame) -> bool:
        if frame is self._queue[0]:
            return frame.size > LARGEST
        return self._bytes_behind() > self._size

    def _bytes_behind(self) -> int:
        return sum(frame.size for frame in list(self._queue)[1:])

    def _cut_off(self, frame: _Frame) -> int:
        self._queue.remove(frame)
        self._open, self._cut = None, True
        return len(frame.parts)
