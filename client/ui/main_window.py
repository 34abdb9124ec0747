"""The window: draws a `ViewState`, emits the customer's acts as inputs."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QSize, Signal, Slot
from PySide6.QtGui import QCloseEvent, QImage
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from client.platform.base import WatermarkWay
from client.session.file_inputs import FileAct, FileActed, FilesChosen, PicturePasted
from client.session.inputs import (
    CloseWanted,
    EndAnswered,
    EndWanted,
    JoinWanted,
    KeyTyped,
    KnockCancelled,
    LinkAnswered,
    LinkChosen,
    MineAnswered,
    MineChosen,
    NoticeFolded,
    Said,
    Shown,
    StepAnswered,
    SurveySent,
    SurveySkipped,
    Wrote,
)
from client.session.machines import Page
from client.session.view import MineView, QuestionKind, QuestionView, ViewState
from client.ui import icons
from client.ui.chat_pane import ChatPane
from client.ui.connecting_page import ConnectingPage
from client.ui.file_taking import FilePicker, png_of
from client.ui.header import Header
from client.ui.join_page import JoinPage
from client.ui.more import More
from client.ui.notice_sheet import NoticeSheet
from client.ui.parts import label
from client.ui.picker_list import WindowSource
from client.ui.preparing_page import PreparingPage
from client.ui.question import Question
from client.ui.share_parts import ShareParts
from client.ui.theme import Theme
from protocol.catalogue import Catalogue
from protocol.steps import Step, SurveyReply

SIZE = QSize(400, 640)
LEAST = QSize(320, 480)


class MainWindow(QWidget):
    """Emits `intended(input)`. `new_id` makes client ids; `system` is told when joining; `desktop`
    knows which windows can be chosen to be shown, `watermark` how one lies over them."""

    intended = Signal(object)

    def __init__(
        self,
        t: Catalogue,
        theme: Theme,
        system: str,
        new_id: Callable[[], str],
        desktop: WindowSource,
        watermark: WatermarkWay,
    ) -> None:
        super().__init__()
        self._t = t
        self._theme = theme
        self._system = system
        self._new_id = new_id
        self._question: Question | None = None
        self._sheet: NoticeSheet | None = None
        self._page: Page | None = None
        self.more = More(t, theme, self)
        self._header = Header(theme, self.more)
        self._notice = QFrame()
        self._notice_text = label("", "noticeText")
        self._join = JoinPage(t, theme)
        self._connecting = ConnectingPage(theme)
        self._preparing = PreparingPage(theme)
        self._chat = ChatPane(t, theme)
        self.share = ShareParts(t, theme, desktop, new_id, self, watermark)
        self._picker = FilePicker(self)
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
        self._connecting.render_view(view.connecting)
        self._preparing.render_view(view.preparing)
        self._turn_to(view.page)
        self._chat.render_view(view)
        self.share.render_view(view.share)
        self._picker.keep(frozenset(card.key for card in view.files.cards))
        self._ask_about_notice(view.mine)
        self._ask(view.question)
        if not view.open:
            self.share.close()
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
        shown: dict[Page, QWidget] = {
            Page.JOIN: self._join,
            Page.CONNECTING: self._connecting,
            Page.KNOCKING: self._connecting,
            Page.PREPARING: self._preparing,
        }
        turned = shown.get(page, self._chat)
        self._header.setVisible(turned not in (self._join, self._connecting))
        self._stack.setCurrentWidget(turned)
        if page is Page.JOIN:
            self._join.focus_key()
        elif page is Page.PREPARING:
            self._preparing.begin()
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

    def _ask_about_notice(self, view: MineView | None) -> None:
        if view is None:
            if self._sheet is not None:
                self._sheet.take_away()
                self._sheet = None
            return
        if self._sheet is None:
            self._sheet = NoticeSheet(self._theme, self)
            self._sheet.answered.connect(self._mine_answered)
            self._sheet.open()
        self._sheet.render_view(view)

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
        for page in (self._join, self._connecting, self._preparing, self._chat):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._notice)
        column.addWidget(self.share.band)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._join.typed.connect(self._typed)
        self._join.wanted.connect(self._wanted)
        self._connecting.cancelled.connect(self._knock_cancelled)
        self._preparing.answered.connect(self._step_answered)
        self._preparing.link_chosen.connect(self._link_chosen)
        self._chat.said.connect(self._said)
        self._chat.wrote.connect(self._wrote)
        self._chat.shown.connect(self._shown)
        self._chat.link_chosen.connect(self._link_chosen)
        self._chat.end_wanted.connect(self._end_wanted)
        self._chat.closed.connect(self.close)
        self._chat.mine.connect(self._mine)
        self._chat.folded.connect(self._folded)
        self._chat.survey_sent.connect(self._survey_sent)
        self._chat.survey_skipped.connect(self._survey_skipped)
        self._chat.share_answered.connect(self.share.answer)
        self._chat.again_answered.connect(self.share.answer_again)
        self._chat.intended.connect(self.intended)
        self.share.intended.connect(self.intended)
        self._chat.files_wanted.connect(self._files_wanted)
        self._chat.folder_wanted.connect(self._folder_wanted)
        self._chat.files_given.connect(self._files_given)
        self._chat.picture_given.connect(self._picture_given)
        self._chat.file_acted.connect(self._file_acted)
        self._picker.picked.connect(self._files_given)

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

    @Slot()
    def _knock_cancelled(self) -> None:
        self.intended.emit(KnockCancelled())

    @Slot(object, bool)
    def _step_answered(self, step: Step, yes: bool) -> None:
        self.intended.emit(StepAnswered(self._new_id(), step, yes))

    @Slot(str)
    def _mine(self, notice: str) -> None:
        self.intended.emit(MineChosen(notice))

    @Slot(bool, str)
    def _mine_answered(self, yes: bool, email: str) -> None:
        self.intended.emit(MineAnswered(yes, self._new_id(), email))

    @Slot(str, bool)
    def _folded(self, notice: str, on: bool) -> None:
        self.intended.emit(NoticeFolded(notice, on))

    @Slot(object)
    def _survey_sent(self, replies: tuple[SurveyReply, ...]) -> None:
        self.intended.emit(SurveySent(replies))

    @Slot()
    def _survey_skipped(self) -> None:
        self.intended.emit(SurveySkipped())

    @Slot()
    def _files_wanted(self) -> None:
        self._picker.open(self._t("client.file.attach"), QFileDialog.FileMode.ExistingFiles)

    @Slot()
    def _folder_wanted(self) -> None:
        self._picker.open(self._t("client.file.attach"), QFileDialog.FileMode.Directory)

    @Slot(object)
    @Slot(object, str)
    def _files_given(self, paths: tuple[str, ...], answers: str = "") -> None:
        self.intended.emit(FilesChosen(self._new_id(), paths, answers))

    @Slot(QImage)
    def _picture_given(self, picture: QImage) -> None:
        at = f"{datetime.now().astimezone():%Y-%m-%d %H.%M.%S}"
        if png := png_of(picture):
            name = f"{self._t('file.pasted')} {at}.png"
            self.intended.emit(PicturePasted(self._new_id(), name, png))

    @Slot(str, object)
    def _file_acted(self, key: str, act: FileAct) -> None:
        if act is FileAct.CHOOSE:
            self._picker.open(self._t("file.choose"), QFileDialog.FileMode.ExistingFile, key)
        else:
            self.intended.emit(FileActed(self._new_id(), key, act))
