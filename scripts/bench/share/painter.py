"""The scripted desktop: a program of its own that paints what it is told and says when it did.

    python -m scripts.bench.share.painter

It reads a line of JSON an order and answers each with one. `{"show": NAME, "number": N}` paints
the first picture of a scene, with N as its bar code. `{"run": NAME, "number": N, "steps": S,
"rate": R}` paints S steps, numbered from N + 1, and answers with the times at which the X server
had each of them, in seconds of the monotonic clock. `{"presses": true}` tells how often the square
has been pressed, `{"pictures": NAME}` the spots of the pictures that a scene shows over and over;
`{"canvas": PATH}` writes there what is painted, as the bytes of its pixels. No step is ever left
out: a late one is painted at once.
"""

import base64
import contextlib
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QPoint, QRect, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QMouseEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from scripts.bench.share import bar_code, quality
from scripts.bench.share.pages import array
from scripts.bench.share.plan import HEIGHT, WIDTH
from scripts.bench.share.scenes import SCENES, Click, Scene, Slides

TITLE = "Scripted desktop"


class Desktop(QWidget):
    """One window over the whole screen, below all others, that shows a canvas."""

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint)
        self.setWindowFlag(Qt.WindowType.WindowStaysOnBottomHint)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setWindowTitle(TITLE)
        self.setGeometry(0, 0, WIDTH, HEIGHT)
        self.canvas = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        self.canvas.fill(Qt.GlobalColor.black)
        self.pressed: Callable[[QPoint], None] = lambda _at: None
        place = bar_code.place(WIDTH, HEIGHT)
        self._code = QRect(place.left, place.top, place.width, place.height)

    def paint(self, region: QRegion, number: int) -> float:
        """Shows `region` of the canvas and the bar code; when the X server had them, in seconds."""
        cells = bar_code.cells(number)
        with QPainter(self.canvas) as painter:
            for index, white in enumerate(cells):
                cell = QRect(
                    self._code.left() + index * bar_code.CELL,
                    self._code.top(),
                    bar_code.CELL,
                    bar_code.CELL,
                )
                colour = Qt.GlobalColor.white if white else Qt.GlobalColor.black
                painter.fillRect(cell, colour)
        self.repaint(region.united(self._code))
        QGuiApplication.sync()
        return time.monotonic()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Copies what is asked for from the canvas."""
        with QPainter(self) as painter:
            for rect in event.region():  # type: ignore[attr-defined] # stub lacks __iter__
                painter.drawImage(rect, self.canvas, rect)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Tells where."""
        self.pressed(event.position().toPoint())


class Painter(QObject):
    """Carries out one order after the other."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__()
        self._desktop = desktop
        desktop.pressed = self._on_press
        self._scenes: dict[str, Scene] = {}
        self._scene: Scene | None = None
        self._number = 0
        self._presses = 0
        self._half = b""
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_orders)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_due)
        self._painted: list[tuple[int, float]] = []
        self._steps = 0
        self._period = 0.0
        self._began = 0.0

    def _on_orders(self) -> None:
        read = os.read(sys.stdin.fileno(), 65536)
        if not read:
            QApplication.quit()
            return
        *orders, self._half = (self._half + read).split(b"\n")
        for order in orders:
            self._obey(json.loads(order))

    def _obey(self, order: Mapping[str, Any]) -> None:
        if "show" in order:
            self._scene = self._scene_named(order["show"])
            self._presses, self._number = 0, order["number"]
            self._scene.begin(self._desktop.canvas)
            _answer(at=self._desktop.paint(QRegion(self._desktop.rect()), self._number))
        elif "run" in order:
            self._scene = self._scene_named(order["run"])
            self._number, self._steps = order["number"], order["steps"]
            self._period = 1 / order["rate"]
            self._painted = []
            self._began = time.monotonic()
            self._on_due()
        elif "pictures" in order:
            scene = self._scene_named(order["pictures"])
            shown = scene.pictures() if isinstance(scene, Slides) else []
            _answer(pictures=[_spots(one) for one in shown])
        elif "canvas" in order:
            array(self._desktop.canvas).tofile(order["canvas"])
            _answer(written=True)
        else:
            _answer(presses=self._presses)

    def _on_due(self) -> None:
        step = len(self._painted) + 1
        if self._scene is None:
            return
        number = self._number + step
        region = self._scene.step(self._desktop.canvas, step)
        self._painted.append((number, self._desktop.paint(region, number)))
        if step == self._steps:
            _answer(painted=self._painted)
            return
        due = self._began + step * self._period
        self._timer.start(max(0, round((due - time.monotonic()) * 1000)))

    def _on_press(self, at: QPoint) -> None:
        if isinstance(self._scene, Click) and Click.PLACE.contains(at):
            self._presses += 1
            region = self._scene.step(self._desktop.canvas, self._presses)
            self._desktop.paint(region, self._number)

    def _scene_named(self, name: str) -> Scene:
        if name not in self._scenes:
            self._scenes[name] = SCENES[name]()
        return self._scenes[name]


def _spots(image: QImage) -> str:
    return base64.b64encode(quality.spots(quality.colours(array(image))).tobytes()).decode()


def _answer(**fields: object) -> None:
    print(json.dumps(fields), flush=True)


def main() -> int:
    """Paints until stdin is closed."""
    application = QApplication(sys.argv[:1])
    desktop = Desktop()
    painter = Painter(desktop)
    desktop.show()
    with contextlib.suppress(BrokenPipeError):
        return application.exec() if painter else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
