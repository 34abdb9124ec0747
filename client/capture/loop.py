"""The thread that does heavy work on pictures, so that neither the window nor the link waits."""

import threading
from collections.abc import Callable
from queue import SimpleQueue

Work = Callable[[], None]


class CaptureThread:
    """Carries out one piece of work after another; sleeps in between."""

    def __init__(self) -> None:
        self._work: SimpleQueue[Work | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="capture", daemon=True)

    def start(self) -> None:
        """Start the thread; it waits for work."""
        self._thread.start()

    def give(self, work: Work) -> None:
        """Have `work` done after what was given before. Never blocks."""
        self._work.put(work)

    def stop(self) -> None:
        """Let the thread end after what it was given."""
        self._work.put(None)

    def join(self, seconds: float) -> bool:
        """Wait for the thread at most so long; whether it has ended."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            work()
