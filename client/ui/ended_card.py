"""The session is over: why, where one may go on, and the survey."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from client.session.view import EndedView, Level
from client.ui import icons
from client.ui.announce import Announcer
from client.ui.answers import Answers
from client.ui.parts import Card, LongButton, button, label, say
from client.ui.rich_text import RichText
from client.ui.survey_form import SurveyForm
from client.ui.theme import Theme
from protocol.catalogue import Catalogue

_MARK = 24
_MARKS = {
    Level.GOOD: ("done", "good"),
    Level.WARN: ("alert", "warn"),
    Level.QUIET: ("done", "soft"),
}


class EndedCard(QWidget):
    """Emits `closed`, `link_chosen(url)`, `survey_sent(replies)`, `survey_skipped`, and `grown`
    when its height may have changed."""

    closed = Signal()
    link_chosen = Signal(str)
    survey_sent = Signal(object)
    survey_skipped = Signal()
    grown = Signal()

    def __init__(self, t: Catalogue, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._level = Level.GOOD
        self._link = ""
        self._mark = QLabel()
        self._title = label("strong", "endedTitle")
        self._text = RichText(theme, "endedText", soft=True)
        self._more = label("soft", "endedMore")
        self._program = label("soft", "endedProgram")
        self._go_on = LongButton()
        self._go_on.setObjectName("goOn")
        self._go_on.setAutoDefault(True)
        self._close = button(t("client.ended.close"), "primary", "close")
        self._answers = Answers(theme, self._close, self._go_on)
        self._survey = SurveyForm(t, theme)
        self._survey_card = Card(theme)
        self._announcer = Announcer(self)
        self._build()
        self._close.clicked.connect(self.closed)
        self._go_on.clicked.connect(self._go)
        self._text.link_chosen.connect(self.link_chosen)
        self._survey.link_chosen.connect(self.link_chosen)
        self._survey.sent.connect(self.survey_sent)
        self._survey.skipped.connect(self.survey_skipped)
        self._survey.grown.connect(self.grown)
        theme.changed.connect(self._restyle)
        self._restyle()

    def render_view(self, view: EndedView | None) -> None:
        """Show it, or take the card away."""
        came = view is not None and self.isHidden()
        self.setVisible(view is not None)
        if view is None:
            return
        self._title.setText(view.title)
        self._text.show_text(view.text)
        say(self._more, view.more)
        say(self._program, view.program)
        self._link = view.link
        self._go_on.setText(view.link_text)
        self._go_on.setToolTip(view.link)
        self._go_on.setVisible(bool(view.link))
        self._answers.arrange()
        self._survey_card.setVisible(view.survey is not None)
        self._survey.render_view(view.survey)
        self._level = view.level
        self._restyle()
        if came:
            self._close.setFocus(Qt.FocusReason.OtherFocusReason)
        self._announcer.say(
            f"{view.title}. {self._text.plain()} {view.more} {view.program}".strip()
        )

    @Slot()
    def _go(self) -> None:
        self.link_chosen.emit(self._link)

    def _build(self) -> None:
        space = self._theme.tokens.space
        card = Card(self._theme)
        for one in (card, self._survey_card):
            one.column.setContentsMargins(space[3], space[2], space[3], space[3])
        top = QHBoxLayout()
        top.setSpacing(space[1])
        top.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._title, 1)
        card.column.addLayout(top)
        card.column.addWidget(self._text)
        card.column.addWidget(self._more)
        card.column.addWidget(self._program)
        card.column.addSpacing(space[0])
        card.column.addWidget(self._answers)
        self._survey_card.column.addWidget(self._survey)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*(space[2],) * 4)
        outer.setSpacing(space[1])
        outer.addWidget(card)
        outer.addWidget(self._survey_card)

    @Slot()
    def _restyle(self) -> None:
        name, token = _MARKS[self._level]
        colour = self._theme.colour(token)
        self._mark.setPixmap(icons.pixmap(name, colour, _MARK, self.devicePixelRatioF()))
