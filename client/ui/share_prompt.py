"""The question of a representative, above the conversation, which goes on meanwhile.

Nobody says yes by accident: the answers take nothing in their first second, whatever was being
typed or clicked, and the no is what has the focus.
"""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QWidget,
)

from client.session.share_inputs import ShareAnswer
from client.session.share_view import AgainView, LastsView, PromptView
from client.ui.announce import Announcer
from client.ui.answers import Answers
from client.ui.parts import LongButton, breakable, button, flowing, label, say
from client.ui.sheet import Sheet
from client.ui.theme import Theme

GUARD_MS = 1000


class Lasts(QWidget):
    """How long control lasts: a label and a list."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._label = label("", f"{name}Label", wrap=False)
        self._list = QComboBox()
        self._list.setObjectName(name)
        self._list.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._label.setBuddy(self._list)
        self._view: LastsView | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.tokens.space[1])
        row.addWidget(self._label)
        row.addWidget(self._list)
        row.addStretch(1)

    def render_view(self, view: LastsView | None) -> None:
        """Show the choices; one that was made stays."""
        self.setVisible(view is not None)
        if view is None or view == self._view:
            return
        self._view = view
        self._label.setText(view.label)
        self._list.setAccessibleName(view.label)
        self._list.clear()
        for seconds, words in view.choices:
            self._list.addItem(words, seconds)
        self.reset()

    def reset(self) -> None:
        """Choose the usual time again."""
        if self._view is not None:
            self._list.setCurrentIndex(self._list.findData(self._view.usual))

    def seconds(self) -> int:
        """The time that is chosen; 0: for the session."""
        chosen = self._list.currentData()
        return chosen if isinstance(chosen, int) else 0


class SharePrompt(Sheet):
    """Emits `answered(key, answer, lasts_s)`."""

    answered = Signal(int, object, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "sharePrompt")
        self._key = 0
        self._title = flowing("strong", "promptTitle")
        self._text = flowing("", "promptText")
        self._why = flowing("", "promptWhy")
        self._hint = flowing("soft", "promptHint")
        self._countdown = label("small", "promptCountdown")
        self._lasts = Lasts(theme, "promptLasts")
        self._allow = button("", "primary", "promptAllow")
        self._view_only = LongButton()  # it names somebody
        self._view_only.setObjectName("promptViewOnly")
        self._view_only.setAutoDefault(True)
        self._choose = button("", "", "promptChoose")
        self._deny = button("", "", "promptDeny")
        self._answers = Answers(theme, self._deny, self._allow, self._view_only, self._choose)
        self._announcer = Announcer(self)
        self._guard = QTimer(self)
        self._guard.setSingleShot(True)
        self._guard.setInterval(GUARD_MS)
        self._guard.timeout.connect(self._unguard)
        self._build()
        self._allow.clicked.connect(self._say_allow)
        self._view_only.clicked.connect(self._say_view_only)
        self._choose.clicked.connect(self._say_choose)
        self._deny.clicked.connect(self._say_deny)

    def render_view(self, view: PromptView | None) -> bool:
        """Show the question; whether it is a new one."""
        self.setVisible(view is not None)
        if view is None:
            self._key = 0
            return False
        new, self._key = view.key != self._key, view.key
        self._title.setText(breakable(view.title))
        self._text.setText(breakable(view.text))
        say(self._why, breakable(view.why))
        say(self._hint, view.hint)
        self._countdown.setText(view.countdown)
        self.reading.setAccessibleName(view.title)
        self.reading.setAccessibleDescription(" ".join((view.text, view.why, view.hint)).strip())
        self._lasts.render_view(view.lasts)
        for one, words in self._offers(view):
            one.setText(words)
            one.setAccessibleName(words)
            one.setVisible(bool(words))
        self._deny.setAccessibleDescription(view.title)
        self._answers.arrange()
        if new:
            self._begin()
        self._announcer.say(view.spoken)
        return new

    def focus_no(self) -> None:
        """Put the focus on the safe answer."""
        self._deny.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offers(self, view: PromptView) -> list[tuple[QPushButton, str]]:
        return [
            (self._allow, view.allow),
            (self._view_only, view.view_only),
            (self._choose, view.choose),
            (self._deny, view.deny),
        ]

    def _begin(self) -> None:
        for one in (self._allow, self._view_only, self._choose):
            one.setEnabled(False)
        self._guard.start()
        self._lasts.reset()
        self.reading.verticalScrollBar().setValue(0)

    @Slot()
    def _unguard(self) -> None:
        for one in (self._allow, self._view_only, self._choose):
            one.setEnabled(True)

    @Slot()
    def _say_allow(self) -> None:
        self._answer(ShareAnswer.ALLOW)

    @Slot()
    def _say_view_only(self) -> None:
        self._answer(ShareAnswer.VIEW_ONLY)

    @Slot()
    def _say_choose(self) -> None:
        self._answer(ShareAnswer.CHOOSE)

    @Slot()
    def _say_deny(self) -> None:
        self._answer(ShareAnswer.DENY)

    def _answer(self, answer: ShareAnswer) -> None:
        if not self._guard.isActive():
            self.answered.emit(self._key, answer, self._lasts.seconds())

    def _build(self) -> None:
        for part in (self._title, self._text, self._why, self._hint):
            self.reading.column.addWidget(part)
        self.reading.column.addWidget(self._lasts)
        self.column.addWidget(self._countdown)
        self.column.addWidget(self._answers)


class ShareAgain(Sheet):
    """A share broke off. Emits `answered(yes)`."""

    answered = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "shareAgain")
        self._title = flowing("strong", "againTitle")
        self._text = flowing("", "againText")
        self._hint = flowing("soft", "againHint")
        self._yes = button("", "primary", "againYes")
        self._no = button("", "", "againNo")
        self._answers = Answers(theme, self._no, self._yes)
        self._announcer = Announcer(self)
        for part in (self._title, self._text, self._hint):
            self.reading.column.addWidget(part)
        self.column.addWidget(self._answers)
        self._yes.clicked.connect(self._say_yes)
        self._no.clicked.connect(self._say_no)

    def render_view(self, view: AgainView | None) -> None:
        """Show the question, or take it away."""
        self.setVisible(view is not None)
        if view is None:
            return
        self._title.setText(breakable(view.title))
        self._text.setText(breakable(view.text))
        self._hint.setText(breakable(view.hint))
        self.reading.setAccessibleName(view.title)
        self.reading.setAccessibleDescription(f"{view.text} {view.hint}")
        self._yes.setText(view.yes)
        self._yes.setEnabled(view.open)
        self._yes.setAccessibleDescription(view.hint)
        self._no.setText(view.no)
        self._answers.arrange()
        self._announcer.say(f"{view.title}. {view.text}")

    @Slot()
    def _say_yes(self) -> None:
        self.answered.emit(True)

    @Slot()
    def _say_no(self) -> None:
        self.answered.emit(False)
