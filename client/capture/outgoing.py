"""What the capture thread says on the channel: numbered, and only while the gate is open for it."""

import time
from collections import Counter
from collections.abc import Callable

from client.gate import Gate
from client.session.permit import Permit
from protocol.channel import Flag, Header, Kind
from protocol.screen import ScreenMessage, encode

Send = Callable[[Header, bytes], None]
"""Hands a message over; called from any thread, never blocks."""


class Outgoing:
    """For one epoch: each kind is counted from 1."""

    def __init__(self, gate: Gate, permit: Permit, send: Send) -> None:
        self.epoch = permit.epoch
        self._share = permit.share
        self._gate = gate
        self._send = send
        self._counts: Counter[Kind] = Counter()

    @property
    def allowed(self) -> bool:
        """Whether this epoch may still show anything. The outlet asks the gate once more."""
        permit = self._gate.permit
        return permit.shows and permit.epoch == self.epoch

    @property
    def next_frame(self) -> int:
        """The number that the next frame gets."""
        return self._counts[Kind.FRAME] + 1

    def frame(self, payload: bytes, *, key: bool) -> None:
        """A picture."""
        self._say(Kind.FRAME, Flag.KEY if key else Flag(0), payload)

    def news(self, message: ScreenMessage) -> None:
        """Something about the screen."""
        self._say(Kind.SCREEN, Flag(0), encode(message))

    def cursor(self, payload: bytes) -> None:
        """Where the pointer is, and how it looks."""
        self._say(Kind.CURSOR, Flag.DROPPABLE, payload)

    def beat(self) -> None:
        """The newest frame is still true."""
        self._put(Kind.BEAT, Flag.DROPPABLE, self._counts[Kind.FRAME], b"")

    def _say(self, kind: Kind, flags: Flag, payload: bytes) -> None:
        self._counts[kind] += 1
        self._put(kind, flags, self._counts[kind], payload)

    def _put(self, kind: Kind, flags: Flag, seq: int, payload: bytes) -> None:
        if self.allowed:
            now_us = time.monotonic_ns() // 1000
            header = Header(kind, flags, 0, self.epoch, self._share, seq, now_us)
            self._send(header, payload)
