"""The benchmark of the share: how near a picture is to the true one."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from scripts.bench.share import bar_code, quality
from scripts.bench.share.pictures import Picture, photograph
from scripts.bench.share.plan import HEIGHT, WIDTH


@pytest.fixture(scope="module")
def photo() -> Picture:
    """A photograph as large as the screen."""
    return photograph(WIDTH, HEIGHT, 3)


def as_jpeg(pixels: quality.Pixels, level: int) -> quality.Pixels:
    """What is left of them."""
    packed = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(packed, "JPEG", quality=level)
    return np.asarray(Image.open(packed))


@given(st.floats(10.0, 60.0))
def test_error_and_decibels_say_the_same(db: float) -> None:
    assert quality.psnr(quality.largest_error(db)) == pytest.approx(db)


def test_an_equal_picture_has_99_decibels_and_one_pixel_counts() -> None:
    true = np.zeros((10, 10, 3), np.uint8)
    shown, counted = true.copy(), np.ones((10, 10), np.bool_)
    assert quality.nearness(shown, true, counted) == (quality.IDENTICAL_DB, 1.0)
    shown[2, 3, 1] = 255
    found = quality.nearness(shown, true, counted)
    assert found.exact == pytest.approx(0.99)
    assert found.db == pytest.approx(10 * np.log10(300))
    counted[2, 3] = False
    assert quality.nearness(shown, true, counted) == (quality.IDENTICAL_DB, 1.0)


@pytest.mark.parametrize("level", [20, 60, 90])
def test_the_spots_tell_what_the_whole_picture_would(photo: Picture, level: int) -> None:
    true = quality.colours(photo)
    shown, counted = as_jpeg(true, level), quality.whole_but_code()
    exact = quality.nearness(shown, true, counted).db
    spots = quality.spots
    guessed = quality.nearness(spots(shown), spots(true), spots(counted))
    assert guessed.db == pytest.approx(exact, abs=0.2)


def test_the_spots_are_spread_over_the_whole_screen_and_over_all_places_in_a_block() -> None:
    rows, columns = np.indices((HEIGHT, WIDTH))
    seen = [(quality.spots(one) % 8).ravel() for one in (rows, columns)]
    assert all(set(one) == set(range(8)) for one in seen)
    assert quality.spots(rows).shape == (quality.ROWS, quality.COLUMNS)
    assert quality.spots(rows).max() >= HEIGHT - quality.STRIDE
    assert quality.spots(columns).max() >= WIDTH - quality.STRIDE


def test_the_bar_code_and_windows_over_the_desktop_do_not_count(photo: Picture) -> None:
    free = quality.whole_but_code()
    left, top, width, height = bar_code.place(WIDTH, HEIGHT)
    assert (~free).sum() == width * height
    assert not free[top, left]
    assert np.array_equal(quality.without_covered(free, photo, photo), free)
    framed = photo.copy()
    framed[100:150, 700:1100, :3] = 255 - framed[100:150, 700:1100, :3]
    framed[100:150, 800:900] = photo[100:150, 800:900]
    seen = quality.without_covered(free, photo, framed)
    assert (free & ~seen).sum() == 50 * 400
    assert not seen[120, 850], "what looks the same below a window is below it all the same"
