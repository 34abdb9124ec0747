"""The page of a session: queue and known problems above, the conversation, the draft or the end
below. What stands above and below scrolls by itself, so that the conversation keeps its room."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from client.session.view import CheckView, ViewState
from client.ui import icons
from client.ui.chat_log import ChatLog
from client.ui.check_card import CheckCard
from client.ui.composer import Composer
from client.ui.ended_card import EndedCard
from client.ui.file_cards import FileCards
from client.ui.file_taking import DropArea, paths_in
from client.ui.notice_cards import NoticeCards
from client.ui.panel import Panel
from client.ui.parts import button, label
from client.ui.share_prompt import ShareAgain, SharePrompt
from client.ui.theme import Theme
from client.ui.waiting_card import WaitingCard
from protocol.catalogue import Catalogue

LOG_LEAST = 96
"""Pixels of the conversation that stay in sight, except for a question of a representative."""

NEAR_FOCUS = 64
"""Pixels around the focus that stay in sight: a problem is told beside what it is about."""

NOTICES_SHARE = 0.45
"""Most of the page that known problems take from a conversation."""


FILES_SHARE = 0.5
"""Most of the page that files take from a conversation."""


class ChatPane(QWidget):
    """Emits `said(text)`, `wrote(on)`, `shown(seq)`, `link_chosen(url)`, `end_wanted`, `closed`,
    `mine(notice)`, `folded(notice, on)`, `survey_sent(replies)`, `survey_skipped`,
    `share_answered(key, answer, lasts_s)`, `again_answered(yes)`, `files_wanted`,
    `folder_wanted`, `files_given(paths)`, `picture_given(image)`, `file_acted(key, act)`,
    `intended(input)`."""

    said = Signal(str)
    wrote = Signal(bool)
    shown = Signal(int)
    link_chosen = Signal(str)
    end_wanted = Signal()
    closed = Signal()
    mine = Signal(str)
    folded = Signal(str, bool)
    survey_sent = Signal(object)
    survey_skipped = Signal()
    share_answered = Signal(int, object, int)
    again_answered = Signal(bool)
    files_wanted = Signal()
    folder_wanted = Signal()
    files_given = Signal(object)
    picture_given = Signal(QImage)
    file_acted = Signal(str, object)
    intended = Signal(object)

    def __init__(self, t: Catalogue, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("talkPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._waits = False
        self._waiting = WaitingCard(theme)
        self._checks = CheckCard(theme)
        self._notices = NoticeCards(t, theme)
        self._above = Panel("above")
        self._below = Panel("below")
        self._prompt = SharePrompt(theme)
        self._again = ShareAgain(theme)
        self._log = ChatLog(t, theme)
        self._typing = label("small", "typing")
        self._ended = EndedCard(t, theme)
        self._ended.hide()
        self._composer = Composer(t, theme)
        # Qt puts an icon too close to its text, and no style sheet can part them.
        self._end = button(f"\N{EN SPACE}{t('session.end')}", "quiet", "endSession")
        self._end.setAccessibleName(t("session.end"))
        self._end.setIconSize(QSize(16, 16))
        self._files = FileCards(theme, t("file.title"))
        self._files.hide()
        self._drop = DropArea(t("file.drop"), self)
        self._takes_files = False
        self.setAcceptDrops(True)
        self._foot = QWidget()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.timeout.connect(self._settled)
        self._build()
        self._connect()
        theme.changed.connect(self._restyle)
        self._restyle()

    def _connect(self) -> None:
        self._composer.said.connect(self.said)
        self._composer.wrote.connect(self.wrote)
        self._log.shown.connect(self.shown)
        self._log.link_chosen.connect(self.link_chosen)
        self._end.clicked.connect(self.end_wanted)
        for part in (self._waiting, self._notices, self._ended):
            part.link_chosen.connect(self.link_chosen)
        self._notices.mine.connect(self.mine)
        self._notices.folded.connect(self.folded)
        self._ended.closed.connect(self.closed)
        self._ended.survey_sent.connect(self.survey_sent)
        self._ended.survey_skipped.connect(self.survey_skipped)
        self._ended.grown.connect(self._fit_soon)
        self._prompt.answered.connect(self.share_answered)
        self._again.answered.connect(self.again_answered)
        self._composer.files_wanted.connect(self.files_wanted)
        self._composer.folder_wanted.connect(self.folder_wanted)
        self._composer.pasted_files.connect(self.files_given)
        self._composer.pasted_picture.connect(self.picture_given)
        self._files.acted.connect(self.file_acted)
        self._files.left.connect(self.focus_draft)
        self._checks.intended.connect(self.intended)

    def render_view(self, view: ViewState) -> None:
        """Show the session as it stands."""
        self._waits = view.waiting is not None
        self._waiting.render_view(view.waiting)
        self._show_checks(view.checks)
        self._notices.render_view(view.notices)
        self._typing.setText(view.typing)
        self._foot.setVisible(view.writable)
        self._ended.render_view(view.ended)
        self._log.show_lines(view.log)
        self._takes_files = view.files.open
        self._composer.offer_files(on=view.files.open, rules=view.files.rules)
        if self._files.render_view(view.files.cards):
            self._fit_soon()
            self._order_files()
        self._ask(view)
        self._fit()

    def _order_files(self) -> None:
        """The cards come between the conversation and the draft, also by keyboard."""
        before: QWidget = self._log
        for one in self._files.buttons():
            QWidget.setTabOrder(before, one)
            before = one
        QWidget.setTabOrder(before, self._composer.first())

    def _show_checks(self, view: CheckView | None) -> None:
        """A button that goes while it has the focus leaves it where the next thing is typed."""
        within = self._holds_focus(self._checks)
        self._checks.render_view(view)
        if within and not (view and self._checks.has_buttons):
            self.focus_draft()

    def _ask(self, view: ViewState) -> None:
        """A question takes the focus, unless something is being written; when it is gone, the
        cursor is where it was before."""
        within = self._holds_focus(self._prompt) or self._holds_focus(self._again)
        new = self._prompt.render_view(view.share.prompt)
        self._again.render_view(view.share.again)
        if new and not self._composer.has_words():
            self._prompt.focus_no()
        elif within and view.share.prompt is None and view.share.again is None:
            self.focus_draft()

    def _holds_focus(self, part: QWidget) -> bool:
        focused = self.window().focusWidget()
        return focused is not None and part.isAncestorOf(focused)

    def focus_draft(self) -> None:
        """Put the cursor where the next thing is to be typed."""
        self._composer.focus_draft()

    def report_shown(self) -> None:
        """Tell how far one can read now."""
        self._log.report_shown()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are taken while they can be sent; words go into the draft."""
        data = event.mimeData()
        if self._takes_files and paths_in(data):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._drop.cover()
        elif data.hasText() and not data.hasUrls() and not self._foot.isHidden():
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._drop.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop.hide()
        paths = paths_in(event.mimeData())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if paths:
            self.files_given.emit(paths)
        else:
            self._composer.insert(event.mimeData().text())
            self.focus_draft()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit_soon(self) -> None:
        """Once what changed has found its place."""
        self._settle.start(0)

    @Slot()
    def _settled(self) -> None:
        self._fit()
        focused = self.window().focusWidget()
        if focused is not None and self._below.isAncestorOf(focused):
            self._below.ensureWidgetVisible(focused, 0, NEAR_FOCUS)

    @Slot()
    def _fit(self) -> None:
        """Share the height: above and below get what they want, as far as the log can spare it."""
        foot = 0 if self._foot.isHidden() else self._foot.sizeHint().height()
        free = self.height() - foot - self._typing.sizeHint().height() - LOG_LEAST
        for sheet in (self._prompt, self._again):
            free -= sheet.fit(self.width(), free + LOG_LEAST)
        free = max(0, free)
        most = free if self._waits else round(self.height() * NOTICES_SHARE)
        above = self._above.fit(self.width(), min(free, most))
        below = free - above
        if self._ended.isHidden():
            below = min(below, round(self.height() * FILES_SHARE))
        self._below.fit(self.width(), below)

    def _build(self) -> None:
        space = self._theme.tokens.space
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._above.column.addWidget(self._waiting)
        self._above.column.addWidget(self._checks)
        self._above.column.addWidget(self._notices)
        self._below.column.addWidget(self._files)
        self._below.column.addWidget(self._ended)
        column.addWidget(self._prompt)
        column.addWidget(self._again)
        column.addWidget(self._above)
        self._log.setMinimumHeight(1)  # Qt would keep more for it than a question leaves
        column.addWidget(self._log, 1)
        self._typing.setContentsMargins(space[3], 0, space[3], space[0])
        self._typing.setMinimumHeight(self._typing.fontMetrics().height() + space[0])
        column.addWidget(self._typing)
        column.addWidget(self._below)
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
