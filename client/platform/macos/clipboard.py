"""The clipboard of macOS, which tells nobody what is copied while another program is in front."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer

from client.platform.clipboard import QtClipboard

LOOK_MS = 1000

_HIDDEN = "org.nspasteboard.ConcealedType"
"""The mark by which password managers keep what they copy from those who listen."""


class MacClipboard(QtClipboard):
    """Looks every second whether the number of what is on it has changed, and reads nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._number = 0
        self._board: Any = None
        self._clock: QTimer | None = None

    def listen(self, changed: Callable[[], None]) -> None:
        """Call `changed` whenever something was copied from now on."""
        from AppKit import NSPasteboard

        self._board = NSPasteboard.generalPasteboard()
        self._number = self._board.changeCount()
        self._changed = changed
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._look)
        self._clock.start(LOOK_MS)

    def text(self) -> str:
        """The text on it; empty where there is none, or none that others are to hear of."""
        types = self._board.types() if self._board is not None else ()
        return "" if _HIDDEN in (types or ()) else super().text()

    def close(self) -> None:
        """Listen no longer."""
        self._changed = None
        if self._clock is not None:
            self._clock.stop()

    def _look(self) -> None:
        number = self._board.changeCount()
        if number != self._number:
            self._number = number
            self._tell()
