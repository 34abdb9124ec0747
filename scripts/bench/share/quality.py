"""How near a picture comes to the true one. Pure.

PSNR over red, green and blue alike; the bar code is left out, since it is the same for everybody.
"""

import math
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from scripts.bench.share import bar_code
from scripts.bench.share.pictures import Picture
from scripts.bench.share.plan import HEIGHT, WIDTH

Pixels = NDArray[np.uint8]
"""Rows, columns, and red, green, blue."""

Mask = NDArray[np.bool_]
"""Rows and columns: True counts."""

READABLE_DB = 32.0
"""From here on a lossy picture is one that can be read."""

IDENTICAL_DB = 99.0
"""What stands for the infinite PSNR of a picture without any error."""

STRIDE = 9
"""Every 9th pixel of every 9th row is a spot: 1.2 % of the screen, and, as 9 and the powers of 2
have no divisor in common, each place within a codec's blocks as often as any other."""

FIRST = STRIDE // 2
COLUMNS, ROWS = WIDTH // STRIDE, HEIGHT // STRIDE


class Nearness(NamedTuple):
    """Of a picture to the true one: PSNR in dB, and the share of pixels that are equal."""

    db: float
    exact: float


def colours(picture: Picture) -> Pixels:
    """Blue, green, red and a fourth as red, green and blue."""
    return picture[..., 2::-1]


T = TypeVar("T", bound=np.generic)


def spots(pixels: NDArray[T]) -> NDArray[T]:
    """Those pixels of a whole screen, or places of a mask, that are looked at while it changes."""
    found = pixels[FIRST::STRIDE, FIRST::STRIDE]
    return np.ascontiguousarray(found[:ROWS, :COLUMNS])


def whole_but_code() -> Mask:
    """All of the screen but the bar code."""
    counted = np.ones((HEIGHT, WIDTH), np.bool_)
    left, top, width, height = bar_code.place(WIDTH, HEIGHT)
    counted[top : top + height, left : left + width] = False
    return counted


def without_covered(counted: Mask, painted: Picture, framed: Picture) -> Mask:
    """`counted` without the rectangle in which the screen (`framed`) is not what was painted on it:
    there is a window over it, which the shared picture does not show."""
    differs = counted & (painted[..., :3] != framed[..., :3]).any(axis=2)
    if not differs.any():
        return counted
    (rows,), (columns,) = np.nonzero(differs.any(axis=1)), np.nonzero(differs.any(axis=0))
    seen = counted.copy()
    seen[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] = False
    return seen


def nearness(shown: Pixels, true: Pixels, counted: Mask) -> Nearness:
    """Over the pixels that count, of which there must be one."""
    apart = (shown.astype(np.int16) - true)[counted]
    error = float(np.square(apart, dtype=np.int32).mean())
    return Nearness(psnr(error), float((apart == 0).all(axis=1).mean()))


def psnr(error: float) -> float:
    """In dB, of a mean squared error of values from 0 to 255."""
    return min(IDENTICAL_DB, 10 * math.log10(255**2 / error)) if error > 0 else IDENTICAL_DB


def largest_error(db: float) -> float:
    """The mean squared error at which the PSNR is `db`."""
    return float(255**2 / 10 ** (db / 10))
