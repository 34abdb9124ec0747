"""Whatever colour an administrator chooses, pages stay readable."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relay.domain.colours import SIGN, TEXT, contrast, luminance, mixed, nearest
from relay.domain.looks import (
    DARK,
    LIGHT,
    RESERVED_SLUGS,
    Scheme,
    is_colour,
    look_of,
    slug_fault,
    stylesheet,
)

GROUNDS = ("ground", "surface", "raised")
colours = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def check(scheme: Scheme, tokens: dict[str, str]) -> None:
    """The pairs of the design's own test (tests/browser/test_contrast.py), for one accent."""
    grounds = [tokens[one] for one in GROUNDS]
    assert contrast(scheme.accent_ink, scheme.accent) >= TEXT
    for ground in grounds:
        assert contrast(scheme.accent, ground) >= SIGN
    for ground in (*grounds, scheme.accent_soft, scheme.bubble_own):
        assert contrast(scheme.accent_text, ground) >= TEXT
    for ink in ("ink", "soft"):
        assert contrast(tokens[ink], scheme.bubble_own) >= TEXT


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert luminance("#FFFFFF") == pytest.approx(1)
    assert mixed("#000000", "#FFFFFF", 0.5) == "#808080"


@given(colours)
@settings(max_examples=60, deadline=None)
def test_every_accent_can_be_read_in_both_schemes(accent: str) -> None:
    look = look_of(accent)
    check(look.light, dict(LIGHT))
    check(look.dark, dict(DARK))
    assert look_of(look.nearest).light.as_chosen
    assert (look.nearest == accent.upper()) is look.light.as_chosen


@pytest.mark.parametrize("accent", ["#1f6feb", "#e30613", "#7c3aed", "#0b5d3b"])
def test_a_colour_that_can_be_read_stays_as_it_is(accent: str) -> None:
    light = look_of(accent).light
    assert light.as_chosen
    assert light.accent == accent.upper()


def test_the_nearest_colour_keeps_the_hue() -> None:
    red, green, blue = (int(look_of("#ffd400").nearest[at : at + 2], 16) for at in (1, 3, 5))
    assert red > green > blue, "yellow turns darker, not grey or blue"


def test_the_designs_own_accent_is_what_no_choice_means() -> None:
    look = look_of("")
    assert (look.light.accent, look.dark.accent) == (LIGHT["accent"], DARK["accent"])
    assert stylesheet("") == ""


def test_no_shade_at_all_is_said() -> None:
    with pytest.raises(ValueError, match="no shade"):
        nearest("#123456", lambda _: False)


def test_the_stylesheet_holds_nothing_but_colours() -> None:
    text = stylesheet("#ff69b4")
    assert text.count(":root") == 2
    values = re.findall(r"--(?:accent(?:-\w+)?|bubble-own): (.*?);", text)
    assert len(values) == 10
    assert all(is_colour(one) for one in values)


@pytest.mark.parametrize(
    "colour", ["", "#fff", "1f6feb", "#1f6feg", "#1f6feb;}", "red", "#1F6FEB "]
)
def test_only_a_colour_is_a_colour(colour: str) -> None:
    assert not is_colour(colour)


@pytest.mark.parametrize(
    ("slug", "fault"),
    [
        ("shop", ""),
        ("shop-2-go", ""),
        ("a" * 40, ""),
        ("a" * 41, "slug_shape"),
        ("", "slug_shape"),
        ("Shop", "slug_shape"),
        ("-shop", "slug_shape"),
        ("shop-", "slug_shape"),
        ("a--b", "slug_shape"),
        ("a/b", "slug_shape"),
        ("..", "slug_shape"),
        ("shöp", "slug_shape"),
        ("shop\n", "slug_shape"),
        *((word, "slug_reserved") for word in ("admin", "join", "main", "sign-in")),
    ],
)
def test_a_portal_stands_at_a_plain_word(slug: str, fault: str) -> None:
    assert slug_fault(slug) == fault


def test_every_reserved_word_could_be_a_slug() -> None:
    assert {slug_fault(one) for one in RESERVED_SLUGS} == {"slug_reserved"}
