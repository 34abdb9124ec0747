"""How colours contrast, and the nearest colour that can be read. Pure.

Colours are `#RRGGBB` (sRGB). Contrast as WCAG 2.2 defines it, from 1 to 21; nearness as distance in
OKLab, where equal steps look equally large (Ottosson 2020).
"""

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

TEXT = 4.5
"""Least contrast of text (WCAG 2.2, 1.4.3)."""

SIGN = 3.0
"""Least contrast of what is not text, as the ground of a button (1.4.11)."""

_STEPS = 500
_GAMUT_STEPS = 14


class Lab(NamedTuple):
    """A colour in OKLab: lightness from 0 to 1, and two axes of colour."""

    light: float
    a: float
    b: float


def luminance(colour: str) -> float:
    """Relative luminance, from 0 to 1."""
    red, green, blue = (_linear(one) for one in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (equal) to 21 (black on white)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, ground: str, share: float) -> str:
    """`share` of `colour` over `ground`."""
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return _hex(share * one + (1 - share) * other for one, other in pairs)


def nearest(colour: str, fits: Callable[[str], bool]) -> str:
    """`colour` itself if it `fits`, else the shade of its hue that looks most like it and does.

    Raises `ValueError` when no shade of it does.
    """
    if fits(colour):
        return colour.upper()
    wanted = lab(colour)
    shades = (_shade(wanted, step / _STEPS) for step in range(_STEPS + 1))
    fitting = [one for one in dict.fromkeys(shades) if fits(one)]
    if not fitting:
        raise ValueError(f"no shade of {colour} fits")
    return min(fitting, key=lambda one: math.dist(lab(one), wanted))


def lab(colour: str) -> Lab:
    """The colour in OKLab."""
    red, green, blue = (_linear(one) for one in _channels(colour))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return Lab(
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _shade(wanted: Lab, light: float) -> str:
    """The same hue in another lightness, as colourful as the screen can show it there."""
    if _shown(Lab(light, wanted.a, wanted.b)):
        return _from_lab(Lab(light, wanted.a, wanted.b))
    least, most = 0.0, 1.0
    for _ in range(_GAMUT_STEPS):
        middle = (least + most) / 2
        if _shown(Lab(light, wanted.a * middle, wanted.b * middle)):
            least = middle
        else:
            most = middle
    return _from_lab(Lab(light, wanted.a * least, wanted.b * least))


def _rgb(colour: Lab) -> tuple[float, float, float]:
    """Linear channels; those of a colour that no screen shows lie outside 0 to 1."""
    long = (colour.light + 0.3963377774 * colour.a + 0.2158037573 * colour.b) ** 3
    middle = (colour.light - 0.1055613458 * colour.a - 0.0638541728 * colour.b) ** 3
    short = (colour.light - 0.0894841775 * colour.a - 1.2914855480 * colour.b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _shown(colour: Lab) -> bool:
    return all(-1e-4 <= one <= 1 + 1e-4 for one in _rgb(colour))


def _from_lab(colour: Lab) -> str:
    return _hex(_companded(min(max(one, 0.0), 1.0)) for one in _rgb(colour))


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _hex(channels: Iterable[float]) -> str:
    return "#" + "".join(f"{round(one * 255):02X}" for one in channels)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _companded(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * float(channel ** (1 / 2.4)) - 0.055
