"""What has changed between two pictures: exactly that, in few rectangles."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from client.capture.tiles import BLOCK, Blocks, changed_blocks, rects_of, shape_of

sizes = st.tuples(st.integers(1, 70), st.integers(1, 70))


def painted(blocks: Blocks, width: int, height: int) -> np.ndarray:
    """The pixels that the rectangles for `blocks` hold, counted."""
    pixels = np.zeros((height, width), int)
    for x, y, columns, rows in rects_of(blocks, width, height):
        assert columns > 0
        assert rows > 0
        pixels[y : y + rows, x : x + columns] += 1
    return pixels


@given(sizes, st.lists(st.tuples(st.integers(0, 69), st.integers(0, 69), st.integers(0, 3))))
def test_a_block_has_changed_if_any_of_its_bytes_has(
    size: tuple[int, int], places: list[tuple[int, int, int]]
) -> None:
    width, height = size
    before = np.random.default_rng(1).integers(0, 256, (height, width, 4)).astype(np.uint8)
    now = before.copy()
    wanted = np.zeros(shape_of(width, height), bool)
    for x, y, byte in places:
        if x < width and y < height:
            now[y, x, byte] = before[y, x, byte] ^ 1
            wanted[y // BLOCK, x // BLOCK] = True
    assert (changed_blocks(now, before) == wanted).all()


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (1281, 721), (16, 16), (1, 1)])
def test_equal_pictures_have_no_change(size: tuple[int, int]) -> None:
    picture = np.random.default_rng(2).integers(0, 256, (size[1], size[0], 4)).astype(np.uint8)
    assert not changed_blocks(picture, picture.copy()).any()


@given(sizes, st.randoms(use_true_random=False), st.floats(0, 1))
@settings(max_examples=200)
def test_rectangles_hold_every_changed_pixel_once(
    size: tuple[int, int], random: object, share: float
) -> None:
    rows, columns = size
    width, height = columns * BLOCK - 5, rows * BLOCK - 11
    seed = random.getrandbits(32)  # type: ignore[attr-defined]
    blocks = np.random.default_rng(seed).random((rows, columns)) < share
    pixels = painted(blocks, width, height)
    asked = np.repeat(np.repeat(blocks, BLOCK, 0), BLOCK, 1)[:height, :width]
    assert pixels.max(initial=0) <= 1
    assert (pixels[asked] == 1).all()


def test_few_changes_are_held_without_a_pixel_more() -> None:
    blocks = np.zeros(shape_of(1920, 1080), bool)
    blocks[3, 4:9] = blocks[4, 4:9] = blocks[60, 119] = blocks[67, 0] = True
    assert painted(blocks, 1920, 1080).sum() == 10 * 256 + 256 + 16 * 8
    assert len(rects_of(blocks, 1920, 1080)) == 3


def test_a_checkerboard_becomes_one_rectangle() -> None:
    rows, columns = shape_of(1920, 1080)
    blocks = (np.arange(rows)[:, None] + np.arange(columns)) % 2 == 0
    assert len(rects_of(blocks, 1920, 1080)) == 1


def test_nothing_is_no_rectangle() -> None:
    assert rects_of(np.zeros((5, 5), bool), 80, 80) == []
