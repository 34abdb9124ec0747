"""What wakes the capture thread: a call from another one, the clock, or the desktop itself."""

import select
import socket
from contextlib import suppress

DRAIN_BYTES = 4096


class Alarm:
    """`wait` is called in one thread, `ring` in any."""

    def __init__(self) -> None:
        self._near, self._far = socket.socketpair()
        self._near.setblocking(False)
        self._far.setblocking(False)

    def ring(self) -> None:
        """Let a wait end, the next one if nobody waits; never blocks."""
        with suppress(OSError):  # a full one rings already, a closed one wakes nobody
            self._far.send(b"\0")

    def wait(self, seconds: float | None, watched: int | None) -> bool:
        """Until it rings, `seconds` are over (None: never), or the descriptor `watched` can be
        read, which is what it returns."""
        wanted: list[int] = [self._near.fileno()]
        if watched is not None:
            wanted.append(watched)
        ready, _, _ = select.select(wanted, [], [], seconds)
        if wanted[0] in ready:
            with suppress(BlockingIOError):
                self._near.recv(DRAIN_BYTES)
        return watched is not None and watched in ready

    def close(self) -> None:
        """Nobody waits any longer."""
        self._near.close()
        self._far.close()
