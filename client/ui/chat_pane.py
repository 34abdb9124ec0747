"""The page of a session: the queue card above, the conversation, the draft or the end below."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from client.session.view import EndedView, ViewState, WaitingView
from client.ui import icons
from client.ui.chat_log import ChatLog
from client.ui.composer import Composer
from client.ui.parts import Card, button, label, say
from client.ui.theme import Theme
from protocol.catalogue import Catalogue


class WaitingCard(QWidget):
    """Where in the queue the customer stands, and what can be done meanwhile."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._step = label("small", "waitingStep")
        self._title = label("title", "waitingTitle")
        self._place = label("strong", "waitingPlace")
        self._wait = label("plain", "waitingWait")
        self._on_duty = label("soft", "waitingOnDuty")
        self._hint = label("soft", "waitingHint")
        card = _framed_card(self, theme)
        card.column.setSpacing(theme.tokens.space[0])
        for part in (
            self._step,
            self._title,
            self._place,
            self._wait,
            self._on_duty,
            self._hint,
        ):
            card.column.addWidget(part)

    def render_view(self, view: WaitingView | None) -> None:
        """Show it, or take the card away."""
        self.setVisible(view is not None)
        if view is not None:
            say(self._step, view.step)
            say(self._title, view.title)
            say(self._place, view.place)
            say(self._wait, view.wait)
            say(self._on_duty, view.on_duty)
            say(self._hint, view.hint)


class EndedCard(QWidget):
    """The session is over; Close emits `closed`."""

    closed = Signal()

    def __init__(self, t: Catalogue, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._mark = QLabel()
        self._title = label("strong", "endedTitle")
        self._text = label("soft", "endedText")
        self._close = button(t("client.ended.close"), "primary", "close")
        self._close.clicked.connect(self.closed)
        space = theme.tokens.space
        column = _framed_card(self, theme).column
        top = QHBoxLayout()
        top.setSpacing(space[1])
        top.addWidget(self._mark)
        top.addWidget(self._title, 1)
        column.addLayout(top)
        column.addWidget(self._text)
        column.addSpacing(space[0])
        column.addWidget(self._close, 0, Qt.AlignmentFlag.AlignLeft)
        theme.changed.connect(self._restyle)
        self._restyle()

    def render_view(self, view: EndedView | None) -> None:
        """Show it, or take the card away."""
        came = view is not None and self.isHidden()
        self.setVisible(view is not None)
        if view is not None:
            self._title.setText(view.title)
            self._text.setText(view.text)
        if came:
            self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _restyle(self) -> None:
        colour = self._theme.colour("good")
        self._mark.setPixmap(icons.pixmap("done", colour, 24, self.devicePixelRatioF()))


class ChatPane(QWidget):
    """Emits `said(text)`, `wrote(on)`, `shown(seq)`, `link_chosen(url)`, `end_wanted`, `closed`."""

    said = Signal(str)
    wrote = Signal(bool)
    shown = Signal(int)
    link_chosen = Signal(str)
    end_wanted = Signal()
    closed = Signal()

    def __init__(self, t: Catalogue, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("talkPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._waiting = WaitingCard(theme)
        self._log = ChatLog(t, theme)
        self._typing = label("small", "typing")
        self._ended = EndedCard(t, theme)
        self._ended.hide()
        self._composer = Composer(t, theme)
        # Qt puts an icon too close to its text, and no style sheet can part them.
        self._end = button(f"\N{EN SPACE}{t('session.end')}", "quiet", "endSession")
        self._end.setAccessibleName(t("session.end"))
        self._end.setIconSize(QSize(16, 16))
        self._foot = QWidget()
        self._build()
        self._composer.said.connect(self.said)
        self._composer.wrote.connect(self.wrote)
        self._log.shown.connect(self.shown)
        self._log.link_chosen.connect(self.link_chosen)
        self._end.clicked.connect(self.end_wanted)
        self._ended.closed.connect(self.closed)
        theme.changed.connect(self._restyle)
        self._restyle()

    def render_view(self, view: ViewState) -> None:
        """Show the session as it stands."""
        self._waiting.render_view(view.waiting)
        self._typing.setText(view.typing)
        self._foot.setVisible(view.writable)
        self._ended.render_view(view.ended)
        self._log.show_lines(view.log)

    def focus_draft(self) -> None:
        """Put the cursor where the next thing is to be typed."""
        self._composer.focus_draft()

    def report_shown(self) -> None:
        """Tell how far one can read now."""
        self._log.report_shown()

    def _build(self) -> None:
        space = self._theme.tokens.space
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._waiting)
        column.addWidget(self._log, 1)
        self._typing.setContentsMargins(space[3], 0, space[3], space[0])
        self._typing.setMinimumHeight(self._typing.fontMetrics().height() + space[0])
        column.addWidget(self._typing)
        column.addWidget(self._ended)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(0)
        foot.addWidget(self._composer)
        under = QHBoxLayout()
        under.setContentsMargins(space[1], 0, space[1], space[0])
        under.addStretch(1)
        under.addWidget(self._end)
        foot.addLayout(under)
        column.addWidget(self._foot)

    @Slot()
    def _restyle(self) -> None:
        self._end.setIcon(icons.icon("leave", self._theme.colour("soft")))


def _framed_card(holder: QWidget, theme: Theme) -> Card:
    """A card inside `holder` with a margin around it, so that both come and go together."""
    space = theme.tokens.space
    card = Card(theme)
    card.column.setContentsMargins(space[3], space[2], space[3], space[3])
    outer = QVBoxLayout(holder)
    outer.setContentsMargins(space[2], space[2], space[2], space[2])
    outer.addWidget(card)
    return card
