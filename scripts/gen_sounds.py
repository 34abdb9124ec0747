"""Writes the sounds of the product, computed here: nobody else has a right in them.

python3 scripts/gen_sounds.py            write what has changed
python3 scripts/gen_sounds.py --check    write nothing; fail and name what has drifted

16 bit, one channel, small enough to come with the first page.
"""

import argparse
import io
import math
import struct
import sys
import wave
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
RATE_HZ = 16_000
PEAK = 0.5


class Note(NamedTuple):
    """A struck bell: when, how high, and in how many seconds it falls to a third."""

    at_s: float
    hz: float
    falls_s: float


NUDGE = (
    Note(0.00, 784.0, 0.16),
    Note(0.14, 988.0, 0.16),
    Note(0.42, 784.0, 0.16),
    Note(0.56, 988.0, 0.22),
)
"""Twice two notes upwards: calls, and does not frighten."""

SOUNDS = {
    "client/ui/sounds/nudge.wav": NUDGE,
    "relay/web/sounds/nudge.wav": NUDGE,
}


def sound(notes: Iterable[Note], lasts_s: float = 1.1) -> bytes:
    """The notes as a WAV file."""
    heights = [0.0] * round(lasts_s * RATE_HZ)
    for note in notes:
        for place in range(round(note.at_s * RATE_HZ), len(heights)):
            heights[place] += _height(note, place / RATE_HZ - note.at_s)
    most = max(abs(height) for height in heights)
    scale = PEAK * 32767 / most
    frames = b"".join(struct.pack("<h", round(height * scale)) for height in heights)
    target = io.BytesIO()
    with wave.open(target, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE_HZ)
        out.writeframes(frames)
    return target.getvalue()


def _height(note: Note, since_s: float) -> float:
    """A soft stroke, the tone and a quieter one above it."""
    stroke = min(1.0, since_s / 0.005)
    turn = 2 * math.pi * note.hz * since_s
    tone = math.sin(turn) + 0.3 * math.sin(2.01 * turn)
    return stroke * math.exp(-since_s / note.falls_s) * tone


def main() -> int:
    """The exit code: 1 when `--check` found a drift."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="write nothing, fail on a difference")
    check = parser.parse_args().check
    drifted = False
    for name, notes in SOUNDS.items():
        path, wanted = ROOT / name, sound(notes)
        if path.exists() and path.read_bytes() == wanted:
            continue
        drifted = True
        print(f"{name}: {'out of date, run scripts/gen_sounds.py' if check else 'written'}")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wanted)
    return 1 if drifted and check else 0


if __name__ == "__main__":
    sys.exit(main())
