"""A question above the conversation: a text that scrolls where there is little room, and answers
that always stay in sight."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from client.ui.panel import Panel
from client.ui.theme import Theme

READING_LEAST = 40
EDGE = 2


class Sheet(QFrame):
    """What is read goes into `reading.column`, what stays in sight into `column`, below."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        space = theme.tokens.space
        self._side = space[2]
        self.setObjectName(name)
        self.setProperty("role", "sheet")
        self.reading = Panel("sheetReading", edge=EDGE)
        self.reading.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.reading.column.setSpacing(space[0])
        self.reading.column.setContentsMargins(0, 0, space[1], 0)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(self._side, space[1], self._side, space[2])
        self.column.setSpacing(space[1])
        self.column.addWidget(self.reading)
        self.hide()

    def fit(self, width: int, most: int) -> int:
        """Be as high as is wanted, or at most so high, as far as the answers allow; the height."""
        if self.isHidden():
            return 0
        inner = width - 2 * self._side
        whole = self.reading.fit(inner, self.reading.wanted(inner))
        over = self.heightForWidth(width) - most
        if over > 0:
            self.reading.fit(inner, max(READING_LEAST, whole - over))
        height = self.heightForWidth(width)
        self.setFixedHeight(height)
        return height
