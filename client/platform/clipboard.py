"""The clipboard through Qt, whose hidden window is how programs hear of it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

_HIDDEN = (
    "x-kde-passwordManagerHint",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"',
)
"""Marks by which password managers keep what they copy from those who listen."""


class QtClipboard(QObject):
    """Hears by itself of what others copy, except on macOS."""

    def __init__(self) -> None:
        super().__init__()
        self._changed: Callable[[], None] | None = None

    def listen(self, changed: Callable[[], None]) -> None:
        """Call `changed` whenever something was copied from now on."""
        self._changed = changed
        QGuiApplication.clipboard().dataChanged.connect(self._tell)

    def text(self) -> str:
        """The text on it; empty where there is none, or none that others are to hear of."""
        held = QGuiApplication.clipboard().mimeData()
        hidden = any(held.hasFormat(one) for one in _HIDDEN)
        return "" if hidden or not held.hasText() else held.text()

    def put(self, text: str) -> None:
        """Replace what is on it."""
        QGuiApplication.clipboard().setText(text)

    def close(self) -> None:
        """Listen no longer."""
        if self._changed is not None:
            self._changed = None
            QGuiApplication.clipboard().dataChanged.disconnect(self._tell)

    @Slot()
    def _tell(self) -> None:
        if self._changed is not None:
            self._changed()
