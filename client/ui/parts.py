"""The few small widgets that several pages are built of."""

import re

from PySide6.QtCore import QRectF, QSize, Qt, QTimerEvent
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from client.session.view import Level
from client.ui import icons
from client.ui.faces import face
from client.ui.theme import Theme


def label(role: str = "", name: str = "", *, wrap: bool = True) -> QLabel:
    """A label of plain text; `role` is one of the style sheet's."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setProperty("role", role)
    made.setObjectName(name)
    return made


_WORD = re.compile(r"\S{25,}")


def breakable(text: str) -> str:
    """`text`, whose very long words may be broken, so that no name makes a window wider."""
    return _WORD.sub(lambda word: "\u200b".join(word[0]), text)


def flowing(role: str = "", name: str = "") -> QLabel:
    """A label for what others wrote: it never asks for more room than there is. Put `breakable`
    text into it."""
    made = label(role, name)
    made.setMinimumWidth(1)
    return made


def button(text: str, role: str, name: str) -> QPushButton:
    """A button that Enter presses too when it has the focus."""
    made = QPushButton(text)
    made.setProperty("role", role)
    made.setObjectName(name)
    made.setAutoDefault(True)
    return made


class LongButton(QPushButton):
    """A button whose words may be longer than there is room: they end in the middle then."""

    def minimumSizeHint(self) -> QSize:
        return QSize(96, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        pad = self.sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())
        room = self.width() - pad
        middle = Qt.TextElideMode.ElideMiddle
        option.text = self.fontMetrics().elidedText(self.text(), middle, room)
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)


def say(target: QLabel, text: str) -> None:
    """Show `text`, or take the label away when there is none."""
    target.setText(text)
    target.setVisible(bool(text))


class OneLine(QLabel):
    """A label with an ellipsis at its end (or in the `middle`, as names of files need it) where
    there is no room; the tooltip has it all."""

    def __init__(self, role: str, name: str, *, middle: bool = False) -> None:
        super().__init__()
        mode = Qt.TextElideMode
        self._mode = mode.ElideMiddle if middle else mode.ElideRight
        self.setProperty("role", role)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics = self.fontMetrics()
        shown = metrics.elidedText(self.text(), self._mode, self.width())
        self.setToolTip("" if shown == self.text() else self.text())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, shown)


class Card(QFrame):
    """A raised surface with a column of widgets in `column`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        space = theme.tokens.space
        self.setProperty("role", "card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(space[4], space[4], space[4], space[4])
        self.column.setSpacing(space[1])


class Disc(QWidget):
    """The disc with a photo, or with initials; decoration, so readers skip it."""

    def __init__(self, theme: Theme, size: int) -> None:
        super().__init__()
        self._theme = theme
        self._initials = ""
        self._photo = b""
        self.setFixedSize(size, size)
        theme.changed.connect(self.update)

    def show_person(self, initials: str, photo: bytes = b"") -> None:
        """Whose disc it is."""
        self._initials, self._photo = initials, photo
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_disc(painter, QRectF(self.rect()), self._initials, self._theme, self._photo)


def draw_disc(
    painter: QPainter, into: QRectF, initials: str, theme: Theme, photo: bytes = b""
) -> None:
    """Draw a disc with a photo, with initials, or with a speech bubble when there is neither."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    picture = face(photo) if photo else None
    if picture is not None:
        _draw_face(painter, into, picture)
        painter.restore()
        return
    painter.setBrush(theme.colour("accentSoft"))
    painter.drawEllipse(into)
    colour = theme.colour("accentText")
    if initials:
        painter.setPen(colour)
        painter.setFont(theme.fixed_font(max(10, round(into.height() * 0.38)), strong=True))
        painter.drawText(into, Qt.AlignmentFlag.AlignCenter, initials)
    else:
        side = into.width() * 0.25
        icons.draw(painter, "chat", colour, into.adjusted(side, side, -side, -side))
    painter.restore()


def _draw_face(painter: QPainter, into: QRectF, picture: QPixmap) -> None:
    """The middle of the picture."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    round_ = QPainterPath()
    round_.addEllipse(into)
    painter.setClipPath(round_, Qt.ClipOperation.IntersectClip)
    side = min(picture.width(), picture.height())
    x, y = (picture.width() - side) / 2, (picture.height() - side) / 2
    painter.drawPixmap(into, picture, QRectF(x, y, side, side))


_LEVELS = {Level.GOOD: "good", Level.WARN: "warn", Level.QUIET: "control"}


class Dot(QWidget):
    """A small dot; the word beside it says the same."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._level = Level.QUIET
        self.setFixedSize(10, 10)
        theme.changed.connect(self.update)

    def show_level(self, level: Level) -> None:
        """What the dot means."""
        self._level = level
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(_LEVELS[self._level]))
        painter.drawEllipse(QRectF(1, 1, 8, 8))


class Waiting(QWidget):
    """Three dots that take turns while something is under way; still when that is wished."""

    STEP_MS = 320

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._at = 0
        self._timer = 0
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(44, 12)

    def showEvent(self, _event: object) -> None:
        if not self._theme.still and not self._timer:
            self._timer = self.startTimer(self.STEP_MS)

    def hideEvent(self, _event: object) -> None:
        if self._timer:
            self.killTimer(self._timer)
            self._timer = 0

    def timerEvent(self, _event: QTimerEvent) -> None:
        self._at = (self._at + 1) % 3
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        left = (self.width() - 44) / 2
        for n in range(3):
            lit = self._theme.still or n == self._at
            colour: QColor = self._theme.colour("accent" if lit else "line")
            painter.setBrush(colour)
            painter.drawEllipse(QRectF(left + n * 16, 1, 10, 10))
