"""The survey after the end: every answer is up to the customer, and can be taken back."""

from itertools import pairwise

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from client.session.view import SurveyView
from client.ui.announce import Announcer
from client.ui.answers import Answers
from client.ui.parts import button, label, say
from client.ui.rich_text import RichText
from client.ui.stars import Stars, uncheck
from client.ui.theme import Theme
from protocol import limits
from protocol.catalogue import Catalogue
from protocol.steps import QuestionKind, SurveyQuestion, SurveyReply

TEXT_HEIGHT = 76
RADIO_WIDTH = 20


class Option(QWidget):
    """A choice whose words may run over several lines."""

    def __init__(self, text: str, theme: Theme) -> None:
        super().__init__()
        self.radio = QRadioButton()
        self.radio.setAccessibleName(text)
        self.radio.setFixedWidth(RADIO_WIDTH)
        words = label("", "surveyChoice")
        words.setText(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.tokens.space[1])
        row.addWidget(self.radio, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the words is one on the button."""
        if event.button() is Qt.MouseButton.LeftButton and self.isEnabled():
            self.radio.click()


class Question(QWidget):
    """One question with what its kind needs to be answered; emits `changed`."""

    changed = Signal()

    def __init__(self, question: SurveyQuestion, t: Catalogue, theme: Theme) -> None:
        super().__init__()
        self._question = question
        self._t = t
        self._stars: Stars | None = None
        self._choices = QButtonGroup(self)
        self._text: QPlainTextEdit | None = None
        self._too_long = label("problem", "surveyTooLong")
        self._too_long.hide()
        self._clear = button(t("steps.survey_clear"), "quiet", "surveyClear")
        self._clear.setAccessibleDescription(question.text)
        self._clear.clicked.connect(self._take_back)
        caption = label("label", "surveyQuestion")
        caption.setText(question.text)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.tokens.space[0])
        self._column.addWidget(caption)
        self._add_field(theme)
        self._column.addWidget(self._too_long)
        self._column.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName(question.text)
        self._clear.hide()

    def reply(self) -> SurveyReply | None:
        """The answer, or None while there is none."""
        text = self._written()
        number = self._number()
        if number is None and not text:
            return None
        return SurveyReply(question=self._question.id, number=number, text=text)

    def is_too_long(self) -> bool:
        """Whether more was written than can be sent."""
        return len(self._written()) > limits.SURVEY_TEXT_CHARS

    def stops(self) -> list[QWidget]:
        """What Tab comes to, in the order in which it is read."""
        stars = self._stars.stops() if self._stars is not None else []
        texts = [self._text] if self._text is not None else []
        return [*stars, *self._choices.buttons(), *texts, self._clear]

    def focus_text(self) -> None:
        """Put the cursor where something was written."""
        if self._text is not None:
            self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _number(self) -> int | None:
        if self._stars is not None:
            return self._stars.number
        chosen = self._choices.checkedId()
        return chosen if chosen >= 0 else None

    def _written(self) -> str:
        raw = self._text.toPlainText().strip() if self._text else ""
        return raw.encode("utf-8", "replace").decode("utf-8")  # JSON carries no half surrogates

    def _add_field(self, theme: Theme) -> None:
        match self._question.kind:
            case QuestionKind.STARS:
                self._stars = Stars(self._t, theme)
                self._stars.setAccessibleName(self._question.text)
                self._stars.changed.connect(self._changed)
                self._column.addWidget(self._stars)
            case QuestionKind.CHOICE:
                for number, choice in enumerate(self._question.choices):
                    option = Option(choice, theme)
                    option.radio.setAccessibleDescription(self._question.text)
                    self._choices.addButton(option.radio, number)
                    self._column.addWidget(option)
                self._choices.idToggled.connect(self._changed)
            case QuestionKind.TEXT:
                self._text = QPlainTextEdit()
                self._text.setObjectName("surveyText")
                self._text.setAccessibleName(self._question.text)
                self._text.setTabChangesFocus(True)
                self._text.setFixedHeight(TEXT_HEIGHT)
                self._text.textChanged.connect(self._changed)
                self._column.addWidget(self._text)

    @Slot()
    def _changed(self) -> None:
        self._clear.setVisible(self._number() is not None)
        many = len(self._written()) - limits.SURVEY_TEXT_CHARS
        say(self._too_long, self._t("chat.too_long", n=many) if many > 0 else "")
        self.changed.emit()

    @Slot()
    def _take_back(self) -> None:
        focus = self._stars or self._choices.checkedButton()
        if self._stars is not None:
            self._stars.clear()
        uncheck(self._choices)
        if focus is not None:
            (focus.focusProxy() or focus).setFocus(Qt.FocusReason.OtherFocusReason)


class SurveyForm(QWidget):
    """Emits `sent(replies)`, `skipped`, `link_chosen(url)`, and `grown` when its height changed."""

    sent = Signal(object)
    skipped = Signal()
    grown = Signal()
    link_chosen = Signal(str)

    def __init__(self, t: Catalogue, theme: Theme) -> None:
        super().__init__()
        self._t = t
        self._theme = theme
        self._questions: list[Question] = []
        self._known: tuple[SurveyQuestion, ...] = ()
        self._title = label("strong", "surveyTitle")
        self._optional = label("small", "surveyOptional")
        self._optional.setText(t("steps.survey_optional"))
        self._fields = QWidget()
        self._thanks = RichText(theme, "surveyThanks", soft=True)
        self._problem = label("problem", "surveyProblem")
        self._send = button("", "primary", "surveySend")
        self._skip = button(t("steps.survey_skip"), "quiet", "surveySkip")
        self._answers = Answers(theme, self._send, self._skip)
        self._announcer = Announcer(self)
        self._build()
        self._send.clicked.connect(self._send_now)
        self._skip.clicked.connect(self.skipped)
        self._thanks.link_chosen.connect(self.link_chosen)

    def render_view(self, view: SurveyView | None) -> None:
        """Show the survey, or take it away; what was answered stays."""
        self.setVisible(view is not None)
        if view is None:
            return
        if view.questions != self._known:
            self._ask(view.questions)
        asking = not view.sent
        self._title.setText(view.title)
        for part in (self._optional, self._fields, self._answers):
            part.setVisible(asking)
        self._fields.setEnabled(not view.busy)
        self._send.setEnabled(not view.busy)
        self._skip.setVisible(not view.busy)
        self._send.setText(view.send)
        self._answers.arrange()
        self._thanks.show_text(view.thanks)
        if view.problem != self._problem.text():
            say(self._problem, view.problem)
            self.grown.emit()
        self._announcer.say(view.problem or (view.title if view.sent else ""))

    def _ask(self, questions: tuple[SurveyQuestion, ...]) -> None:
        """Draw the questions; they come once."""
        self._known = questions
        column = self._fields.layout()
        for asked in questions:
            question = Question(asked, self._t, self._theme)
            question.changed.connect(self.grown)
            self._questions.append(question)
            if column is not None:
                column.addWidget(question)
            question.show()  # now: Qt would wait for the next turn, and lay out without it
        stops = [stop for question in self._questions for stop in question.stops()]
        for before, after in pairwise([*stops, self._send, self._skip]):
            self.setTabOrder(before, after)

    @Slot()
    def _send_now(self) -> None:
        for question in self._questions:
            if question.is_too_long():
                question.focus_text()
                return
        replies = (question.reply() for question in self._questions)
        self.sent.emit(tuple(reply for reply in replies if reply is not None))

    def _build(self) -> None:
        space = self._theme.tokens.space
        fields = QVBoxLayout(self._fields)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(space[2])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space[1])
        for part in (
            self._title,
            self._optional,
            self._fields,
            self._thanks,
            self._problem,
            self._answers,
        ):
            column.addWidget(part)
