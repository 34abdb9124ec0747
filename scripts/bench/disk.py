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
    taken = []
    with tempfile.TemporaryFile(dir=folder) as file:
        handle = file.fileno()
        os.pwrite(handle, BLOCK * times, 0)
        os.fsync(handle)
        for number in range(times):
            time.sleep(GAP_S)
            started = time.perf_counter()
            os.pwrite(handle, BLOCK[:-1] + b"\1", number * len(BLOCK))
            os.fdatasync(handle)
            taken.append((time.perf_counter() - started) * 1000)
    return taken
