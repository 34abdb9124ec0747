#!/usr/bin/env python3
"""Whether END SCREEN SHARE ends everything at once: a thousand presses against a hostile relay.

The real client with its real window shares a screen that changes all the time, with a relay that
keeps sending input and ignores every end (`scripts/bench/hostile_relay.py`), with both processors
kept busy, and every second time with a relay that has stopped reading. The button is pressed by a
real mouse event at a moment drawn by chance; then it is counted what still began.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.environment import TESTS, enter  # noqa: E402

if __name__ == "__main__":
    enter(TESTS)

import os  # noqa: E402
import subprocess  # noqa: E402

from scripts.bench.report import Figure, options, show  # noqa: E402

PRESSES, QUICK_PRESSES = 1_000, 40
LATE_BYTES_AIM = 64 * 1024


def main() -> int:
    """Press and show; the exit code of the process that has a display."""
    chosen = options(__doc__.splitlines()[0] if __doc__ else "")
    if "BENCH_END_DISPLAY" not in os.environ:
        return _on_a_display()
    from scripts.bench.end_presses import press_many

    counted = press_many(QUICK_PRESSES if chosen.quick else PRESSES)
    show(
        [
            Figure("end.presses", counted.presses, ""),
            Figure("end.blocked_presses", counted.blocked, ""),
            Figure("end.grabs_after", counted.grabs, "", 0),
            Figure("end.frames_after", counted.frames, "", 0),
            Figure("end.inputs_after", counted.inputs, "", 0),
            Figure("end.gate_ms_max", counted.gate_ms_max, "ms"),
            Figure("end.gate_ms_p50", counted.gate_ms_p50, "ms"),
            Figure("end.late_bytes_max", counted.late_bytes_max, "bytes", LATE_BYTES_AIM),
            Figure("end.late_after_s_max", counted.late_after_s_max, "s"),
            Figure("end.resets", counted.resets, ""),
            Figure("end.grabs_before", counted.grabs_before, ""),
            Figure("end.frames_before", counted.frames_before, ""),
            Figure("end.inputs_before", counted.inputs_before, ""),
        ],
        chosen,
    )
    return 0


def _on_a_display() -> int:
    """This program again, on a screen of its own: its windows must not meet a person's."""
    from scripts.display import environment_on, virtual_display
    from scripts.interruption import interruptible

    with interruptible(), virtual_display(1920, 1080) as display:
        env = {**environment_on(display), "BENCH_END_DISPLAY": display}
        return subprocess.run([sys.executable, *sys.argv], cwd=ROOT, env=env).returncode


if __name__ == "__main__":
    sys.exit(main())
