"""Pointers and icons of Windows become RGBA."""

import numpy as np
import pytest

from client.platform.corners import without_corners
from client.platform.windows.bitmaps import Pixels, of_mask, with_mask
from client.session.geometry import Rect


def bgrx(*rows: list[tuple[int, int, int, int]]) -> Pixels:
    return np.array(rows, np.uint8)


BLACK, WHITE = (0, 0, 0, 0), (255, 255, 255, 0)


def test_colours_with_an_alpha_keep_it() -> None:
    picture = bgrx([(1, 2, 3, 128), (4, 5, 6, 0)])
    assert with_mask(picture, bgrx([WHITE, WHITE])) == bytes([3, 2, 1, 128, 6, 5, 4, 0])


def test_without_an_alpha_the_mask_counts() -> None:
    picture = bgrx([(1, 2, 3, 0), (4, 5, 6, 0)])
    assert with_mask(picture, bgrx([BLACK, WHITE])) == bytes([3, 2, 1, 255, 6, 5, 4, 0])
    assert with_mask(picture, None) == bytes([3, 2, 1, 255, 6, 5, 4, 255])


@pytest.mark.parametrize(
    ("keeps", "shows", "rgba"),
    [
        (BLACK, BLACK, (0, 0, 0, 255)),
        (BLACK, WHITE, (255, 255, 255, 255)),
        (WHITE, BLACK, (0, 0, 0, 0)),
        (WHITE, WHITE, (96, 96, 96, 255)),
    ],
)
def test_a_mask_alone_says_black_white_nothing_or_inverted(
    keeps: tuple[int, int, int, int],
    shows: tuple[int, int, int, int],
    rgba: tuple[int, int, int, int],
) -> None:
    assert of_mask(bgrx([keeps], [shows])) == bytes(rgba)


@pytest.mark.parametrize("size", [(100, 80), (24, 24), (10, 90), (1, 1)])
def test_nothing_of_a_rounded_corner_counts_as_solid(size: tuple[int, int]) -> None:
    rect = Rect(-5, 7, *size)
    bits = np.zeros((size[1], size[0]), np.uint8)
    for one in without_corners(rect, 12):
        assert one.within(rect) == one
        inside = one.moved(5, -7)
        bits[inside.y : inside.bottom, inside.x : inside.right] += 1
    assert bits.max(initial=0) <= 1
    for part in (bits[:12, :12], bits[:12, -12:], bits[-12:, :12], bits[-12:, -12:]):
        assert not part.any()
    if size == (100, 80):
        assert bits.sum() == 100 * 80 - 4 * 12 * 12
