"""Photographs that nobody took: seeded noise with the statistics of one. Pure.

Natural pictures have amplitudes that fall with frequency to the power of 0.8 to 1.5 (Tolhurst et
al., "Amplitude spectra of natural images", Ophthalmic Physiol. Opt. 12, 1992), edges of things that
hide each other, and grain. Codecs meet all three here, the same to the last bit in each run.
"""

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""Rows, columns, and blue, green, red, unused: how Qt keeps 32 bits on this machine."""

SLOPE, SLOPE_OF_COLOUR = 1.4, 2.0
"""With 1.4 a photograph of 1920x1080 is 360 KB as JPEG 85 4:4:4, as many a real one is."""

GRAIN = 6.0
"""Standard deviation of a film's grain, of 255."""


def photograph(width: int, height: int, seed: int) -> Picture:
    """A picture of that size; the same for the same `seed`."""
    chance = np.random.default_rng(seed)
    light = _field(chance, height, width, SLOPE)
    _things(light, chance)
    tints = np.stack([_field(chance, height, width, SLOPE_OF_COLOUR) for _ in range(2)])
    red = light + 0.45 * tints[0] + 0.2
    green = light - 0.2 * tints[0] + 0.25 * tints[1]
    blue = light - 0.5 * tints[1] - 0.1
    picture = np.full((height, width, 4), 255, np.uint8)
    for channel, values in enumerate((blue, green, red)):
        picture[..., channel] = np.clip(122 + 44 * values, 0, 255)
    return picture


def grain(width: int, height: int, seed: int) -> NDArray[np.int16]:
    """Noise to be added to brightness, rows and columns and one channel."""
    chance = np.random.default_rng(seed)
    return chance.normal(0, GRAIN, (height, width, 1)).astype(np.int16)


def grained(part: Picture, noise: NDArray[np.int16]) -> Picture:
    """`part` with `noise` on it, of the same rows and columns."""
    noisy: Picture = np.clip(part + noise, 0, 255).astype(np.uint8)
    return noisy


def _field(
    chance: np.random.Generator, height: int, width: int, slope: float
) -> NDArray[np.float64]:
    """Noise of mean 0 and deviation 1 whose amplitude falls with frequency to the `slope`."""
    rows = np.fft.fftfreq(height)[:, None] * height
    columns = np.fft.rfftfreq(width)[None, :] * width * height / width
    distance = np.hypot(rows, columns)
    distance[0, 0] = np.inf
    phases = np.exp(2j * np.pi * chance.random(distance.shape))
    field = np.fft.irfft2(phases / distance**slope, s=(height, width))
    return np.asarray((field - field.mean()) / field.std())


def _things(light: NDArray[np.float64], chance: np.random.Generator, count: int = 14) -> None:
    """Ellipses in front of each other: the hard edges that noise alone does not have."""
    height, width = light.shape
    rows, columns = np.ogrid[:height, :width]
    for _ in range(count):
        y, x = chance.random(2) * (height, width)
        radius_y, radius_x = (0.03 + 0.15 * chance.random(2)) * height
        inside = ((rows - y) / radius_y) ** 2 + ((columns - x) / radius_x) ** 2 < 1
        light[inside] = 0.6 * light[inside] + chance.normal(0, 1.1)
