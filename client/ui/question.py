"""A question over the window. It is opened, never waited for; the safe answer has the focus."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from client.session.view import QuestionKind, QuestionView
from client.ui.parts import button, label
from client.ui.theme import Theme


class Question(QDialog):
    """Emits `answered(kind, yes)` once. Escape and closing it are a no."""

    answered = Signal(object, bool)

    def __init__(self, view: QuestionView, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.view = view
        self.setObjectName("question")
        self.setWindowTitle(view.title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMaximumWidth(380)
        self.setMinimumWidth(288)
        space = theme.tokens.space
        title = label("strong", "questionTitle")
        title.setText(view.title)
        text = label("soft", "questionText")
        dangerous = view.kind is QuestionKind.END
        text.setText(view.text if dangerous else "\u200b".join(view.text))  # an address may break
        text.setAccessibleName(view.text)
        yes = button(view.yes, "danger" if dangerous else "primary", "questionYes")
        no = button(view.no, "", "questionNo")
        no.setDefault(True)
        yes.clicked.connect(self.accept)
        no.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(space[4], space[4], space[4], space[3])
        column.setSpacing(space[1])
        column.addWidget(title)
        column.addWidget(text)
        column.addSpacing(space[2])
        answers = QHBoxLayout()
        answers.setSpacing(space[1])
        answers.addStretch(1)
        answers.addWidget(yes)
        answers.addWidget(no)
        column.addLayout(answers)
        no.setFocus()
        self.finished.connect(self._answer)

    @Slot(int)
    def _answer(self, result: int) -> None:
        self.answered.emit(self.view.kind, result == QDialog.DialogCode.Accepted.value)
