"""Colours can be told apart, in both schemes."""

from itertools import product

import pytest

from client.ui.style import sheet
from client.ui.tokens import Scheme, tokens

TEXT, SHAPE = 4.5, 3.0

PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "soft") for ground in ("ground", "surface")),
    *(("ink", ground, TEXT) for ground in ("raised", "bubble", "bubbleOwn", "accentSoft")),
    *(("accentText", ground, TEXT) for ground in ("bubble", "bubbleOwn", "accentSoft")),
    *(
        (sign, ground, TEXT)
        for sign in ("danger", "warn", "good")
        for ground in ("ground", "surface")
    ),
    *((edge, ground, SHAPE) for edge in ("control", "accent") for ground in ("ground", "surface")),
    ("accentInk", "accent", TEXT),
    ("dangerInk", "danger", TEXT),
    ("warnBandInk", "warnBand", TEXT),
    ("stopInk", "stop", TEXT),
    ("stop", "warnBand", SHAPE),
    ("surface", "ink", TEXT),
]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("pair", "scheme"), list(product(PAIRS, Scheme)))
def test_contrast(pair: tuple[str, str, float], scheme: Scheme) -> None:
    upper, lower, least = pair
    colours = tokens().colours[scheme]
    light, dark = sorted((luminance(colours[upper]), luminance(colours[lower])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= least


def test_both_schemes_have_the_same_tokens() -> None:
    assert tokens().colours[Scheme.LIGHT].keys() == tokens().colours[Scheme.DARK].keys()


@pytest.mark.parametrize("scheme", Scheme)
def test_the_style_sheet_knows_every_colour_it_names(scheme: Scheme) -> None:
    assert "$" not in sheet(scheme)
