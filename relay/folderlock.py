"""One relay a data folder: two would each think that a session is theirs."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from relay.fault import StartFault

FILE = "relay.lock"


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """The folder is ours until the block ends, or this process does. Raises `StartFault`.

    The system takes the lock back by itself, however the process ends; the file stays.
    """
    handle = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(handle)
    except OSError:
        os.close(handle)
        raise StartFault("data_in_use", path=str(folder)) from None
    try:
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
