"""Where the customer writes: a field that grows, a send button, a word when it is too much."""

from PySide6.QtCore import QMimeData, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from client.session.outbox import excess, is_sendable
from client.ui import icons
from client.ui.parts import button, label, say
from client.ui.theme import Theme
from protocol.catalogue import Catalogue

ROWS_MOST = 6
_MARGIN = 20
"""Padding, border and document margin of the field, above and below together."""


class Draft(QPlainTextEdit):
    """Grows with its text up to some rows. Enter emits `entered`, Shift+Enter breaks the line."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("draft")
        self.setTabChangesFocus(True)
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

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Only plain text is taken."""
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
    """Emits `said(text)` for what may be sent and `wrote(on)` as the draft changes."""

    said = Signal(str)
    wrote = Signal(bool)

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
        self._build()
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

    def _build(self) -> None:
        space = self._theme.tokens.space
        column = QVBoxLayout(self)
        column.setContentsMargins(space[2], space[1], space[2], space[1])
        column.setSpacing(space[0])
        column.addWidget(self._too_long)
        row = QHBoxLayout()
        row.setSpacing(space[1])
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
