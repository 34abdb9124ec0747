"""PIXELS pieces: to the last bit, whatever the colours and sizes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from client.capture.exact import PALETTE, SMALL, exact
from tests.client.capture.canvas import unpacked
from tests.client.capture.pages import page


def of_colours(count: int, width: int, height: int) -> np.ndarray:
    """A picture with that many different colours, each of them at least once."""
    random = np.random.default_rng(count)
    colours = random.choice(2**24, count, replace=False).astype(np.uint32)
    fill = random.integers(0, count, width * height)
    fill[:count] = np.arange(count)
    unused = random.integers(0, 256, width * height).astype(np.uint32) << 24
    picture: np.ndarray = (colours[fill] | unused).view(np.uint8).reshape(height, width, 4)
    return picture


def seen(picture: np.ndarray, *, photo: bool = False) -> np.ndarray:
    """As the viewer sees it, in the picture's own order of colours."""
    height, width = picture.shape[:2]
    return unpacked(exact(picture, photo=photo), width, height)[..., ::-1]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 15, 16, 17, 255, 256, 257])
@pytest.mark.parametrize("width", [7, 23, 24])
def test_every_palette_is_exact(count: int, width: int) -> None:
    picture = of_colours(count, width, 40)
    assert (seen(picture) == picture[..., :3]).all()
    kind = exact(picture, photo=False)[0]
    assert kind == (0 if count > PALETTE else max(1, count - 1))


@settings(max_examples=60)
@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 300), st.booleans())
def test_every_size_is_exact(width: int, height: int, count: int, photo: bool) -> None:
    picture = of_colours(min(count, width * height), width, height)
    assert (seen(picture, photo=photo) == picture[..., :3]).all()


@pytest.mark.parametrize("photo", [False, True])
def test_large_ones_are_exact_without_a_palette(photo: bool) -> None:
    picture = page(200, SMALL // 100)
    assert exact(picture, photo=photo)[0] == 0
    assert (seen(picture, photo=photo) == picture[..., :3]).all()


def test_a_part_of_a_larger_picture_is_taken_as_it_is() -> None:
    picture = page(300, 200)
    part = picture[31:160, 17:290]
    assert (seen(part) == part[..., :3]).all()


def test_text_is_a_fraction_of_its_pixels() -> None:
    picture = page(640, 360)
    assert len(exact(picture, photo=False)) < 640 * 360 * 3 / 10
