"""The short page between the key and the queue."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from client.ui.parts import Waiting, label
from client.ui.theme import Theme


class ConnectingPage(QWidget):
    """Says what is under way."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("connectingPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = label("strong", "connectingText")
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        space = theme.tokens.space
        column = QVBoxLayout(self)
        column.setContentsMargins(space[4], space[4], space[4], space[4])
        column.setSpacing(space[3])
        column.addStretch(2)
        column.addWidget(Waiting(theme))
        column.addWidget(self._text)
        column.addStretch(3)

    def render_text(self, text: str) -> None:
        """What is under way."""
        self._text.setText(text)
