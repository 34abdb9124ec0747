"""Words for screen readers that stand beside what one is doing."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


class Announcer:
    """Says each new text once, politely: after what is being read."""

    def __init__(self, on: QWidget) -> None:
        self._on = on
        self.said = ""

    def say(self, text: str) -> None:
        """Say `text`, if it is new and there is any."""
        if text and text != self.said and self._on.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._on, text))
        self.said = text
