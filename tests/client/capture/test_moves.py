"""What has only moved is found and copied; nothing is ever copied that is not equal."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from client.capture.moves import LEAST, Copies, Moves
from client.capture.tiles import Blocks, changed_blocks
from client.session.geometry import Rect
from tests.client.capture.pages import page

SIZE = (640, 400)


def noise(width: int, height: int, seed: int) -> np.ndarray:
    """No run of it is anywhere else."""
    random = np.random.default_rng(seed)
    return random.integers(0, 256, (height, width, 4)).astype(np.uint8)


def found(before: np.ndarray, now: np.ndarray) -> Copies | None:
    return Moves().find(before, now, changed_blocks(now, before))


def left_over(before: np.ndarray, now: np.ndarray, copies: Copies) -> Blocks:
    """What differs when the copies are drawn."""
    drawn, dx, dy = before.copy(), *copies.shift
    for x, y, width, height in copies.rects:
        came = before[y - dy : y - dy + height, x - dx : x - dx + width]
        assert came.shape == (height, width, 4)
        drawn[y : y + height, x : x + width] = came
    return changed_blocks(now, drawn)


@pytest.mark.parametrize("dy", [-100, -54, -18, -1, 1, 7, 36, 200])
def test_scrolled_text_is_copied(dy: int) -> None:
    long = page(SIZE[0], 800)
    before, now = long[300:700].copy(), long[300 - dy : 700 - dy].copy()
    copies = found(before, now)
    assert copies is not None
    assert copies.shift == (0, dy)
    left = left_over(before, now, copies)
    assert (left == copies.left).all()
    assert np.count_nonzero(left) <= (abs(dy) // 16 + 2) * left.shape[1]


@pytest.mark.parametrize("step", [(9, 0), (-13, 5), (0, 21), (31, -30), (1, 1), (-16, -16)])
def test_a_window_that_is_dragged_is_copied_to_its_edges(step: tuple[int, int]) -> None:
    ground, window = noise(*SIZE, 1), page(320, 200, seed=3)
    before, now = ground.copy(), ground.copy()
    before[80:280, 120:440] = window
    x, y = 120 + step[0], 80 + step[1]
    now[y : y + 200, x : x + 320] = window
    copies = found(before, now)
    assert copies is not None
    assert copies.shift == step
    assert Rect(x, y, 320, 200) in copies.rects
    assert (left_over(before, now, copies) == copies.left).all()


def test_a_window_over_a_scrolled_page_is_not_copied_along() -> None:
    long, window = page(SIZE[0], 800), noise(90, 70, 5)
    before, now = long[100:500].copy(), long[136:536].copy()
    before[150:220, 300:390] = now[150:220, 300:390] = window
    copies = found(before, now)
    assert copies is not None
    assert (left_over(before, now, copies) == copies.left).all()


def test_what_is_new_is_not_found() -> None:
    assert found(noise(*SIZE, 1), noise(*SIZE, 2)) is None
    assert found(page(*SIZE, seed=1), noise(*SIZE, 2)) is None


def test_little_is_not_searched_for() -> None:
    before = page(*SIZE)
    now = before.copy()
    now[:16, : 16 * (LEAST - 1)] = before[16:32, : 16 * (LEAST - 1)]
    assert found(before, now) is None


@pytest.mark.parametrize("size", [(1, 1), (15, 900), (33, 300), (700, 17), (31, 600)])
def test_narrow_and_flat_pictures_break_nothing(size: tuple[int, int]) -> None:
    long = noise(size[0], size[1] + 40, 3)
    before, now = long[:-40].copy(), long[20:-20].copy()
    copies = found(before, now)
    if copies is not None:
        assert (left_over(before, now, copies) == copies.left).all()


@settings(max_examples=40, deadline=None)
@given(
    st.integers(-90, 90),
    st.integers(-90, 90),
    st.integers(0, 9),
    st.lists(st.tuples(st.integers(0, 300), st.integers(0, 200)), max_size=4),
)
def test_nothing_is_copied_that_is_not_equal(
    dx: int, dy: int, seed: int, spots: list[tuple[int, int]]
) -> None:
    wide = page(600, 500, seed=seed)
    before = wide[100:400, 100:500].copy()
    now = wide[100 - dy : 400 - dy, 100 - dx : 500 - dx].copy()
    for x, y in spots:
        now[y : y + 3, x : x + 5] ^= 85
    copies = found(before, now)
    if copies is not None:
        assert (left_over(before, now, copies) == copies.left).all()


def test_a_film_is_let_go_by_and_a_scroll_after_it_is_found_again() -> None:
    moves, before, looked = Moves(), noise(*SIZE, 0), 0
    for seed in range(1, 12):
        now = noise(*SIZE, seed)
        assert moves.find(before, now, changed_blocks(now, before)) is None
        before = now
    long = page(SIZE[0], 2000)
    before = long[:400].copy()
    for step in range(1, 40):
        now = long[step * 18 : 400 + step * 18].copy()
        copies = moves.find(before, now, changed_blocks(now, before))
        looked += copies is not None
        before = now
    assert looked > 20
