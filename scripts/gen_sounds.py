"""Makes the sounds of the pages and of the customer's program: short, soft, and nobody else's.

python3 scripts/gen_sounds.py            write them
python3 scripts/gen_sounds.py --check    write nothing; fail when they differ from what is made
"""

import argparse
import io
import math
import sys
import wave
from array import array
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
RATE = 22_050
PEAK = 0.35
"""Of full scale: it stands out without startling anybody who wears headphones."""


class Sound(NamedTuple):
    """When (s) each tone is struck, with its pitch (Hz), and how long all of it lasts (s)."""

    strikes: tuple[tuple[float, float], ...]
    lasts_s: float


ARRIVAL = Sound(((0.0, 659.26), (0.14, 880.0)), 0.62)
"""Somebody comes into the queue: a rising fourth, E and A."""

NUDGE = Sound(((0.0, 783.99), (0.14, 987.77), (0.42, 783.99), (0.56, 987.77)), 1.1)
"""A customer is called: twice a rising third, G and B. Calls, and does not frighten."""

SOUNDS = {
    "relay/web/sounds/arrival.wav": ARRIVAL,
    "relay/web/sounds/nudge.wav": NUDGE,
    "client/ui/sounds/nudge.wav": NUDGE,
}
PARTIALS = ((1.0, 1.0, 9.0), (4.0, 0.22, 22.0))
"""Of a struck wooden bar: pitch by the lowest one's, loudness, how fast it fades (1/s)."""

ATTACK_S = 0.004
NEAR = 2
"""How far a sample may be from the made one: machines round sines differently."""


def struck(seconds: float, pitch: float) -> float:
    """A tone `seconds` after it was struck; nothing before."""
    if seconds < 0:
        return 0.0
    rise = min(1.0, seconds / ATTACK_S)
    return rise * sum(
        loud * math.exp(-fades * seconds) * math.sin(2 * math.pi * pitch * part * seconds)
        for part, loud, fades in PARTIALS
    )


def samples(sound: Sound) -> "array[int]":
    """The sound: 16 bit, one channel, `RATE` a second."""
    count = round(sound.lasts_s * RATE)
    shape = [
        sum(struck(at / RATE - start, pitch) for start, pitch in sound.strikes)
        * min(1.0, (count - at) / (0.05 * RATE))
        for at in range(count)
    ]
    most = max(abs(one) for one in shape)
    return array("h", [round(32767 * PEAK * one / most) for one in shape])


def written(sound: "array[int]") -> bytes:
    """The sound as a WAV file."""
    if sys.byteorder == "big":
        sound = array("h", sound)
        sound.byteswap()
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(sound.tobytes())
    return target.getvalue()


def read(path: Path) -> "array[int]":
    """The samples of a file as `written` makes it. Raises `ValueError` for any other kind."""
    with wave.open(str(path), "rb") as file:
        if (file.getnchannels(), file.getsampwidth(), file.getframerate()) != (1, 2, RATE):
            raise ValueError(f"{path} is of another kind")
        sound = array("h", file.readframes(file.getnframes()))
    if sys.byteorder == "big":
        sound.byteswap()
    return sound


def is_near(one: "array[int]", other: "array[int]") -> bool:
    """Whether two sounds are the same but for rounding."""
    return len(one) == len(other) and all(
        abs(a - b) <= NEAR for a, b in zip(one, other, strict=True)
    )


def main(arguments: list[str] | None = None) -> int:
    """The exit code: 1 when `--check` found a difference."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="write nothing, fail on a difference")
    check = parser.parse_args(arguments).check
    changed = [name for name, sound in SOUNDS.items() if not _is_kept(ROOT / name, sound)]
    for name in changed:
        print(f"{name}: {'out of date, run scripts/gen_sounds.py' if check else 'written'}")
        if not check:
            (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / name).write_bytes(written(samples(SOUNDS[name])))
    if not changed:
        print(f"{len(SOUNDS)} sounds are up to date")
    return 1 if changed and check else 0


def _is_kept(path: Path, sound: Sound) -> bool:
    try:
        return path.exists() and is_near(read(path), samples(sound))
    except ValueError:
        return False


if __name__ == "__main__":
    sys.exit(main())
