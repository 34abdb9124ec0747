"""A machine with much to do: a window that changes all the time, and processors kept busy."""

import contextlib
import multiprocessing as mp
import random
from collections.abc import Iterator

FRAMES_PER_S = 30
SIZE = (900, 700)


@contextlib.contextmanager
def running(busy: int) -> Iterator[None]:
    """Within the block a window paints noise all the time and `busy` processes do nothing else
    than compute."""
    context = mp.get_context("spawn")
    made = [context.Process(target=_paint), *(context.Process(target=_spin) for _ in range(busy))]
    for process in made:
        process.daemon = True
        process.start()
    try:
        yield
    finally:
        for process in made:
            process.terminate()
            process.join()


def _spin() -> None:
    number = 1
    while True:
        number = number * 1_103_515_245 % 2**31


def _paint() -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QImage, QPixmap
    from PySide6.QtWidgets import QApplication, QLabel

    qt = QApplication(["turmoil"])
    picture = QLabel()
    picture.setWindowTitle("turmoil")
    picture.setGeometry(900, 200, *SIZE)
    width, height = SIZE[0] // 2, SIZE[1] // 2

    def change() -> None:
        noise = random.randbytes(width * height * 4)  # noqa: S311 - a picture
        image = QImage(noise, width, height, QImage.Format.Format_RGB32)
        picture.setPixmap(QPixmap.fromImage(image).scaled(*SIZE))

    timer = QTimer()
    timer.timeout.connect(change)
    timer.start(1000 // FRAMES_PER_S)
    picture.show()
    qt.exec()
