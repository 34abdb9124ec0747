"""What viewers remember is recalled where it is to be seen again, and only if it was kept."""

import numpy as np

from client.capture.memory import LEAST, MOST, Memory
from client.capture.moves import Copies, Shift
from client.capture.tiles import Blocks, changed_blocks, inside, shape_of
from client.session.geometry import Rect
from tests.client.capture.pages import page

SIZE = (640, 400)
SHAPE = shape_of(*SIZE)
ALL = np.ones(SHAPE, bool)
NONE = np.zeros(SHAPE, np.uint8)
MENU = Rect(160, 96, 128, 160)


def with_menu(picture: np.ndarray) -> np.ndarray:
    shown = picture.copy()
    shown[MENU.y : MENU.bottom, MENU.x : MENU.right] = (40, 90, 160, 0)
    return shown


def changed(now: np.ndarray, before: np.ndarray) -> Blocks:
    return changed_blocks(now, before)


def test_what_a_menu_covered_is_recalled_when_it_closes() -> None:
    memory, still = Memory(*SIZE), page(*SIZE)
    open_ = with_menu(still)
    rects = memory.keep(still, changed(open_, still), ALL, NONE)
    assert (inside(rects, SHAPE) | ~changed(open_, still)).all()
    recalled = memory.recall(still, changed(still, open_), None)
    assert (inside(recalled, SHAPE) == changed(still, open_)).all()


def test_nothing_is_recalled_that_was_never_kept_or_is_another_now() -> None:
    memory, still, other = Memory(*SIZE), page(*SIZE), page(*SIZE, seed=9)
    assert memory.recall(still, ALL, None) == []
    memory.keep(still, changed(with_menu(still), still), ALL, NONE)
    found = inside(memory.recall(other, ALL, None), SHAPE)
    assert not (found & changed_blocks(other, still)).any()


def test_what_was_not_still_is_not_kept() -> None:
    memory, still = Memory(*SIZE), page(*SIZE)
    assert memory.keep(still, ALL, ~ALL, NONE) == []
    assert memory.recall(still, ALL, None) == []


def test_little_is_neither_kept_nor_recalled() -> None:
    memory, still = Memory(*SIZE), page(*SIZE)
    little = np.zeros(SHAPE, bool)
    little.reshape(-1)[: LEAST - 1] = True
    assert memory.keep(still, little, ALL, NONE) == []
    assert memory.keep(still, ALL, ALL, NONE) != []
    assert memory.recall(still, little, None) == []
    assert memory.recall(still, ALL, None) != []


def test_what_is_known_already_is_not_kept_again() -> None:
    memory, still = Memory(*SIZE), page(*SIZE)
    assert memory.keep(still, ALL, ALL, NONE) != []
    assert memory.keep(still, ALL, ALL, NONE) == []


def test_how_inexact_it_was_is_remembered_with_it() -> None:
    memory, still = Memory(*SIZE), page(*SIZE)
    loss = NONE.copy()
    loss[4, 5] = 2
    memory.keep(still, ALL, ALL, loss)
    assert (memory.loss == loss).all()


def test_what_is_uncovered_beside_what_is_copied_is_recalled() -> None:
    memory, still = Memory(*SIZE), page(*SIZE)
    memory.keep(still, ALL, ALL, NONE)
    before, now = still.copy(), still.copy()
    window = np.full((160, 200, 4), 7, np.uint8)
    before[100:260, 100:300] = now[100:260, 117:317] = window
    copies = Copies(before, Shift(17, 0), [Rect(117, 100, 200, 160)], changed(now, before))
    recalled = inside(memory.recall(now, changed(now, before), copies), SHAPE)
    drawn = before.copy()
    for y, x in zip(*np.nonzero(recalled), strict=True):
        area = slice(y * 16, y * 16 + 16), slice(x * 16, x * 16 + 16)
        drawn[area] = still[area]
    copies.draw(drawn, Rect(0, 0, *SIZE))
    assert (drawn == now).all()


def test_ragged_changes_make_few_rectangles() -> None:
    memory, still = Memory(*SIZE), page(*SIZE)
    ragged = np.indices(SHAPE).sum(axis=0) % 2 == 0
    assert len(memory.keep(still, ragged, ragged, NONE)) <= MOST
    assert len(memory.recall(still, ALL, None)) <= MOST
