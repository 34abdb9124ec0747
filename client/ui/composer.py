"""Where the customer writes: a field that grows, buttons to send words and files."""

from PySide6.QtCore import QMimeData, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPlainTextEdit, QVBoxLayout, QWidget

from client.session.outbox import excess, is_sendable
from client.ui import icons
from client.ui.file_taking import paths_in, picture_in
from client.ui.parts import button, label, say
from client.ui.theme import Theme
from protocol.catalogue import Catalogue

ROWS_MOST = 6
_MARGIN = 20
"""Padding, border and document margin of the field, above and below together."""


class Draft(QPlainTextEdit):
    """Grows with its text up to some rows. Enter emits `entered`, Shift+Enter breaks the line. What
    is pasted is `pasted_files(paths)`, `pasted_picture(image)` or plain text."""

    entered = Signal()
    pasted_files = Signal(object)
    pasted_picture = Signal(QImage)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("draft")
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)  # the whole page takes them
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(1)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
            return
        super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return bool(paths_in(source)) or picture_in(source) is not None or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Words are written; files and pictures are sent."""
        paths, picture = paths_in(source), picture_in(source)
        if paths:
            self.pasted_files.emit(paths)
        elif picture is not None:
            self.pasted_picture.emit(picture)
        else:
            self.insertPlainText(source.text())

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._height())

    def _height(self) -> int:
        rows = min(ROWS_MOST, max(1, round(self.document().size().height())))
        return rows * self.fontMetrics().lineSpacing() + _MARGIN

    @Slot()
    def _fit(self) -> None:
        many = self.document().size().height() > ROWS_MOST
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if many else policy.ScrollBarAlwaysOff
        )
        self.setFixedHeight(self._height())


class Composer(QFrame):
    """Emits `said(text)` for what may be sent, `wrote(on)` as the draft changes, `files_wanted` and
    `folder_wanted`, `pasted_files(paths)` and `pasted_picture(image)`."""

    said = Signal(str)
    wrote = Signal(bool)
    files_wanted = Signal()
    folder_wanted = Signal()
    pasted_files = Signal(object)
    pasted_picture = Signal(QImage)

    def __init__(self, t: Catalogue, theme: Theme) -> None:
        super().__init__()
        self._t = t
        self._theme = theme
        self.setObjectName("composer")
        self._draft = Draft()
        self._draft.setPlaceholderText(t("chat.write"))
        self._draft.setAccessibleName(t("chat.write"))
        self._draft.setAccessibleDescription(t("client.write.newline_hint"))
        self._too_long = label("problem", "tooLong")
        self._too_long.hide()
        self._send = button("", "primary", "send")
        self._send.setAccessibleName(t("chat.send"))
        self._send.setToolTip(t("chat.send"))
        self._send.setIconSize(QSize(icons.SIZE, icons.SIZE))
        self._attach = button("", "quiet", "attach")
        self._attach.setAccessibleName(t("client.file.attach"))
        self._attach.setIconSize(QSize(icons.SIZE, icons.SIZE))
        self._menu = QMenu(self._attach)
        self._menu.setObjectName("attachMenu")
        self._menu.addAction(t("client.file.menu_files")).triggered.connect(self.files_wanted)
        self._menu.addAction(t("client.file.menu_folder")).triggered.connect(self.folder_wanted)
        self._build()
        self._attach.clicked.connect(self._open_menu)
        self._draft.pasted_files.connect(self.pasted_files)
        self._draft.pasted_picture.connect(self.pasted_picture)
        self._draft.entered.connect(self._say)
        self._draft.textChanged.connect(self._changed)
        self._send.clicked.connect(self._say)
        theme.changed.connect(self._restyle)
        self._restyle()

    def focus_draft(self) -> None:
        """Put the cursor into the field."""
        self._draft.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_words(self) -> bool:
        """Whether something is being written."""
        return bool(self._draft.toPlainText())

    def first(self) -> QWidget:
        """What has the focus first of all here."""
        return self._attach

    def insert(self, text: str) -> None:
        """Write `text` where the cursor is."""
        self._draft.insertPlainText(text)

    def offer_files(self, *, on: bool, rules: str) -> None:
        """Whether files can be sent, and which."""
        self._attach.setVisible(on)
        self._attach.setToolTip(f"{self._t('client.file.attach')}\n{rules}")
        self._attach.setAccessibleDescription(rules)

    @Slot()
    def _open_menu(self) -> None:
        corner = self._attach.mapToGlobal(self._attach.rect().topLeft())
        corner.setY(corner.y() - self._menu.sizeHint().height())
        self._menu.popup(corner)

    def _build(self) -> None:
        space = self._theme.tokens.space
        column = QVBoxLayout(self)
        column.setContentsMargins(space[2], space[1], space[2], space[1])
        column.setSpacing(space[0])
        column.addWidget(self._too_long)
        row = QHBoxLayout()
        row.setSpacing(space[1])
        row.addWidget(self._attach, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._draft, 1)
        row.addWidget(self._send, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)

    @Slot()
    def _say(self) -> None:
        text = self._draft.toPlainText()
        if is_sendable(text):
            self._draft.clear()
            self.said.emit(text)
        self.focus_draft()

    @Slot()
    def _changed(self) -> None:
        text = self._draft.toPlainText()
        many = excess(text)
        say(self._too_long, self._t("chat.too_long", n=many) if many else "")
        self.wrote.emit(bool(text.strip()))

    @Slot()
    def _restyle(self) -> None:
        self._send.setIcon(icons.icon("send", self._theme.colour("accentInk")))
        self._attach.setIcon(icons.icon("clip", self._theme.colour("soft")))
