"""What lies on the desk: a photograph, an editor, a report, a column of code."""

import functools
import random

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from scripts.bench.share.pictures import Picture, photograph
from scripts.bench.share.plan import HEIGHT, LINE, WIDTH
from scripts.bench.share.texts import lines, sentence

LETTER = 10
INK, PAPER = QColor("#24292F"), QColor("#FFFFFF")
BARS = ("#1F6FEB", "#2DA44E", "#BF8700", "#D1242F", "#8250DF")
DESK_SEED = 1


def image(picture: Picture) -> QImage:
    """`picture` as Qt draws it; a copy, so that nobody has to keep the array."""
    height, width, depth = picture.shape
    packed = picture.tobytes()
    return QImage(packed, width, height, width * depth, QImage.Format.Format_RGB32).copy()


def array(image: QImage) -> Picture:
    """The other way round; a copy, too."""
    shape = (image.height(), image.width(), image.bytesPerLine() // image.width())
    return np.frombuffer(image.constBits(), np.uint8).reshape(shape).copy()


def mono(size: int = 16) -> QFont:
    """The font of code; `size` in pixels."""
    return _font("DejaVu Sans Mono", size)


def sans(size: int) -> QFont:
    """The font of reports; `size` in pixels."""
    return _font("DejaVu Sans", size)


@functools.cache
def desk() -> QImage:
    """A photograph all over the screen."""
    return image(photograph(WIDTH, HEIGHT, DESK_SEED))


def editor(canvas: QImage) -> None:
    """The desk, with a window of code in its middle and an empty page within."""
    window = QRect(240, 90, 1440, 860)
    with QPainter(canvas) as painter:
        painter.drawImage(0, 0, desk())
        painter.fillRect(window, QColor("#F6F8FA"))
        painter.fillRect(window.adjusted(0, 0, 0, 36 - window.height()), QColor("#57606A"))
        painter.setFont(mono(14))
        painter.setPen(INK)
        for row, line in enumerate(lines(38, DESK_SEED)):
            text = "".join(word.text for word in line)[:26]
            painter.drawText(252, 150 + row * LINE, text)
        painter.fillRect(QRect(500, 220, 1000, 520), PAPER)


def report(width: int, height: int, seed: int) -> QImage:
    """A page with a heading, paragraphs and a chart."""
    page = QImage(width, height, QImage.Format.Format_RGB32)
    page.fill(PAPER)
    chance = random.Random(seed)  # noqa: S311 (a picture)
    edge = width // 16
    with QPainter(page) as painter:
        painter.setPen(INK)
        painter.setFont(sans(width // 36))
        painter.drawText(edge, height // 9, sentence(32, seed).title())
        painter.setFont(sans(16))
        column = QRect(edge, height // 6, width // 2 - 2 * edge, height * 3 // 4)
        words = Qt.TextFlag.TextWordWrap
        painter.drawText(column, words, sentence(width * height // 1500, seed))
        _chart(painter, QRect(width // 2, height // 6, width // 2 - edge, height // 2), chance)
    return page


def text_column(width: int, count: int, seed: int) -> QImage:
    """`count` lines of coloured code below each other, with their numbers."""
    column = QImage(width, count * LINE, QImage.Format.Format_RGB32)
    column.fill(PAPER)
    with QPainter(column) as painter:
        painter.setFont(mono())
        for row, line in enumerate(lines(count, seed)):
            base = row * LINE + LINE - 5
            painter.setPen(QColor("#8C959F"))
            painter.drawText(12, base, f"{row + 1:4}")
            x = 72
            for text, colour in line:
                painter.setPen(QColor(colour))
                painter.drawText(x, base, text)
                x += len(text) * LETTER
    return column


def _chart(painter: QPainter, area: QRect, chance: random.Random) -> None:
    bars = 12
    width = area.width() // bars
    for number in range(bars):
        tall = round(area.height() * chance.uniform(0.1, 1.0))
        left = area.left() + number * width
        bar = QRect(left, area.bottom() - tall, width * 3 // 4, tall)
        painter.fillRect(bar, QColor(BARS[number % len(BARS)]))
        painter.drawText(left, area.bottom() + 22, f"{chance.randrange(100)}")
    painter.drawLine(area.bottomLeft(), area.bottomRight())


def _font(family: str, size: int) -> QFont:
    font = QFont(family)
    font.setPixelSize(size)
    return font
