"""What the viewer has received, every few milliseconds, from a thread of its own."""

import contextlib
import threading
import time
from collections.abc import Iterator, Sequence

from scripts.bench.share import counters

EVERY_S = 0.003
"""How far the bytes of a moment may be off: what comes in so long, and nothing at rest."""

Counted = list[tuple[float, int]]
"""When (seconds, monotonic), and the bytes by then."""


@contextlib.contextmanager
def sampling(connections: Sequence[counters.Connection]) -> Iterator[Counted]:
    """Within the block the list grows, unless there is nothing to count. A connection that is
    closed keeps its last count."""
    counted: Counted = []
    if not connections:
        yield counted
        return
    over = threading.Event()

    def count() -> None:
        came = {one.inode: one.received for one in connections}
        with counters.asking() as asked:
            while not over.wait(EVERY_S):
                for one in connections:
                    with contextlib.suppress(OSError):
                        came[one.inode] = counters.received_by(asked, one)
                counted.append((time.monotonic(), sum(came.values())))

    thread = threading.Thread(target=count, name="sampler")
    thread.start()
    try:
        yield counted
    finally:
        over.set()
        thread.join()
