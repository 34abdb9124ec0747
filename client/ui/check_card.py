"""What stands in the way on this computer, one thing at a time, or a quiet line: nothing does."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from client.session.check_inputs import CheckWanted, FixSkipped, FixWanted
from client.session.view import CheckView, Level
from client.ui import icons
from client.ui.announce import Announcer
from client.ui.answers import Answers
from client.ui.parts import Card, button, label, say
from client.ui.theme import Theme
from protocol.working import Hurdle

_MARK = 20
_MARKS = {
    Level.GOOD: ("done", "good"),
    Level.WARN: ("alert", "warn"),
    Level.QUIET: ("clock", "soft"),
}


class CheckCard(QWidget):
    """Emits `intended(input)`."""

    intended = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._level = Level.QUIET
        self._problem: Hurdle | None = None
        self._announcer = Announcer(self)
        self._mark = QLabel()
        self._title = label("", "checkTitle")
        self._text = label("", "checkText")
        self._status = label("soft", "checkStatus")
        self._fix = button("", "primary", "checkFix")
        self._again = button("", "", "checkAgain")
        self._skip = button("", "quiet", "checkSkip")
        self._answers = Answers(theme, self._fix, self._again, self._skip)
        self._build()
        self._fix.clicked.connect(self._want_fix)
        self._again.clicked.connect(self._want_check)
        self._skip.clicked.connect(self._skip_it)
        theme.changed.connect(self._restyle)

    def render_view(self, view: CheckView | None) -> None:
        """Show it, or take the card away."""
        self.setVisible(view is not None)
        if view is None:
            self._announcer.say("")
            return
        self._problem, self._level = view.problem, view.level
        self._as_heading(on=view.problem is not None)
        self._title.setText(view.title)
        say(self._text, view.text)
        say(self._status, view.status)
        for one, words in self._offers(view):
            one.setText(words)
            one.setVisible(bool(words))
            one.setAccessibleDescription(view.title)
        self._answers.setVisible(self.has_buttons)
        self._answers.arrange()
        self._restyle()
        self._announcer.say(view.spoken)

    @property
    def has_buttons(self) -> bool:
        """Whether there is anything to press."""
        return any(one.text() for one in (self._fix, self._again, self._skip))

    def _offers(self, view: CheckView) -> tuple[tuple[QPushButton, str], ...]:
        return (self._fix, view.fix), (self._again, view.again), (self._skip, view.skip)

    @Slot()
    def _want_fix(self) -> None:
        if self._problem is not None:
            self.intended.emit(FixWanted(self._problem))

    @Slot()
    def _want_check(self) -> None:
        self.intended.emit(CheckWanted(self._problem))

    @Slot()
    def _skip_it(self) -> None:
        if self._problem is not None:
            self.intended.emit(FixSkipped(self._problem))

    def _build(self) -> None:
        space = self._theme.tokens.space
        card = Card(self._theme)
        card.setObjectName("checkCard")
        card.column.setContentsMargins(space[2], space[1], space[2], space[1])
        top = QHBoxLayout()
        top.setSpacing(space[1])
        top.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._title, 1)
        card.column.addLayout(top)
        for part in (self._text, self._status, self._answers):
            card.column.addWidget(part)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(space[2], space[1], space[2], 0)
        outer.addWidget(card)

    def _as_heading(self, *, on: bool) -> None:
        role = "label" if on else "soft"
        if self._title.property("role") != role:
            self._title.setProperty("role", role)
            self._title.style().unpolish(self._title)
            self._title.style().polish(self._title)

    @Slot()
    def _restyle(self) -> None:
        name, token = _MARKS[self._level]
        colour = self._theme.colour(token)
        self._mark.setPixmap(icons.pixmap(name, colour, _MARK, self.devicePixelRatioF()))
