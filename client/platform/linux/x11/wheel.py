"""Turns of a wheel as the button numbers by which X11 tells them. Pure."""

from protocol.inputs import WHEEL_NOTCH

UP, DOWN, LEFT, RIGHT = 4, 5, 6, 7


class Wheel:
    """Keeps what is less than a notch until it is one; turned the other way, it is forgotten."""

    def __init__(self) -> None:
        self._x = 0
        self._y = 0

    def turn(self, dx: int, dy: int) -> list[int]:
        """The buttons to click, in units of `WHEEL_NOTCH` to the right and down."""
        self._x, across = _notches(self._x, dx)
        self._y, along = _notches(self._y, dy)
        return [DOWN if along > 0 else UP] * abs(along) + [RIGHT if across > 0 else LEFT] * abs(
            across
        )


def _notches(kept: int, turned: int) -> tuple[int, int]:
    """What is left over, and whole notches."""
    total = turned if kept * turned < 0 else kept + turned
    notches = int(total / WHEEL_NOTCH)
    return total - notches * WHEEL_NOTCH, notches
