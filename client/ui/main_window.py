"""The window: draws a `ViewState`, emits the customer's acts as inputs."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from client.session.inputs import (
    CloseWanted,
    EndAnswered,
    EndWanted,
    JoinWanted,
    KeyTyped,
    LinkAnswered,
    LinkChosen,
    Said,
    Shown,
    Wrote,
)
from client.session.machines import Page
from client.session.view import QuestionKind, QuestionView, ViewState
from client.ui import icons
from client.ui.chat_pane import ChatPane
from client.ui.connecting_page import ConnectingPage
from client.ui.header import Header
from client.ui.join_page import JoinPage
from client.ui.parts import label
from client.ui.question import Question
from client.ui.theme import Theme
from protocol.catalogue import Catalogue

SIZE = QSize(400, 640)
LEAST = QSize(320, 480)


class MainWindow(QWidget):
    """Emits `intended(input)`. `new_id` makes client ids; `system` is told when joining."""

    intended = Signal(object)

    def __init__(self, t: Catalogue, theme: Theme, system: str, new_id: Callable[[], str]) -> None:
        super().__init__()
        self._theme = theme
        self._system = system
        self._new_id = new_id
        self._question: Question | None = None
        self._page: Page | None = None
        self._header = Header(theme)
        self._notice = QFrame()
        self._notice_text = label("", "noticeText")
        self._join = JoinPage(t, theme)
        self._connecting = ConnectingPage(theme)
        self._chat = ChatPane(t, theme)
        self._stack = QStackedWidget()
        self._build()
        self._connect()

    def render_view(self, view: ViewState) -> None:
        """Show `view`."""
        self.setWindowTitle(view.window_title)
        self._header.render_view(view.header)
        self._notice_text.setText(view.notice)
        self._notice.setVisible(bool(view.notice))
        self._join.render_view(view.join, view.header.initials)
        self._connecting.render_text(view.connecting)
        self._turn_to(view.page)
        self._chat.render_view(view)
        self._ask(view.question)
        if not view.open:
            self.hide()

    def fill_in(self, key: str, name: str) -> None:
        """Put in what the program was started with."""
        self._join.fill_in(key, name)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window goes only when the session's state says so."""
        event.ignore()
        self.intended.emit(CloseWanted())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:
            self._chat.report_shown()

    def _turn_to(self, page: Page) -> None:
        if page is self._page:
            return
        self._page = page
        talking = page not in (Page.JOIN, Page.CONNECTING)
        self._header.setVisible(talking)
        shown: dict[Page, QWidget] = {Page.JOIN: self._join, Page.CONNECTING: self._connecting}
        self._stack.setCurrentWidget(shown.get(page, self._chat))
        if page is Page.JOIN:
            self._join.focus_key()
        elif page in (Page.WAITING, Page.TALKING):
            self._chat.focus_draft()

    def _ask(self, view: QuestionView | None) -> None:
        if self._question is not None and self._question.view != view:
            self._question.answered.disconnect(self._answered)
            self._question.close()
            self._question = None
        if view is not None and self._question is None:
            self._question = Question(view, self._theme, self)
            self._question.answered.connect(self._answered)
            self._question.open()

    @Slot(object, bool)
    def _answered(self, kind: QuestionKind, yes: bool) -> None:
        self._question = None
        end = kind is QuestionKind.END
        self.intended.emit(EndAnswered(yes, self._new_id()) if end else LinkAnswered(yes))

    def _build(self) -> None:
        space = self._theme.tokens.space
        self.setObjectName("window")
        self.setMinimumSize(LEAST)
        self.resize(SIZE)
        self.setWindowIcon(icons.icon("chat", self._theme.colour("accent")))
        self._notice.setObjectName("notice")
        self._notice.hide()
        band = QHBoxLayout(self._notice)
        band.setContentsMargins(space[3], space[1], space[3], space[1])
        band.addWidget(self._notice_text)
        for page in (self._join, self._connecting, self._chat):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._notice)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._join.typed.connect(self._typed)
        self._join.wanted.connect(self._wanted)
        self._chat.said.connect(self._said)
        self._chat.wrote.connect(self._wrote)
        self._chat.shown.connect(self._shown)
        self._chat.link_chosen.connect(self._link_chosen)
        self._chat.end_wanted.connect(self._end_wanted)
        self._chat.closed.connect(self.close)

    @Slot(str)
    def _typed(self, key: str) -> None:
        self.intended.emit(KeyTyped(key))

    @Slot(str, str)
    def _wanted(self, key: str, name: str) -> None:
        self.intended.emit(JoinWanted(key, name, self._system))

    @Slot(str)
    def _said(self, text: str) -> None:
        self.intended.emit(Said(self._new_id(), text))

    @Slot(bool)
    def _wrote(self, on: bool) -> None:
        self.intended.emit(Wrote(on))

    @Slot(int)
    def _shown(self, seq: int) -> None:
        self.intended.emit(Shown(seq))

    @Slot(str)
    def _link_chosen(self, url: str) -> None:
        self.intended.emit(LinkChosen(url))

    @Slot()
    def _end_wanted(self) -> None:
        self.intended.emit(EndWanted())
