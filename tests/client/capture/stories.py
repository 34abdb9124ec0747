"""What happens on screens: each story yields one picture after the other (BGRX)."""

from collections.abc import Iterator

import numpy as np

from tests.client.capture.pages import page

SIZE = (647, 395)
"""Not of whole blocks."""


def photograph(seed: int, size: tuple[int, int] = SIZE) -> np.ndarray:
    random = np.random.default_rng(seed)
    ramp = np.linspace(0, 200, size[0])[None, :, None] + np.zeros((size[1], 1, 4))
    return (ramp + random.integers(0, 40, (size[1], size[0], 4))).astype(np.uint8)


def typing() -> Iterator[np.ndarray]:
    picture, letters = page(*SIZE), page(*SIZE, seed=8)
    for step in range(12):
        x = 100 + step * 9
        picture[100:116, x : x + 9] = letters[100:116, x : x + 9]
        yield picture


def scrolling() -> Iterator[np.ndarray]:
    long = page(SIZE[0], 1200)
    for step in range(14):
        picture = page(*SIZE, seed=5)
        picture[40:360, 30:600] = long[40 + step * 36 : 360 + step * 36, 30:600]
        yield picture


def dragging() -> Iterator[np.ndarray]:
    ground, window = photograph(1), page(250, 180, seed=4)
    for step in range(20):
        picture = ground.copy()
        x, y = 40 + step * 13, 30 + step * 5
        picture[y : y + 180, x : x + 250] = window
        yield picture


def film() -> Iterator[np.ndarray]:
    for step in range(12):
        picture = page(*SIZE)
        picture[90:290, 130:450] = photograph(step)[90:290, 130:450]
        yield picture


def slides() -> Iterator[np.ndarray]:
    for step in range(4):
        yield page(*SIZE, seed=step) if step % 2 else photograph(step)


def menu() -> Iterator[np.ndarray]:
    ground = page(*SIZE)
    for step in range(6):
        picture = ground.copy()
        if step % 2:
            picture[60:300, 200:420] = (60, 70, 80, 0)
        yield picture
