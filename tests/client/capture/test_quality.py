"""How exact which block is, and what is improved next."""

import numpy as np
import pytest

from client.capture.memory import Memory
from client.capture.moves import Copies, Shift
from client.capture.quality import (
    BATCH_S,
    BUSY,
    LONG_S,
    STILL_S,
    TRICKLE,
    TRICKLE_S,
    Loss,
    Quality,
    Step,
    Tool,
)
from client.capture.terms import Terms
from client.capture.tiles import BLOCK
from client.session.geometry import Rect

SHAPE = (20, 30)
ALL = np.ones(SHAPE, bool)
FAST = Terms(None, 1e8, 39, slow=False)
SLOW = Terms(None, 100_000.0, 52, slow=True)


def some(count: int) -> np.ndarray:
    """The first blocks, row by row."""
    blocks = np.zeros(SHAPE, bool)
    blocks.reshape(-1)[:count] = True
    return blocks


def coarse(at: float = 10.0) -> Quality:
    """All of it has changed then, and was drawn coarsely."""
    quality = Quality(*SHAPE)
    quality.changed(ALL, at)
    quality.drawn(ALL, Loss.COARSE)
    return quality


def steps(quality: Quality, terms: Terms, *, streams: bool, now: float = 10.0) -> list[Tool]:
    """Everything that is done until there is nothing left to do."""
    done: list[Tool] = []
    while (at := quality.next_improving(terms, streams=streams)) is not None:
        now = max(now, at) + 1e-3
        step = quality.improving(now, terms, streams=streams)
        if step is not None:
            done.append(step.tool)
            quality.improved(step, int(np.count_nonzero(step.blocks)))
        assert len(done) < 1000
    assert not quality.loss.any()
    return list(dict.fromkeys(done))


@pytest.mark.parametrize(
    ("slow", "streams", "tools"),
    [
        (False, True, [Tool.PIXELS]),
        (False, False, [Tool.PIXELS]),
        (True, True, [Tool.STREAM, Tool.PIXELS]),
        (True, False, [Tool.JPEG, Tool.PIXELS]),
    ],
)
def test_a_still_picture_becomes_exact(slow: bool, streams: bool, tools: list[Tool]) -> None:
    assert steps(coarse(), SLOW if slow else FAST, streams=streams) == tools


def test_nothing_is_improved_before_it_is_still() -> None:
    quality = coarse(10.0)
    assert quality.next_improving(FAST, streams=True) == pytest.approx(10 + STILL_S)
    early = quality.improving(10 + STILL_S - 0.01, FAST, streams=True)
    assert early is None
    assert quality.improving(10 + STILL_S + 0.01, FAST, streams=True) is not None


def test_beside_movement_there_is_a_trickle_of_what_is_long_still() -> None:
    quality, now, done = coarse(10.0), 10.0, []
    moving = np.zeros(SHAPE, bool)
    moving[-(BUSY // 30 + 1) :] = True
    for _ in range(60):
        now += 0.05
        quality.changed(moving, now)
        quality.drawn(moving, Loss.COARSE)
        step = quality.improving(now, FAST, streams=True)
        if step is not None:
            assert not (step.blocks & moving).any()
            assert np.count_nonzero(step.blocks) <= TRICKLE
            done.append(now)
            quality.improved(step, 1000)
    assert done[0] >= 10 + LONG_S
    assert 2 <= len(done) <= (60 * 0.05 - LONG_S) / TRICKLE_S + 1


def test_a_key_press_is_no_movement() -> None:
    quality = coarse(10.0)
    quality.changed(some(3), 10.25)
    step = quality.improving(10.26, FAST, streams=True)
    assert step is not None
    assert not (step.blocks & some(3)).any()
    assert np.count_nonzero(step.blocks) > TRICKLE


def test_what_keeps_changing_is_moving_and_rests_when_it_stops() -> None:
    quality = Quality(*SHAPE)
    for step in range(8):
        quality.changed(some(40), step * 0.04)
        quality.changed(ALL & ~some(40), 0.0) if step == 0 else None
    assert (quality.moving(ALL) == some(40)).all()
    quality.changed(some(0), 3.0)
    assert not quality.moving(ALL).any()


def test_a_slow_link_gets_as_much_as_it_takes() -> None:
    quality = coarse()
    step = quality.improving(11.0, SLOW, streams=False)
    assert step is not None
    bytes_each = 200.0
    for _ in range(30):
        count = int(np.count_nonzero(step.blocks))
        quality.improved(Step(step.blocks, step.tool), int(count * bytes_each))
        quality.drawn(ALL, Loss.COARSE)
        again = quality.improving(11.0, SLOW, streams=False)
        assert again is not None
        step = again
    assert np.count_nonzero(step.blocks) == int(100_000 * BATCH_S / bytes_each)


def test_what_was_drawn_beside_the_stream_returns_to_it_on_a_slow_link() -> None:
    quality = Quality(*SHAPE)
    quality.changed(some(3), 10.0)
    quality.drawn(some(3), Loss.EXACT)
    assert quality.next_improving(FAST, streams=True) is None
    assert quality.next_improving(SLOW, streams=False) is None
    at = quality.next_improving(SLOW, streams=True)
    assert at == pytest.approx(10 + LONG_S)
    step = quality.improving(10 + LONG_S + 0.01, SLOW, streams=True)
    assert step is not None
    assert step.tool is Tool.RETURN
    assert (step.blocks == some(3)).all()
    quality.improved(step, 50)
    assert not quality.loss.any()
    assert quality.next_improving(SLOW, streams=True) is None


@pytest.mark.parametrize("shift", [Shift(16, 0), Shift(0, -32), Shift(5, 7), Shift(-17, 3)])
def test_what_is_copied_is_as_inexact_as_where_it_came_from(shift: Shift) -> None:
    quality = Quality(*SHAPE)
    quality.loss[5, 6] = Loss.COARSE
    before = np.zeros((SHAPE[0] * BLOCK, SHAPE[1] * BLOCK, 4), np.uint8)
    rect = Rect(64, 48, 200, 160)
    truth = np.zeros((SHAPE[0] * BLOCK, SHAPE[1] * BLOCK), bool)
    truth[5 * BLOCK : 6 * BLOCK, 6 * BLOCK : 7 * BLOCK] = True
    moved = truth.copy()
    came = rect.moved(-shift.dx, -shift.dy)
    moved[rect.y : rect.bottom, rect.x : rect.right] = truth[
        came.y : came.bottom, came.x : came.right
    ]
    quality.follows([], Memory(*SHAPE[::-1]), Copies(before, shift, [rect], ALL))
    lossy = moved.reshape(SHAPE[0], BLOCK, SHAPE[1], BLOCK).any(axis=(1, 3))
    assert (quality.loss[lossy] == Loss.COARSE).all()
    assert np.count_nonzero(quality.loss) <= 9
