"""Looks at pictures: what is on the screen, and how much of it has a colour."""

from pathlib import Path

from mss import MSS
from mss.tools import to_png
from PySide6.QtGui import QImage

NEAR = 16
"""A codec changes colours by less in each part."""


def screen(display: str, path: Path) -> Path:
    """Writes the whole screen as PNG."""
    with MSS(display=display) as shots:
        shot = shots.grab(shots.monitors[0])
    to_png(shot.rgb, shot.size, output=str(path))
    return path


def share_of(colour: tuple[int, int, int], path: Path) -> float:
    """How much of the picture has about this colour, 0 to 1; looked at 64 x 64 places."""
    picture = QImage(str(path))
    places = [
        picture.pixelColor(x * picture.width() // 64, y * picture.height() // 64)
        for x in range(64)
        for y in range(64)
        if not picture.isNull()
    ]
    red, green, blue = colour
    same = [
        max(abs(at.red() - red), abs(at.green() - green), abs(at.blue() - blue)) < NEAR
        for at in places
    ]
    return sum(same) / max(1, len(same))
