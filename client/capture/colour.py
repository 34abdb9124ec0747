"""From the screen's pixels to the planes that VP9 encodes: BT.601, full range, 4:4:4."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from client.session.geometry import Rect

Picture = NDArray[np.uint8]
"""height x width x 4, C-contiguous: blue, green, red and a byte that means nothing."""

Plane = NDArray[np.uint8]


class Planes:
    """Y, Cb and Cr of a picture, height x width each; whoever changed the picture writes anew
    only what has changed."""

    def __init__(self, width: int, height: int) -> None:
        whole = np.zeros((3, height, width), np.uint8)
        self.y: Plane = whole[0]
        self.u: Plane = whole[1]
        self.v: Plane = whole[2]

    def take(self, picture: Picture, rects: Iterable[Rect]) -> None:
        """Convert these rectangles (pixels of the picture, inside of it)."""
        stride = picture.strides[0]
        flat = picture.reshape(-1)
        for x, y, width, height in rects:
            first = y * stride + x * 4
            part = flat[first : first + (height - 1) * stride + width * 4]
            image = Image.frombuffer("RGB", (width, height), part, "raw", "BGRX", stride, 1)
            colours = np.asarray(image.convert("YCbCr"))
            self.y[y : y + height, x : x + width] = colours[..., 0]
            self.u[y : y + height, x : x + width] = colours[..., 1]
            self.v[y : y + height, x : x + width] = colours[..., 2]
