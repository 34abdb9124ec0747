"""Being told to stop: SIGTERM ends a script the way Ctrl+C does, with all its clean-up.

A shell that starts something in the background has it ignore Ctrl+C; here it counts all the same.
"""

import contextlib
import signal
import sys
from collections.abc import Iterator
from types import FrameType


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Within the block SIGTERM raises `SystemExit`, SIGINT `KeyboardInterrupt`."""
    term = signal.signal(signal.SIGTERM, _leave)
    interrupt = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, interrupt)
        signal.signal(signal.SIGTERM, term)


def _leave(number: int, frame: FrameType | None) -> None:
    del frame
    sys.exit(128 + number)
