"""How exact which block is: coarse when much changes, refined while it is still."""

import numpy as np
import pytest

from client.capture.quality import (
    LADDER,
    REFINE_S,
    SLOW_BYTES_S,
    STILL_S,
    Level,
    Quality,
)

SHAPE = (20, 30)
ALL = np.ones(SHAPE, bool)
FAST = 1e7


def some(count: int) -> np.ndarray:
    """The first blocks, row by row."""
    blocks = np.zeros(SHAPE, bool)
    blocks.reshape(-1)[:count] = True
    return blocks


def test_small_changes_are_good_and_big_ones_coarse_at_first() -> None:
    quality = Quality(*SHAPE, Level.FINE)
    assert quality.level(some(1), FAST, key=False) is Level.GOOD
    assert quality.level(some(360), FAST, key=False) is Level.GOOD
    assert quality.level(some(361), FAST, key=False) is Level.COARSE
    assert quality.level(some(361), None, key=False) is Level.COARSE
    assert quality.level(some(361), SLOW_BYTES_S - 1, key=False) is Level.ROUGH


def test_a_key_frame_counts_as_big_whatever_has_changed() -> None:
    quality = Quality(*SHAPE, Level.FINE)
    assert quality.level(some(0), FAST, key=True) is Level.COARSE
    assert quality.level(some(0), 1000, key=True) is Level.ROUGH


@pytest.mark.parametrize("finest", [Level.GOOD, Level.FINE])
@pytest.mark.parametrize("first", [Level.ROUGH, Level.COARSE, Level.GOOD])
def test_a_still_picture_goes_down_the_ladder_and_then_there_is_nothing_to_do(
    finest: Level, first: Level
) -> None:
    quality = Quality(*SHAPE, finest)
    quality.sent(ALL, first, 10.0, everything=True)
    steps: list[Level] = []
    while (step := quality.refining(FAST, 10.0 + STILL_S)) is not None:
        assert step.blocks.all()
        steps.append(step.level)
        quality.refined(step, 1)
    assert steps == [level for level in LADDER if finest <= level < first]
    assert quality.next_refining() is None


def test_what_moves_is_not_refined() -> None:
    quality = Quality(*SHAPE, Level.FINE)
    quality.sent(ALL, Level.GOOD, 10.0, everything=True)
    quality.sent(some(5), Level.GOOD, 10.5, everything=False)
    step = quality.refining(FAST, 10.5 + STILL_S / 2)
    assert step is not None
    assert (step.blocks == ~some(5)).all()
    quality.refined(step, 1)
    assert quality.refining(FAST, 10.5 + STILL_S / 2) is None
    assert quality.next_refining() == 10.5 + STILL_S
    assert quality.refining(FAST, 10.5 + STILL_S) is not None


def test_a_change_of_a_refined_block_begins_at_the_top_again() -> None:
    quality = Quality(*SHAPE, Level.FINE)
    quality.sent(ALL, Level.GOOD, 0.0, everything=True)
    step = quality.refining(FAST, 1.0)
    assert step is not None
    quality.refined(step, 1)
    quality.sent(some(1), Level.GOOD, 1.0, everything=False)
    step = quality.refining(FAST, 2.0)
    assert step is not None
    assert (step.blocks == some(1)).all()


def test_a_key_frame_for_somebody_new_is_refined_at_once_where_nothing_moved() -> None:
    quality = Quality(*SHAPE, Level.FINE)
    quality.sent(ALL, Level.GOOD, 0.0, everything=True)
    quality.sent(some(0), Level.COARSE, 5.0, everything=True)
    step = quality.refining(FAST, 5.0)
    assert step is not None
    assert step.level is Level.GOOD
    assert step.blocks.all()


def test_a_refining_frame_is_no_larger_than_the_link_takes_in_its_time() -> None:
    rate, block_bytes = 40_000.0, 50
    quality = Quality(*SHAPE, Level.FINE)
    quality.sent(ALL, Level.COARSE, 0.0, everything=True)
    sizes: list[int] = []
    while (step := quality.refining(rate, 1.0)) is not None:
        sizes.append(int(step.blocks.sum()) * block_bytes)
        quality.refined(step, sizes[-1])
    assert sum(sizes) == 2 * ALL.size * block_bytes
    assert max(sizes[8:]) <= rate * REFINE_S * 1.1


def test_the_coarsest_blocks_come_first() -> None:
    quality = Quality(*SHAPE, Level.FINE)
    quality.sent(ALL, Level.GOOD, 0.0, everything=True)
    quality.sent(some(7), Level.ROUGH, 0.0, everything=False)
    step = quality.refining(FAST, 1.0)
    assert step is not None
    assert step.level is Level.COARSE
    assert (step.blocks == some(7)).all()
