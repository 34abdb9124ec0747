"""The colours of `protocol/tokens.json`: readable in both themes (WCAG 2.2, 1.4.3 and 1.4.11)."""

import json
from pathlib import Path

import pytest

TOKENS = json.loads((Path(__file__).parents[2] / "protocol/tokens.json").read_text("utf-8"))
THEMES = ("light", "dark")
GROUNDS = ("ground", "surface", "raised")
TEXT, SIGN = 4.5, 3.0

PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "soft", "accentText") for ground in GROUNDS),
    *((ink, bubble, TEXT) for ink in ("ink", "soft") for bubble in ("bubble", "bubbleOwn")),
    *((word, ground, TEXT) for word in ("good", "warn", "danger") for ground in GROUNDS[:2]),
    *((sign, ground, SIGN) for sign in ("control", "accent") for ground in GROUNDS),
    ("accentText", "accentSoft", TEXT),
    ("accentInk", "accent", TEXT),
    ("dangerInk", "danger", TEXT),
    ("warnBandInk", "warnBand", TEXT),
]


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB`, from 0 to 1."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (equal) to 21 (black on white)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("one", "other", "least"), PAIRS)
def test_contrast(theme: str, one: str, other: str, least: float) -> None:
    assert contrast(TOKENS[theme][one], TOKENS[theme][other]) >= least


def test_both_themes_have_the_same_colours() -> None:
    assert TOKENS["light"].keys() == TOKENS["dark"].keys()
