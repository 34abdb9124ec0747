"""From the screen's pixels to the planes that streams are made of: BT.601, full range."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from client.session.geometry import Rect
from protocol.picture import Codec

Picture = NDArray[np.uint8]
"""height x width x 4, C-contiguous: blue, green, red and a byte that means nothing."""

Plane = NDArray[np.uint8]

GREY = 128


class Planes:
    """Y, Cb and Cr of a picture, grey at first: height x width each in 4:4:4; in 4:2:0 the colours
    have half of that each way, rounded up, the mean of four. Whoever changed the picture writes
    anew only what has changed."""

    def __init__(self, width: int, height: int, codec: Codec) -> None:
        self._each = 1 if codec is Codec.VP9_444 else 2
        size, small = height * width, -(-height // self._each) * -(-width // self._each)
        whole = np.full(size + 2 * small, GREY, np.uint8)
        colours = whole[size:].reshape(2, -(-height // self._each), -1)
        self.y: Plane = whole[:size].reshape(height, width)
        self.u: Plane = colours[0]
        self.v: Plane = colours[1]

    def take(self, picture: Picture, rects: Iterable[Rect]) -> None:
        """Convert these rectangles (pixels of the picture, inside of it; they begin at even ones).

        Pillow converts and splits in a third of the time that numpy takes for it.
        """
        for x, y, width, height in rects:
            part = np.ascontiguousarray(picture[y : y + height, x : x + width])
            image = Image.frombuffer("RGB", (width, height), part, "raw", "BGRX", 0, 1)
            light, blue, red = image.convert("YCbCr").split()
            self.y[y : y + height, x : x + width] = np.asarray(light)
            each = self._each
            ys = slice(y // each, -(-(y + height) // each))
            xs = slice(x // each, -(-(x + width) // each))
            for plane, colour in ((self.u, blue), (self.v, red)):
                plane[ys, xs] = np.asarray(colour if each == 1 else colour.reduce(each))
