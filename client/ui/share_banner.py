"""The band that says what of the screen is shown to whom, with the button that ends it.

That button is never disabled, never smaller than `BUTTON_LEAST`, and the first one that Tab
reaches here.
"""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from client.session.share_view import BannerView, GrantView
from client.ui import icons
from client.ui.answers import Answers
from client.ui.parts import breakable, button, flowing, label
from client.ui.theme import Theme
from protocol.sharing import Grant

BUTTON_LEAST = 36
"""Height of the solid button in device-independent pixels; the look asks for at least 32."""

_ICON = 20


class Banner(QFrame):
    """Emits `ended`, `changed`, `paused(on)`, `taken(to, grant)` and `extended(to, grant)`."""

    ended = Signal()
    changed = Signal()
    paused = Signal(bool)
    taken = Signal(str, object)
    extended = Signal(str, object)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._view: BannerView | None = None
        self.setObjectName(name)
        self.setProperty("role", "banner")
        self._mark = QLabel()
        self._title = flowing("strong", "bannerTitle")
        self._clock = label("", "bannerClock", wrap=False)
        self._notes = flowing("", "bannerNotes")
        self._lines = GrantLines(theme)
        self._pause = button("", "", "bannerPause")
        self._end = button("", "stop", "bannerEnd")
        self._build()
        self._pause.clicked.connect(self._turn_pause)
        self._end.clicked.connect(self._press_end)
        self._lines.taken.connect(self.taken)
        self._lines.extended.connect(self.extended)
        theme.changed.connect(self._restyle)

    def render_view(self, view: BannerView) -> None:
        """Show who sees what."""
        before, self._view = self._view, view
        self._title.setText(breakable(view.title))
        self._clock.setText(view.clock)
        self._notes.setText(breakable("\n".join(view.notes)))
        self._notes.setVisible(bool(view.notes))
        self._lines.render_view(view.grants)
        self._pause.setText(view.pause)
        self._pause.setVisible(bool(view.pause))
        self._end.setText(view.button)
        self._arrange()
        if before is None or before.shows != view.shows:
            self._restyle()
        if before is None or len(before.grants) != len(view.grants):
            self._order()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def heightForWidth(self, width: int) -> int:
        self._arrange(width)
        return super().heightForWidth(width)

    def _arrange(self, width: int = 0) -> None:
        sides = self.contentsMargins()
        inner = self._column.contentsMargins()
        taken = sides.left() + sides.right() + inner.left() + inner.right()
        self._lines.arrange((width or self.width()) - taken)

    def _build(self) -> None:
        space = self._theme.tokens.space
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._title.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._end.setMinimumHeight(BUTTON_LEAST)
        self._end.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        top = QHBoxLayout()
        top.setSpacing(space[1])
        top.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._title, 1)
        top.addWidget(self._clock, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setSpacing(space[1])
        foot.addWidget(self._pause)
        foot.addStretch(1)
        foot.addWidget(self._end)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(space[3], space[1], space[2], space[1])
        column.setSpacing(space[1])
        column.addLayout(top)
        column.addWidget(self._notes)
        column.addWidget(self._lines)
        column.addLayout(foot)

    def _order(self) -> None:
        """Tab reaches the end first."""
        before: QWidget = self._end
        for one in (self._pause, *self._lines.buttons()):
            QWidget.setTabOrder(before, one)
            before = one

    @Slot()
    def _turn_pause(self) -> None:
        if self._view is not None:
            self.paused.emit(not self._view.paused)

    @Slot()
    def _press_end(self) -> None:
        changes = self._view is not None and self._view.changes
        (self.changed if changes else self.ended).emit()

    @Slot()
    def _restyle(self) -> None:
        shows = self._view is None or self._view.shows
        colour = self._theme.colour("warnBandInk")
        name = "eye" if shows else "eye_off"
        self._mark.setPixmap(icons.pixmap(name, colour, _ICON, self.devicePixelRatioF()))


class GrantLines(QWidget):
    """What each may do, a line each. A line stays the same as long as its grant holds, so that
    the focus does."""

    taken = Signal(str, object)
    extended = Signal(str, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: dict[tuple[str, Grant], _Line] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.tokens.space[0])

    def render_view(self, views: tuple[GrantView, ...]) -> None:
        """Show these grants in this order."""
        self.setVisible(bool(views))
        for gone in self._lines.keys() - {(view.to, view.grant) for view in views}:
            over = self._lines.pop(gone)
            self._column.removeWidget(over)
            over.hide()
            over.deleteLater()
        for at, view in enumerate(views):
            line = self._lines.get((view.to, view.grant))
            if line is None:
                line = self._lines[view.to, view.grant] = self._made(view)
                self._column.insertWidget(at, line)
                line.show()  # now: Qt would wait for the next turn, and lay out without it
            line.render_view(view)

    def arrange(self, width: int) -> None:
        """Lay out the lines for that width."""
        for line in self._lines.values():
            line.arrange(width)

    def buttons(self) -> list[QWidget]:
        """The buttons of all lines, those of one beside each other."""
        return [one for line in self._lines.values() for one in (line.more, line.take)]

    def _made(self, view: GrantView) -> "_Line":
        line = _Line(self._theme)
        line.take.clicked.connect(partial(self.taken.emit, view.to, view.grant))
        line.more.clicked.connect(partial(self.extended.emit, view.to, view.grant))
        return line


class _Line(QWidget):
    """The buttons stand beside the text, or below it where there is no room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._gap = theme.tokens.space[1]
        self._text = flowing("", "grantText")
        self.more = button("", "", "grantMore")
        self.take = button("", "", "grantTake")
        self._answers = Answers(theme, self.more, self.take)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.tokens.space[0])
        self._box.addWidget(self._text, 1)
        self._box.addWidget(self._answers)

    def render_view(self, view: GrantView) -> None:
        self._text.setText(breakable(view.text))
        self.take.setText(view.take)
        self.take.setAccessibleName(view.take_name)
        self.more.setText(view.more)
        self.more.setAccessibleName(view.more_name)
        self.more.setVisible(bool(view.more))
        self._answers.arrange()

    def arrange(self, width: int) -> None:
        """To be called with a new width, or with new words."""
        words = self._text.fontMetrics().horizontalAdvance(self._text.text())
        buttons = self._answers.sizeHint().width()
        beside = words + buttons + self._gap <= width
        wide = buttons if beside else min(buttons, width)
        self._answers.setFixedSize(wide, self._answers.heightForWidth(wide))
        ways = QBoxLayout.Direction
        self._box.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
