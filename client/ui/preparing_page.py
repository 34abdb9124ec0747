"""A question before the queue: the agreement, the recording. Nothing else is reachable meanwhile.

The focus begins in the text, so that no key that was meant for the page before answers anything,
and the yes takes no click in its first moment: a double click on one question must not answer
the next. A long text scrolls above the answers, which always stay in sight.
"""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from client.session.view import PreparingView
from client.ui.announce import Announcer
from client.ui.answers import Answers
from client.ui.panel import Panel
from client.ui.parts import Card, button, label, say
from client.ui.rich_text import RichText
from client.ui.theme import Theme
from protocol.steps import Step

CARD_WIDTH = 560
GUARD_MS = 500
READING_LEAST = 48
EDGE = 2


class PreparingPage(QWidget):
    """Emits `answered(step, yes)` and `link_chosen(url)`."""

    answered = Signal(object, bool)
    link_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("preparingPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._question: Step | None = None
        self._key = ""
        self._step = label("small", "preparingStep")
        self._title = label("title", "preparingTitle")
        self._text = RichText(theme, "preparingText")
        self._reading = Panel("preparingReading", edge=EDGE)
        self._card = Card(theme)
        self._margin = theme.tokens.space[2]
        self._hint = label("soft", "preparingHint")
        self._countdown = label("small", "countdown")
        self._status = label("strong", "preparingStatus")
        self._yes = button("", "primary", "answerYes")
        self._no = button("", "", "answerNo")
        self._answers = Answers(theme, self._yes, self._no)
        self._announcer = Announcer(self)
        self._guard = QTimer(self)
        self._guard.setSingleShot(True)
        self._guard.setInterval(GUARD_MS)
        self._guard.timeout.connect(self._unguard)
        self._build(theme)
        self._text.link_chosen.connect(self.link_chosen)
        self._yes.clicked.connect(self._say_yes)
        self._no.clicked.connect(self._say_no)

    def render_view(self, view: PreparingView | None) -> None:
        """Show the question, or that there is none just now."""
        if view is None:
            return
        self._question = view.question
        say(self._step, view.step)
        say(self._title, view.title)
        self._text.show_text(view.text)
        self._reading.setAccessibleName(view.title)
        self._reading.setAccessibleDescription(self._text.plain())
        say(self._hint, view.hint)
        say(self._countdown, view.countdown)
        say(self._status, view.status)
        self._yes.setText(view.yes)
        self._no.setText(view.no)
        self._answers.setVisible(view.open)
        self._answers.arrange()
        self._announcer.say(view.spoken or view.status)
        self._fit()
        if view.key != self._key:
            self._key = view.key
            self.begin()

    def begin(self) -> None:
        """A new question, or the page was turned: it is read first, and answered after that."""
        self._yes.setEnabled(False)
        self._guard.start()
        self._reading.verticalScrollBar().setValue(0)
        self._reading.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The text gets what room the answers leave."""
        width = min(CARD_WIDTH, self.width() - 2 * self._margin)
        sides = self._card.column.contentsMargins()
        inner = width - sides.left() - sides.right() - 2 * self._card.frameWidth()
        whole = self._reading.fit(inner, self.height())
        over = self._card.heightForWidth(width) - (self.height() - 2 * self._margin)
        if over > 0:
            self._reading.fit(inner, max(READING_LEAST, whole - over))

    @Slot()
    def _unguard(self) -> None:
        self._yes.setEnabled(True)

    @Slot()
    def _say_yes(self) -> None:
        self._answer(yes=True)

    @Slot()
    def _say_no(self) -> None:
        self._answer(yes=False)

    def _answer(self, *, yes: bool) -> None:
        if self._question is not None:
            self.answered.emit(self._question, yes)

    def _build(self, theme: Theme) -> None:
        space = theme.tokens.space
        self._card.setMaximumWidth(CARD_WIDTH)
        self._card.column.setContentsMargins(space[3], space[3], space[3], space[3])
        self._reading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._reading.column.setSpacing(space[1])
        self._reading.column.setContentsMargins(0, 0, space[1], 0)
        for part in (self._step, self._title, self._text):
            self._reading.column.addWidget(part)
        self._card.column.addWidget(self._reading)
        below = QVBoxLayout()  # as far in as the text stands in its border
        below.setContentsMargins(EDGE, 0, EDGE, 0)
        below.setSpacing(space[1])
        for line in (self._hint, self._countdown, self._status):
            below.addWidget(line)
        below.addWidget(self._answers)
        self._card.column.addLayout(below)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*(self._margin,) * 4)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._card, 100)
        row.addStretch(1)
        outer.addStretch(2)
        outer.addLayout(row)
        outer.addStretch(3)
