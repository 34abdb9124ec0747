"""Our line-style icons, drawn in any colour and sharp at any scale."""

from functools import lru_cache
from importlib import resources
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

SIZE = 20
_SCALES = (1.0, 1.5, 2.0)


def path(name: str) -> str:
    """Where the icon is, for a style sheet."""
    return Path(str(resources.files("client") / "ui" / "icons" / f"{name}.svg")).as_posix()


@lru_cache(maxsize=64)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    source = Path(path(name)).read_text("utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))


def draw(painter: QPainter, name: str, colour: QColor, into: QRectF) -> None:
    """Draw the icon `name` into a rectangle."""
    _renderer(name, colour.name()).render(painter, into)


def pixmap(name: str, colour: QColor, size: int, scale: float) -> QPixmap:
    """The icon at `size` device-independent pixels for a screen of `scale`."""
    picture = QPixmap(round(size * scale), round(size * scale))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw(painter, name, colour, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(scale)
    return picture


def icon(name: str, colour: QColor) -> QIcon:
    """The icon for a button."""
    made = QIcon()
    for scale in _SCALES:
        made.addPixmap(pixmap(name, colour, SIZE, scale))
    return made
