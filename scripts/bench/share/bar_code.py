"""The number of a step as 16 black and white squares, which survive any lossy picture. Pure.

Twelve cells are the number, four are a check, so that a code that was read while only half of it
had arrived is not taken for another number.
"""

from collections.abc import Sequence
from typing import NamedTuple

NUMBER_BITS = 12
CHECK_BITS = 4
CELLS = NUMBER_BITS + CHECK_BITS
NUMBERS = 1 << NUMBER_BITS

CELL = 16
"""Side of a cell in pixels: two blocks of every codec here."""

DARK, BRIGHT = 96, 160
"""Below the first a cell is black, above the second white (0 to 255); between them unreadable."""

SALT = 0b1010
"""Part of the check, so that an empty, black corner is not number 0."""


class Place(NamedTuple):
    """Pixels from the upper left corner of the screen."""

    left: int
    top: int
    width: int
    height: int


def place(screen_width: int, screen_height: int) -> Place:
    """Where the code stands: last in the lower right corner, as painting goes downwards."""
    width = CELLS * CELL
    left = (screen_width - width) // CELL * CELL
    return Place(left, screen_height - CELL - CELL // 2, width, CELL)


def cells(number: int) -> tuple[bool, ...]:
    """True is white; the highest bit comes first. Raises `ValueError` outside of 0 to 4095."""
    if not 0 <= number < NUMBERS:
        raise ValueError(f"{number} does not fit into {NUMBER_BITS} bits")
    word = number << CHECK_BITS | _check(number)
    return tuple(bool(word >> bit & 1) for bit in reversed(range(CELLS)))


def read(brightness: Sequence[float]) -> int | None:
    """The number in 16 cells of 0 to 255; None when it cannot be told."""
    if len(brightness) != CELLS or any(DARK <= one <= BRIGHT for one in brightness):
        return None
    word = 0
    for one in brightness:
        word = word << 1 | (one > BRIGHT)
    number = word >> CHECK_BITS
    return number if word & (1 << CHECK_BITS) - 1 == _check(number) else None


def _check(number: int) -> int:
    return (number ^ number >> 4 ^ number >> 8) & 0b1111 ^ SALT
