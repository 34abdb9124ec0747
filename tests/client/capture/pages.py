"""Pictures of text, as screens have them."""

import string

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from client.capture.colour import Picture

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"
LETTERS = np.array(list(string.ascii_letters + string.digits + "      (){}=_.,;"))


def page(width: int, height: int, seed: int = 1) -> Picture:
    """Coloured words on a dark ground, as in an editor: blue, green, red, and a byte of nothing."""
    random = np.random.default_rng(seed)
    image = Image.new("RGB", (width, height), (30, 32, 40))
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(FONT, 13)
    for line in range(height // 18 + 1):
        colour = tuple(int(part) for part in random.integers(110, 250, 3))
        indent, length = int(random.integers(0, 8)), int(random.integers(5, 60))
        words = "".join(random.choice(LETTERS, length))
        draw.text((8 + indent * 16, line * 18), words, font=font, fill=colour)
    picture = np.zeros((height, width, 4), np.uint8)
    picture[..., :3] = np.asarray(image)[..., ::-1]
    return picture


def psnr(left: np.ndarray, right: np.ndarray) -> float:
    """Peak signal-to-noise ratio in dB."""
    error = np.mean((left.astype(float) - right.astype(float)) ** 2)
    return float(10 * np.log10(255**2 / max(error, 1e-9)))


def rgb(planes: np.ndarray) -> np.ndarray:
    """Red, green, blue of Y, Cb, Cr (BT.601, full range), as the viewer's page computes it."""
    y, u, v = (plane.astype(float) for plane in planes)
    red = y + 1.402 * (v - 128)
    green = y - 0.344136 * (u - 128) - 0.714136 * (v - 128)
    blue = y + 1.772 * (u - 128)
    colours: np.ndarray = np.stack((red, green, blue), axis=-1).round().clip(0, 255)
    return colours.astype(np.uint8)
