"""The quarantine of macOS: Gatekeeper asks before a file that carries it runs. Never run."""

import ctypes
import os
import time
import uuid
from pathlib import Path

ATTRIBUTE = b"com.apple.quarantine"
PROGRAM = "Support Bridge"
FLAGS = "0083"
"""As for what a browser fetched, and nobody has agreed to yet."""


def words(at: float, event: uuid.UUID) -> bytes:
    """Flags, seconds since 1970 in hexadecimal digits, who fetched it, and an id of its own."""
    return f"{FLAGS};{int(at):08x};{PROGRAM};{str(event).upper()}".encode()


class MacMarker:
    """Asks the kernel; see setxattr(2) of macOS."""

    def mark(self, path: Path) -> None:
        """The attribute goes along when the file gets another name. Raises `OSError`."""
        kernel = ctypes.CDLL(None, use_errno=True)
        value = words(time.time(), uuid.uuid4())
        size = ctypes.c_size_t(len(value))
        place = os.fsencode(path)
        if kernel.setxattr(place, ATTRIBUTE, value, size, ctypes.c_uint32(0), ctypes.c_int(0)):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(path))
