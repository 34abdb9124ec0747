"""The page between the key and the session, short unless somebody has to be let in again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from client.session.view import ConnectingView
from client.ui.announce import Announcer
from client.ui.parts import Waiting, button, label, say
from client.ui.theme import Theme

TEXT_WIDTH = 360


class ConnectingPage(QWidget):
    """Says what is under way; emits `cancelled` where that can be ended."""

    cancelled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("connectingPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = label("strong", "connectingText")
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._detail = label("soft", "connectingDetail")
        self._detail.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._cancel = button("", "", "connectingCancel")
        self._cancel.clicked.connect(self.cancelled)
        self._announcer = Announcer(self)
        for text in (self._text, self._detail):
            text.setMaximumWidth(TEXT_WIDTH)
        space = theme.tokens.space
        column = QVBoxLayout(self)
        column.setContentsMargins(space[4], space[4], space[4], space[4])
        column.setSpacing(space[3])
        column.addStretch(2)
        column.addWidget(Waiting(theme))
        for text in (self._text, self._detail):
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(text, 100)
            row.addStretch(1)
            column.addLayout(row)
        column.addWidget(self._cancel, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def render_view(self, view: ConnectingView) -> None:
        """What is under way."""
        self._text.setText(view.text)
        say(self._detail, view.detail)
        came = bool(view.cancel) and self._cancel.isHidden()
        self._cancel.setText(view.cancel)
        self._cancel.setVisible(bool(view.cancel))
        if came:
            self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self._announcer.say(f"{view.text} {view.detail}".strip())
