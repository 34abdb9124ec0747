"""One to five stars: radio buttons that look like it, worked by mouse, arrows and screen reader."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QWidget

from client.ui import icons
from client.ui.theme import Theme
from protocol.catalogue import Catalogue

STARS = 5
SIDE = 40
_ICON = 26


class Star(QRadioButton):
    """One of them; `full` when it or a later one is chosen."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.full = False
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(SIDE, SIDE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        side = (SIDE - _ICON) / 2
        into = QRectF(side, side, _ICON, _ICON)
        token = "accent" if self.full else "control"
        icons.draw(painter, "star_full" if self.full else "star", self._theme.colour(token), into)


class Stars(QWidget):
    """Emits `changed`; `number` is 1 to 5, or None while nothing is chosen."""

    changed = Signal()

    def __init__(self, t: Catalogue, theme: Theme) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._stars = [Star(theme, t.count("steps.survey_stars", n)) for n in range(1, STARS + 1)]
        for number, star in enumerate(self._stars, 1):
            self._group.addButton(star, number)
            row.addWidget(star)
        row.addStretch(1)
        self._group.idToggled.connect(self._toggled)

    @property
    def number(self) -> int | None:
        """How many stars are chosen."""
        chosen = self._group.checkedId()
        return chosen if chosen > 0 else None

    def stops(self) -> list[QWidget]:
        """What Tab comes to."""
        return [*self._stars]

    def clear(self) -> None:
        """Choose none."""
        uncheck(self._group)

    @Slot(int, bool)
    def _toggled(self, _number: int, _on: bool) -> None:
        chosen = self.number or 0
        for number, star in enumerate(self._stars, 1):
            star.full = number <= chosen
            star.update()
        self.changed.emit()


def uncheck(group: QButtonGroup) -> None:
    """No button of an exclusive group is checked afterwards."""
    chosen = group.checkedButton()
    if chosen is not None:
        group.setExclusive(False)
        chosen.setChecked(False)
        group.setExclusive(True)
