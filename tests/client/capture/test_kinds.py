"""Photographs are told from text, block by block."""

import numpy as np

from client.capture.kinds import photos
from client.capture.tiles import shape_of
from tests.client.capture.pages import page


def everywhere(picture: np.ndarray) -> np.ndarray:
    return np.ones(shape_of(picture.shape[1], picture.shape[0]), bool)


def photograph(width: int, height: int) -> np.ndarray:
    """Grain on a gradient: hardly a colour twice."""
    random = np.random.default_rng(3)
    ramp = np.linspace(0, 180, width)[None, :, None] + np.zeros((height, 1, 4))
    return (ramp + random.integers(0, 70, (height, width, 4))).astype(np.uint8)


def test_text_is_none_and_grain_is_one() -> None:
    for size in ((640, 360), (100, 70), (1281, 721)):
        text, photo = page(*size), photograph(*size)
        assert not photos(text, everywhere(text)).any()
        inner = photos(photo, everywhere(photo))[: size[1] // 64 * 4, : size[0] // 64 * 4]
        assert inner.all()


def test_a_photograph_in_a_page_is_found_where_it_is() -> None:
    picture = page(640, 384)
    picture[128:256, 192:448] = photograph(256, 128)
    found = photos(picture, everywhere(picture))
    wanted = np.zeros_like(found)
    wanted[8:16, 12:28] = True
    assert (found == wanted).all()


def test_only_what_is_asked_for_is_answered() -> None:
    picture = photograph(640, 360)
    asked = np.zeros(shape_of(640, 360), bool)
    asked[3, 4] = asked[20, 30] = True
    assert (photos(picture, asked) == asked).all()
    assert not photos(picture, np.zeros_like(asked)).any()


def test_few_blocks_beside_a_photograph_are_looked_at_one_by_one() -> None:
    picture = photograph(640, 360)
    picture[160:176, 160:192] = 255
    asked = np.zeros(shape_of(640, 360), bool)
    asked[10, 10:14] = True
    assert photos(picture, asked)[10].tolist()[10:14] == [False, False, True, True]


def test_tiny_pictures_break_nothing() -> None:
    for size in ((1, 1), (3, 70), (17, 2)):
        picture = page(*size)
        assert not photos(picture, everywhere(picture)).any()
