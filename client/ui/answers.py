"""Buttons beside each other as far as there is room, the others in rows below."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from client.ui.theme import Theme


class Answers(QWidget):
    """The buttons in the order in which they are read. Hidden ones take no room.

    It places them itself: Qt asks a widget with a layout for no height of its own.
    """

    def __init__(self, theme: Theme, *buttons: QPushButton) -> None:
        super().__init__()
        self._buttons = buttons
        self._gap = theme.tokens.space[1]
        for button in buttons:
            button.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        heights = [max(one.sizeHint().height() for one in row) for row in self._rows(width)]
        return sum(heights) + self._gap * max(0, len(heights) - 1)

    def sizeHint(self) -> QSize:
        heights = (button.sizeHint().height() for button in self._shown())
        return QSize(self._beside(), max(heights, default=0))

    def minimumSizeHint(self) -> QSize:
        widths = (button.minimumSizeHint().width() for button in self._shown())
        return QSize(max(widths, default=0), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """A button asks for its place anew when its words or its style change."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.arrange()
        return super().event(event)

    def arrange(self) -> None:
        """To be called when a button's words or visibility changed."""
        self.updateGeometry()
        self._place()

    def _place(self) -> None:
        rows, y = self._rows(self.width()), 0
        for row in rows:
            x, tall = 0, max(one.sizeHint().height() for one in row)
            for button in row:
                size = button.sizeHint()
                alone = len(row) == 1 and len(rows) > 1
                width = self.width() if alone else size.width()
                button.setGeometry(x, y + (tall - size.height()) // 2, width, size.height())
                x += width + self._gap
            y += tall + self._gap

    def _rows(self, width: int) -> list[list[QPushButton]]:
        rows: list[list[QPushButton]] = []
        room = 0
        for button in self._shown():
            wanted = button.sizeHint().width()
            if not rows or wanted > room:
                rows.append([])
                room = width
            rows[-1].append(button)
            room -= wanted + self._gap
        return rows

    def _shown(self) -> list[QPushButton]:
        return [button for button in self._buttons if not _is_taken_away(button)]

    def _beside(self) -> int:
        shown = self._shown()
        widths = sum(button.sizeHint().width() for button in shown)
        return widths + self._gap * max(0, len(shown) - 1)


def _is_taken_away(widget: QWidget) -> bool:
    """Whether somebody hid it; Qt calls hidden also what has never been on the screen."""
    told = widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
    return told and widget.isHidden()
