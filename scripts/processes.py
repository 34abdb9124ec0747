"""Processes that end with the block that started them."""

import contextlib
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

PATIENCE_S = 10


@contextlib.contextmanager
def started(
    command: list[str],
    *,
    env: Mapping[str, str] | None = None,
    pass_fds: list[int] | None = None,
    stdout: int | IO[bytes] = subprocess.DEVNULL,
    log: Path | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is asked to end when the block is left, and made to when it does not.

    A terminal's Ctrl+C does not reach it, so that its starter can end things in order. What it
    writes to stderr goes to the file `log`, or nowhere.
    """
    with contextlib.ExitStack() as stack:
        process = subprocess.Popen(
            command,
            env=env,
            pass_fds=pass_fds or [],
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stack.enter_context(log.open("ab")) if log else subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            end(process)
            if process.stdout:
                process.stdout.close()


def end(process: subprocess.Popen[bytes]) -> None:
    """Asks the process to end, and makes it end when it has not done so in time."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
