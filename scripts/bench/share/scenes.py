"""The workloads as they are painted: each draws its first picture, then one step after another."""

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QRegion

from scripts.bench.share.pages import LETTER, desk, editor, image, mono, report, text_column
from scripts.bench.share.pictures import grain, grained, photograph
from scripts.bench.share.plan import (
    DOCUMENT,
    FILM,
    FILM_AT,
    HEIGHT,
    LINE,
    MARKER,
    SLIDES,
    WIDTH,
    document_at,
    film_window,
    scrolled_by,
)
from scripts.bench.share.texts import sentence

SCREEN = QRect(0, 0, WIDTH, HEIGHT)
SEED = 4


class Scene(Protocol):
    """Something that goes on on the screen. `canvas` is the whole screen, 32 bits a pixel."""

    def begin(self, canvas: QImage) -> None:
        """Draws the picture before the first step, all over `canvas`."""

    def step(self, canvas: QImage, number: int) -> QRegion:
        """Draws step `number` (from 1) and returns what may have changed."""


class Typing:
    """An editor in which text appears, character by character, line after line."""

    LEFT, TOP, COLUMNS, ROWS = 520, 240, 96, 24

    def __init__(self) -> None:
        self._text = sentence(self.COLUMNS * self.ROWS, SEED)

    def begin(self, canvas: QImage) -> None:
        """A desk with an editor on it."""
        editor(canvas)

    def step(self, canvas: QImage, number: int) -> QRegion:
        """One character, and the caret behind it."""
        at = (number - 1) % len(self._text)
        cell = self._cell(at)
        caret = QRect(cell.right() + 1, cell.top() + 2, 2, LINE - 4)
        with QPainter(canvas) as painter:
            painter.fillRect(cell, Qt.GlobalColor.white)
            painter.setFont(mono())
            painter.setPen(QColor("#24292F"))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, self._text[at])
            painter.fillRect(caret, QColor("#0550AE"))
        return QRegion(cell).united(caret)

    def _cell(self, at: int) -> QRect:
        row, column = divmod(at, self.COLUMNS)
        place = QPoint(self.LEFT + column * LETTER, self.TOP + row % self.ROWS * LINE)
        return QRect(place.x(), place.y(), LETTER, LINE)


class Click(Typing):
    """The editor with a square that flips its colour; `step` is a press on it."""

    COLOURS = (QColor("#1F6FEB"), QColor("#D1242F"))
    PLACE = QRect(*MARKER)

    def begin(self, canvas: QImage) -> None:
        """The square is blue."""
        super().begin(canvas)
        self.step(canvas, 0)

    def step(self, canvas: QImage, number: int) -> QRegion:
        """Blue when `number` is even, red when it is odd."""
        with QPainter(canvas) as painter:
            painter.fillRect(self.PLACE, self.COLOURS[number % 2])
        return QRegion(self.PLACE)


class Scroll:
    """A full screen of code that moves upwards; it begins again after some 400 lines."""

    LINES = 402

    def __init__(self) -> None:
        self._column = text_column(WIDTH, self.LINES, SEED)

    def begin(self, canvas: QImage) -> None:
        """The first screen."""
        self.step(canvas, 0)

    def step(self, canvas: QImage, number: int) -> QRegion:
        """Three lines on."""
        height = self._column.height()
        first = scrolled_by(number, height)
        with QPainter(canvas) as painter:
            painter.drawImage(0, -first, self._column)
            painter.drawImage(0, height - first, self._column)
        return QRegion(SCREEN)


class Drag:
    """A document that is moved over a photograph."""

    def __init__(self) -> None:
        self._desk = desk()
        self._document = report(*DOCUMENT, SEED)
        self._at = QRect()

    def begin(self, canvas: QImage) -> None:
        """The document at its first place."""
        with QPainter(canvas) as painter:
            painter.drawImage(0, 0, self._desk)
        self._at = QRect()
        self.step(canvas, 0)

    def step(self, canvas: QImage, number: int) -> QRegion:
        """The document at its next place; the desk where it was."""
        before, self._at = self._at, QRect(QPoint(*document_at(number)), self._document.size())
        with QPainter(canvas) as painter:
            painter.drawImage(before, self._desk, before)
            painter.drawImage(self._at, self._document)
        return QRegion(before).united(self._at)


class Film:
    """A panned photograph with fresh grain, in a window of the desk."""

    PHOTOGRAPH = (1120, 700)
    NOISE = (900, 620)

    def __init__(self) -> None:
        self._photograph = photograph(*self.PHOTOGRAPH, SEED + 1)
        self._noise = grain(*self.NOISE, SEED + 2)
        self._place = QRect(*FILM_AT, *FILM)

    def begin(self, canvas: QImage) -> None:
        """The first picture of the film."""
        with QPainter(canvas) as painter:
            painter.drawImage(0, 0, desk())
        self.step(canvas, 0)

    def step(self, canvas: QImage, number: int) -> QRegion:
        """The next picture: another part of the photograph, other grain."""
        width, height = FILM
        room = (self.PHOTOGRAPH[0] - width, self.PHOTOGRAPH[1] - height)
        x, y = film_window(number, room)
        noise_x = number * 97 % (self.NOISE[0] - width)
        noise_y = number * 61 % (self.NOISE[1] - height)
        part = self._photograph[y : y + height, x : x + width]
        noise = self._noise[noise_y : noise_y + height, noise_x : noise_x + width]
        with QPainter(canvas) as painter:
            painter.drawImage(self._place.topLeft(), image(grained(part, noise)))
        return QRegion(self._place)


class Slides:
    """Photographs and pages of a report in turn, each over the full screen."""

    def __init__(self) -> None:
        self._slides = [self._slide(number) for number in range(SLIDES)]

    def begin(self, canvas: QImage) -> None:
        """The first slide."""
        self.step(canvas, 0)

    def step(self, canvas: QImage, number: int) -> QRegion:
        """The next slide."""
        with QPainter(canvas) as painter:
            painter.drawImage(0, 0, self._slides[number % len(self._slides)])
        return QRegion(SCREEN)

    def pictures(self) -> list[QImage]:
        """All slides, that of step 0 first."""
        return list(self._slides)

    def _slide(self, number: int) -> QImage:
        if number % 2:
            return report(WIDTH, HEIGHT, SEED + number)
        return image(photograph(WIDTH, HEIGHT, SEED + 10 + number))


SCENES: Mapping[str, Callable[[], Scene]] = {
    "idle": Typing,
    "typing": Typing,
    "scroll": Scroll,
    "drag": Drag,
    "film": Film,
    "slides": Slides,
    "click": Click,
}
