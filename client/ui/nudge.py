"""Calls the customer to the window: it comes to the front, moves, and its edge pulses."""

import math
from importlib import resources
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QVariantAnimation, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from client.platform.base import Attention
from client.ui.theme import Theme

SHAKE_MS = 480
SHAKE_PX = 10
SHAKES = 4
PULSE_MS = 1600
PULSES = 3
EDGE = 4

_USES = (QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress, QEvent.Type.Wheel)


def sound_file() -> Path:
    """The sound of a nudge; `scripts/gen_sounds.py` makes it."""
    return Path(str(resources.files("client") / "ui" / "sounds" / "nudge.wav"))


class Edge(QWidget):
    """A frame over the whole window that lets the mouse through; `strength` from 0 to 1."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._strength = 0.0
        self.setObjectName("nudgeEdge")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def glow(self, strength: float) -> None:
        """Show the frame so strongly, over everything that is in the window now."""
        self._strength = strength
        self.setGeometry(self._window.rect())
        self.setVisible(strength > 0)
        self.raise_()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = QColor(self._theme.colour("accent"))
        colour.setAlphaF(self._strength)
        pen = QPen(colour, EDGE)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        half = EDGE // 2
        painter.drawRect(self.rect().adjusted(half, half, -half, -half))


class Nudger(QObject):
    """Emits `used` once, when the customer first uses the window after it called."""

    used = Signal()

    def __init__(self, window: QWidget, theme: Theme, attention: Attention) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._attention = attention
        self.muted = False
        self._home: QPoint | None = None
        self._armed = False
        self._edge = Edge(window, theme)
        self._shake = _animation(self, SHAKE_MS)
        self._shake.valueChanged.connect(self._move)
        self._shake.finished.connect(self._rest)
        self._pulse = _animation(self, PULSE_MS)
        self._pulse.valueChanged.connect(self._glow)
        self._pulse.finished.connect(self._fade)

    def ring(self) -> None:
        """Call, and wait for the customer."""
        self._bring()
        self._pulse.stop()
        self._pulse.start()
        if not self._theme.still and self._moves():
            self._rest()
            self._home = self._window.pos()
            self._shake.start()
        if not self.muted:
            self._attention.play(sound_file())
        self._arm(on=True)

    def close(self) -> None:
        """Be still, wherever it was."""
        self._arm(on=False)
        self._pulse.stop()
        self._fade()
        self._rest()
        self._attention.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whether the customer uses the window; nothing is held back."""
        if self._armed and event.type() in _USES and self._is_ours(watched):
            self._arm(on=False)
            self._rest()
            self.used.emit()
        return False

    def _is_ours(self, watched: QObject) -> bool:
        return isinstance(watched, QWidget) and watched.window() is self._window

    def _arm(self, *, on: bool) -> None:
        if on is self._armed:
            return
        self._armed = on
        app = QApplication.instance()
        if app is None:
            return
        if on:
            app.installEventFilter(self)
        else:
            app.removeEventFilter(self)

    def _bring(self) -> None:
        window = self._window
        if window.isMinimized():
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        self._attention.lift(int(window.winId()))
        QApplication.alert(window)

    def _moves(self) -> bool:
        """A window that fills the screen has nowhere to go, and Wayland moves none."""
        full = Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen
        wayland = QGuiApplication.platformName().startswith("wayland")
        return not (wayland or self._window.windowState() & full)

    @Slot(object)
    def _move(self, along: float) -> None:
        if self._home is None:
            return
        swing = math.sin(along * SHAKES * 2 * math.pi) * (1 - along)
        self._window.move(self._home + QPoint(self._within(round(SHAKE_PX * swing)), 0))

    def _within(self, by: int) -> int:
        """As far as the monitor goes: on the next one, letters may have another size."""
        screen = self._window.screen().availableGeometry()
        frame = self._window.frameGeometry()
        left = (self._home or frame.topLeft()).x()
        room_left = max(0, left - screen.left())
        room_right = max(0, screen.right() + 1 - left - frame.width())
        return max(-room_left, min(room_right, by))

    @Slot()
    def _rest(self) -> None:
        """Back to where it was, exactly."""
        home, self._home = self._home, None
        self._shake.stop()
        if home is not None:
            self._window.move(home)

    @Slot(object)
    def _glow(self, along: float) -> None:
        self._edge.glow(0.5 - 0.5 * math.cos(along * PULSES * 2 * math.pi))

    @Slot()
    def _fade(self) -> None:
        self._edge.glow(0)


def _animation(parent: QObject, lasts_ms: int) -> QVariantAnimation:
    made = QVariantAnimation(parent)
    made.setStartValue(0.0)
    made.setEndValue(1.0)
    made.setDuration(lasts_ms)
    return made
