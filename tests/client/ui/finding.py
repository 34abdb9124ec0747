"""Parts of a window by their names."""

from typing import TypeVar

from PySide6.QtWidgets import QLabel, QWidget

from client.ui.rich_text import RichText
from tests.client.ui.conftest import Screen

T = TypeVar("T", bound=QWidget)


def text_of(screen: Screen, name: str) -> str:
    found = screen.window.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found.text() if found.isVisible() else ""


def part(screen: Screen, kind: type[T], name: str) -> T:
    found = screen.window.findChild(kind, name)
    assert isinstance(found, kind)
    return found


def words_of(screen: Screen, name: str) -> str:
    """What stands in a text of the organisation; empty when it is not shown."""
    found = part(screen, RichText, name)
    return found.plain() if found.isVisible() else ""


def focused(screen: Screen) -> str:
    """The name of the part with the focus."""
    widget = screen.window.focusWidget()
    return widget.objectName() if widget is not None else ""
