"""A program that says what it is given: one line of JSON for each event.

python -m tests.client.platform.listener X Y WIDTH HEIGHT TITLE [--edit] [--grab]
"""

import argparse
import json
import sys

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

_KEYS = {QEvent.Type.KeyPress: "down", QEvent.Type.KeyRelease: "up"}
_MOUSE = {
    QEvent.Type.MouseButtonPress: "press",
    QEvent.Type.MouseButtonRelease: "release",
    QEvent.Type.MouseButtonDblClick: "double",
    QEvent.Type.MouseMove: "move",
}


def say(**what: object) -> None:
    """One line."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


class Ears(QObject):
    """Sees every event of `window` before it does; `grab`: the window manager gets no key."""

    def __init__(self, window: QWidget, *, grab: bool) -> None:
        super().__init__(window)
        self._window = window
        self._grab = grab
        window.installEventFilter(self)

    def _has_focus(self) -> None:
        if self._grab:
            self._window.grabKeyboard()
        say(e="focus", window=int(self._window.winId()))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        kind = event.type()
        if kind in _KEYS and isinstance(event, QKeyEvent):
            say(
                e=_KEYS[kind],
                scan=event.nativeScanCode(),
                key=int(event.key()),
                text=event.text(),
                repeat=event.isAutoRepeat(),
            )
        elif kind in _MOUSE and isinstance(event, QMouseEvent):
            at = event.globalPosition()
            say(e=_MOUSE[kind], button=event.button().name, x=int(at.x()), y=int(at.y()))
        elif isinstance(event, QWheelEvent):
            turned = event.angleDelta()
            say(e="wheel", dx=turned.x(), dy=turned.y())
        elif kind is QEvent.Type.FocusIn:
            QTimer.singleShot(0, self._has_focus)
        elif kind is QEvent.Type.FocusOut:
            say(e="no focus")
        return False


def main() -> None:
    """Runs until it is ended."""
    parser = argparse.ArgumentParser()
    parser.add_argument("place", type=int, nargs=4)
    parser.add_argument("title")
    parser.add_argument("--edit", action="store_true", help="a line to write in")
    parser.add_argument("--grab", action="store_true", help="the window manager gets no key")
    given = parser.parse_args()
    qt = QApplication([given.title])
    window: QWidget = QLineEdit() if given.edit else QWidget()
    if isinstance(window, QLineEdit):
        window.textChanged.connect(lambda text: say(e="text", text=text))
    Ears(window, grab=given.grab)
    window.setMouseTracking(True)
    window.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.setWindowTitle(given.title)
    window.setGeometry(*given.place)
    window.setFocus()  # else it gets the focus as if by Tab, and a line selects what is in it
    window.show()
    window.activateWindow()
    qt.exec()


if __name__ == "__main__":
    main()
