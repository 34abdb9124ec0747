"""Buttons beside each other where there is room, else below each other."""

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
        heights = [button.sizeHint().height() for button in self._shown()]
        if not heights:
            return 0
        if self._fits(width):
            return max(heights)
        return sum(heights) + self._gap * (len(heights) - 1)

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
        beside, x, y = self._fits(self.width()), 0, 0
        for button in self._shown():
            size = button.sizeHint()
            button.setGeometry(x, y, size.width() if beside else self.width(), size.height())
            if beside:
                x += size.width() + self._gap
            else:
                y += size.height() + self._gap

    def _shown(self) -> list[QPushButton]:
        return [button for button in self._buttons if not _is_taken_away(button)]

    def _beside(self) -> int:
        shown = self._shown()
        widths = sum(button.sizeHint().width() for button in shown)
        return widths + self._gap * max(0, len(shown) - 1)

    def _fits(self, width: int) -> bool:
        return self._beside() <= width


def _is_taken_away(widget: QWidget) -> bool:
    """Whether somebody hid it; Qt calls hidden also what has never been on the screen."""
    told = widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
    return told and widget.isHidden()
