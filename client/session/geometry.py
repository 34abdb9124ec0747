"""Rectangles in pixels of the desktop; (0, 0) is wherever the system puts it."""

from typing import NamedTuple


class Rect(NamedTuple):
    """`width` and `height` may be 0: such a rectangle holds nothing."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column that is no longer in it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row that is no longer in it."""
        return self.y + self.height

    def holds(self, x: int, y: int) -> bool:
        """Whether the pixel is in it."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def within(self, other: "Rect") -> "Rect":
        """The part of it that is in `other`."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Rect(x, y, max(0, right - x), max(0, bottom - y))

    def moved(self, dx: int, dy: int) -> "Rect":
        """The same size elsewhere."""
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    def __bool__(self) -> bool:
        return self.width > 0 and self.height > 0


NOWHERE = Rect(0, 0, 0, 0)


def around(rects: "tuple[Rect, ...]") -> Rect:
    """The smallest rectangle that holds all of them."""
    if not rects:
        return NOWHERE
    x, y = min(one.x for one in rects), min(one.y for one in rects)
    return Rect(x, y, max(one.right for one in rects) - x, max(one.bottom for one in rects) - y)
