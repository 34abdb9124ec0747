"""JPEG rectangles: coarser is smaller, all of the rectangle is there."""

import numpy as np
import pytest
import simplejpeg

from client.capture.jpeg import FINISHES, STRIP, Grade, jpeg, strips
from client.session.geometry import Rect
from tests.client.capture.pages import page, psnr


def test_each_grade_is_smaller_than_the_one_before() -> None:
    picture = page(640, 360)
    sizes = [len(jpeg(picture, grade)) for grade in Grade]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == len(Grade)


@pytest.mark.parametrize(
    ("grade", "least"), [(Grade.FINE, 33), (Grade.FAIR, 24), (Grade.COARSE, 22), (Grade.ROUGH, 19)]
)
def test_what_comes_out_is_the_picture(grade: Grade, least: float) -> None:
    picture = page(640, 360)
    seen = simplejpeg.decode_jpeg(jpeg(picture, grade), "BGRX")
    assert psnr(seen[..., :3], picture[..., :3]) > least


@pytest.mark.parametrize("size", [(1, 1), (5, 3), (641, 361), (16, 1)])
@pytest.mark.parametrize("grade", Grade)
def test_odd_sizes_are_whole_or_half(size: tuple[int, int], grade: Grade) -> None:
    width, height = size
    seen = simplejpeg.decode_jpeg(jpeg(page(width, height), grade), "RGB")
    halved = FINISHES[grade].halved
    wanted = (-(-height // 2), -(-width // 2)) if halved else (height, width)
    assert seen.shape[:2] == wanted


def test_a_half_is_the_mean_of_four() -> None:
    picture = np.zeros((64, 64, 4), np.uint8)
    picture[::2] = 200
    seen = simplejpeg.decode_jpeg(jpeg(picture, Grade.HALF), "RGB")
    assert abs(int(seen.mean()) - 100) < 5


def test_strips_hold_all_of_a_rectangle() -> None:
    rects = [Rect(5, 7, 100, 2 * STRIP + 1), Rect(200, 0, 3, STRIP)]
    found = strips(rects)
    assert max(one.height for one in found) <= STRIP
    assert sum(one.width * one.height for one in found) == 100 * (2 * STRIP + 1) + 3 * STRIP
    assert found[1] == Rect(5, 7 + STRIP, 100, STRIP)
