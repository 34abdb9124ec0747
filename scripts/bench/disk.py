"""What the disk alone takes for a line: the part of the latency that no program can save."""

import os
import tempfile
import time
from pathlib import Path

BLOCK = b"\0" * 4096
GAP_S = 0.002
"""About the pace of the chat benchmark; a disk that rests in between answers later."""


def sync_ms(folder: Path, times: int = 300) -> list[float]:
    """How long `times` single blocks took to be written and synced, in milliseconds."""
    sync = getattr(os, "fdatasync", os.fsync)
    taken = []
    with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
        file.write(BLOCK * times)
        os.fsync(file.fileno())
        file.seek(0)
        for _ in range(times):
            time.sleep(GAP_S)
            started = time.perf_counter()
            file.write(BLOCK[:-1] + b"\1")
            sync(file.fileno())
            taken.append((time.perf_counter() - started) * 1000)
    return taken
