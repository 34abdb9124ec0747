"""What a picture may cost: bytes by the link, work by the processor."""

import pytest

from client.capture.budget import COARSEST, FAST, FINEST, FRAMES_S, SHARE, SLOW, Budget
from client.capture.effort import (
    CALM_FOR_S,
    HEAVY_FOR_S,
    HEAVY_S,
    LEAST_S,
    MOST_UPS,
    Effort,
)


def test_on_a_fast_or_unknown_link_anything_goes() -> None:
    budget = Budget()
    for rate, most in ((None, None), (FAST * 2.0, 50_000)):
        terms = budget.terms(rate, most)
        assert (terms.most, terms.slow, terms.level) == (None, False, FINEST)


def test_a_slow_link_is_told_apart_and_does_not_flutter() -> None:
    budget = Budget()
    middle = (SLOW + FAST) / 2
    assert not budget.terms(middle, 1).slow
    assert budget.terms(SLOW - 1.0, 1).slow
    assert budget.terms(middle, 7).most == 7
    assert not budget.terms(FAST + 1.0, 1).slow
    assert not budget.terms(middle, 1).slow


@pytest.mark.parametrize("rate", [20_000.0, 100_000.0, 400_000.0])
def test_what_moves_becomes_as_coarse_as_the_link_needs(rate: float) -> None:
    budget = Budget()
    level = budget.terms(rate, None).level
    for _ in range(200):
        size = 12_000 * 0.9 ** (level - FINEST)  # each level takes a tenth less
        budget.moved(int(size), rate)
        level = budget.terms(rate, None).level
    last = 12_000 * 0.9 ** (level - FINEST)
    wanted = rate * SHARE / FRAMES_S
    assert last <= wanted * 1.3 or level == COARSEST
    assert last >= wanted * 0.3 or level == FINEST


def test_when_the_link_is_fast_again_it_is_fine_at_once() -> None:
    budget = Budget()
    budget.terms(50_000.0, None)
    for _ in range(20):
        budget.moved(50_000, 50_000.0)
    assert budget.terms(50_000.0, None).level == COARSEST
    assert budget.terms(FAST * 2.0, None).level == FINEST


@pytest.mark.parametrize("took_s", [0.0, 0.001, 0.01, 0.2, 3.0])
def test_at_most_half_of_a_core_is_taken(took_s: float) -> None:
    assert took_s / Effort().pause(took_s) <= 0.5
    assert Effort().pause(took_s) >= LEAST_S


def test_a_busy_processor_gets_a_cheaper_codec_and_one_slow_frame_does_not() -> None:
    effort, now, changes = Effort(), 0.0, 0
    assert not effort.moved(HEAVY_S * 5, now)
    for _ in range(30):
        now += 0.04
        changes += effort.moved(HEAVY_S / 2, now)
    assert (changes, effort.steps) == (0, 0)
    while now < 1.2 + HEAVY_FOR_S * 2:
        now += 0.1
        changes += effort.moved(HEAVY_S * 2, now)
    assert (changes, effort.steps) == (1, 1)


def test_a_better_codec_is_tried_again_after_a_calm_and_not_for_ever() -> None:
    effort, now, ups = Effort(), 0.0, 0
    for _ in range(MOST_UPS + 3):
        while not effort.moved(HEAVY_S * 2, now):
            now += 0.1
        begun = now
        while now < begun + 2 * CALM_FOR_S:
            now += 0.1
            if effort.moved(HEAVY_S / 2, now):
                ups += 1
                assert now - begun >= CALM_FOR_S
                break
    assert ups == MOST_UPS
    assert effort.steps == 3
