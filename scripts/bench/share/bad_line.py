"""The bad line as the benchmark steers it."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from typing import NamedTuple

from scripts.bench.share.side import Through
from scripts.processes import end


class Quality(NamedTuple):
    """Bytes a second in each direction, and milliseconds towards the viewer."""

    rate: float
    late_ms: float


class BadLine:
    """A line that carries. Raises `RuntimeError` when its program has ended."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self.port = int(self._answer()["port"])

    def stop(self) -> float:
        """Nothing passes any more; since when (seconds, monotonic)."""
        return self._say(b"stop\n")

    def go_on(self) -> float:
        """What was held goes on; since when."""
        return self._say(b"go\n")

    def _say(self, order: bytes) -> float:
        writing = self._process.stdin
        if writing is not None:
            with contextlib.suppress(BrokenPipeError):
                writing.write(order)
                writing.flush()
        return self._answer()["at"]

    def _answer(self) -> dict[str, float]:
        line = self._process.stdout.readline() if self._process.stdout else b""
        if not line:
            raise RuntimeError(f"the bad line ended with code {self._process.wait()}")
        return dict(json.loads(line))


@contextlib.contextmanager
def running_line(to: int, quality: Quality, *, viewer_calls: bool) -> Iterator[BadLine]:
    """A line to the port `to`. Pictures come back to a viewer that calls; they go out when the
    customer's side does."""
    late = ("back", "out") if viewer_calls else ("out", "back")
    command = [sys.executable, "-m", "scripts.bench.share.link", "--to", str(to)]
    command += ["--rate", str(quality.rate)]
    command += [f"--late-{late[0]}", str(quality.late_ms), f"--late-{late[1]}", "0"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )
    try:
        yield BadLine(process)
    finally:
        end(process)
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()


def through(quality: Quality, lines: list[BadLine], *, viewer_calls: bool) -> Through:
    """A way that has a line in it, which is added to `lines`."""

    @contextlib.contextmanager
    def way(port: int) -> Iterator[int]:
        with running_line(port, quality, viewer_calls=viewer_calls) as line:
            lines.append(line)
            yield line.port

    return way
