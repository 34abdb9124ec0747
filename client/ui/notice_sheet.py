"""The sheet before leaving because of a notice: yes or no, and where to tell that it is solved."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from client.session.view import MineView
from client.ui.announce import Announcer
from client.ui.answers import Answers
from client.ui.parts import button, label, say
from client.ui.theme import Theme
from protocol import limits

WIDTH = 352


class NoticeSheet(QDialog):
    """Emits `answered(yes, email)`; closing it and Escape are a no. It stays until the session's
    state takes it away, so nothing typed is lost."""

    answered = Signal(bool, str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("noticeSheet")
        self.setModal(True)
        self.setFixedWidth(WIDTH)
        self._begun = False
        self._title = label("strong", "sheetTitle")
        self._text = label("soft", "sheetText")
        self._label = label("label", "sheetLabel")
        self._email = QLineEdit()
        self._email.setObjectName("sheetEmail")
        self._email.setMaxLength(limits.EMAIL_CHARS)
        self._email.setInputMethodHints(Qt.InputMethodHint.ImhEmailCharactersOnly)
        self._label.setBuddy(self._email)
        self._hint = label("small", "sheetHint")
        self._problem = label("problem", "sheetProblem")
        self._status = label("soft", "sheetStatus")
        self._yes = button("", "primary", "sheetYes")
        self._no = button("", "", "sheetNo")
        for one in (self._yes, self._no):
            one.setAutoDefault(False)
        self._answers = Answers(theme, self._yes, self._no)
        self._announcer = Announcer(self)
        self._build(theme)
        self._yes.clicked.connect(self._say_yes)
        self._email.returnPressed.connect(self._say_yes)
        self._no.clicked.connect(self.reject)

    def render_view(self, view: MineView) -> None:
        """Show what is asked; what was typed stays."""
        self.setWindowTitle(view.title)
        self._title.setText(view.title)
        self._text.setText(view.text)
        say(self._label, view.field)
        self._email.setAccessibleName(view.field)
        self._email.setAccessibleDescription(view.problem or view.hint)
        self._email.setVisible(bool(view.field))
        self._email.setEnabled(not view.busy)
        say(self._hint, view.hint)
        say(self._problem, view.problem)
        say(self._status, view.status)
        self._yes.setText(view.yes)
        self._no.setText(view.no)
        self._answers.setVisible(not view.busy)
        self._answers.arrange()
        self._announcer.say(view.problem or view.status)
        if view.problem:
            self._email.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self._begun:
            self._begun = True
            first = self._email if view.field else self._no
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.resize(WIDTH, self.heightForWidth(WIDTH))

    def reject(self) -> None:
        """Nothing happened; the state says when the sheet goes."""
        self.answered.emit(False, "")

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window system's cross is a no like any other."""
        event.ignore()
        self.reject()

    def take_away(self) -> None:
        """Close without an answer, for good."""
        self.done(0)
        self.deleteLater()

    @Slot()
    def _say_yes(self) -> None:
        self.answered.emit(True, self._email.text())

    def _build(self, theme: Theme) -> None:
        space = theme.tokens.space
        column = QVBoxLayout(self)
        column.setContentsMargins(space[4], space[4], space[4], space[3])
        column.setSpacing(space[1])
        for part in (self._title, self._text):
            column.addWidget(part)
        column.addSpacing(space[0])
        column.addWidget(self._label)
        column.addWidget(self._email)
        for part in (self._hint, self._problem, self._status):
            column.addWidget(part)
        column.addSpacing(space[1])
        column.addWidget(self._answers)
