"""A picture in memory of its own, in which bytes can be searched for."""

import numpy as np

from client.capture.colour import Picture


class Raster:
    """`picture` is height x width x 4 (BGRX) of `raw`, row after row without gaps."""

    def __init__(self, width: int, height: int) -> None:
        self.raw = bytearray(width * height * 4)
        self.width, self.height = width, height
        self.picture: Picture = np.frombuffer(self.raw, np.uint8).reshape(height, width, 4)
