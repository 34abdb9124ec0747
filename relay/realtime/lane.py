"""What waits to be sent to one peer, in order and within bounds. No socket here.

Conversation messages are never dropped: when too many wait, the lane is `overflown`, and whoever
owns the socket closes it so that the peer comes back and resumes. What a returning peer is owed
(its snapshot or replay) does not count, or it could never catch up. Signals that describe something
lasting carry a `topic`; a newer one takes the place of an older one that still waits.
"""

from collections import deque
from dataclasses import dataclass

MESSAGES = 1_024
BYTES = 4 * 1024 * 1024


@dataclass(slots=True)
class _Waiting:
    message: bytes
    topic: str
    counts: bool


class Lane:
    """First in, first out; `messages` and `size` (bytes) bound what may wait."""

    def __init__(self, messages: int = MESSAGES, size: int = BYTES) -> None:
        self._messages = messages
        self._size = size
        self._queue: deque[_Waiting] = deque()
        self._by_topic: dict[str, _Waiting] = {}
        self._counted = 0
        self.counted_bytes = 0
        self.overflown = False

    def __len__(self) -> int:
        return len(self._queue)

    def put(self, message: bytes, topic: str = "", *, owed: bool = False) -> None:
        """Queue `message`; one of the same `topic` that still waits is replaced where it stands."""
        older = self._by_topic.get(topic)
        if older is not None:
            self.counted_bytes += len(message) - len(older.message)
            older.message = message
            return
        waiting = _Waiting(message, topic, not owed)
        self._queue.append(waiting)
        if topic:
            self._by_topic[topic] = waiting
        if not owed:
            self._counted += 1
            self.counted_bytes += len(message)
            self.overflown |= self._counted > self._messages or self.counted_bytes > self._size

    def take(self) -> bytes:
        """The next message. Raises `IndexError` when nothing waits."""
        waiting = self._queue.popleft()
        self._by_topic.pop(waiting.topic, None)
        if waiting.counts:
            self._counted -= 1
            self.counted_bytes -= len(waiting.message)
        return waiting.message
