"""The scripted desktop as the benchmark steers it."""

import contextlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from mss import MSS

from scripts.bench.share import bar_code, quality
from scripts.bench.share.plan import HEIGHT, WIDTH, Workload
from scripts.display import environment_on
from scripts.processes import end

Painted = list[tuple[int, float]]
"""Numbers of steps, and when the X server had them (seconds, monotonic)."""


class Truth(NamedTuple):
    """The screen, and which of its pixels count."""

    pixels: quality.Pixels
    counted: quality.Mask


class Desktop:
    """What is on the screen. Raises `RuntimeError` when its program has ended."""

    def __init__(self, process: subprocess.Popen[bytes], display: str) -> None:
        self._process = process
        self._display = display
        self._number = 0

    def show(self, workload: Workload, coming: int = 0) -> int:
        """Paints the first picture; returns the number it carries. `coming` steps will follow."""
        self._number += 1
        if self._number + coming >= bar_code.NUMBERS:
            self._number = 1
        self._ask(show=workload.name, number=self._number)
        return self._number

    def run(self, workload: Workload, steps: int) -> Painted:
        """Paints `steps` steps at the workload's rate; returns when the last is painted."""
        answer = self._ask(run=workload.name, number=self._number, steps=steps, rate=workload.rate)
        self._number += steps
        return [(int(number), float(at)) for number, at in answer["painted"]]

    def presses(self) -> int:
        """How often the square has been pressed since it was shown."""
        return int(self._ask(presses=True)["presses"])

    def pictures(self, workload: Workload) -> list[str]:
        """The pictures that a judged workload shows over and over, the first one first: the red,
        green and blue of their spots (`quality.spots`) in base64."""
        return [str(one) for one in self._ask(pictures=workload.name)["pictures"]]

    def truth(self) -> Truth:
        """What a viewer should see now, while nothing is painted: the whole screen but the bar code
        and the windows that are over the desktop."""
        with tempfile.TemporaryDirectory(prefix="bridge-canvas-") as folder:
            path = Path(folder) / "canvas"
            self._ask(canvas=str(path))
            painted = np.fromfile(path, np.uint8).reshape(HEIGHT, WIDTH, 4)
        with MSS(display=self._display) as screen:
            shot = screen.grab(screen.monitors[0])
            framed = np.frombuffer(shot.raw, np.uint8).reshape(HEIGHT, WIDTH, 4)
            counted = quality.without_covered(quality.whole_but_code(), painted, framed)
        return Truth(quality.colours(painted), counted)

    def _ask(self, **order: object) -> dict[str, Any]:
        reading, writing = self._process.stdout, self._process.stdin
        if reading is None or writing is None:
            raise RuntimeError("the scripted desktop has no pipes")
        with contextlib.suppress(BrokenPipeError):
            writing.write(json.dumps(order).encode() + b"\n")
            writing.flush()
        line = reading.readline()
        if not line:
            raise RuntimeError(f"the scripted desktop ended with code {self._process.wait()}")
        answer = json.loads(line)
        return dict(answer)


@contextlib.contextmanager
def running_desktop(display: str) -> Iterator[Desktop]:
    """The painting program on `display`, ended with the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "scripts.bench.share.painter"],
        env=environment_on(display),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield Desktop(process, display)
    finally:
        end(process)
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
