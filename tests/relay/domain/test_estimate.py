"""The estimated wait: what holds for any history, and how it follows what happens."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.domain.estimate import (
    LEAST_SAMPLES,
    LONG_S,
    REMEMBERED,
    REMEMBERED_S,
    HandOver,
    History,
    Range,
    estimate,
    pace,
    spoken,
)

NOW = 1_800_000_000_000
HOUR_MS = 3_600_000

HAND_OVERS = st.builds(
    HandOver,
    at=st.integers(NOW - 2 * REMEMBERED_S * 1000, NOW + HOUR_MS),
    waited_s=st.floats(-10, 1e6),
    position=st.integers(0, 500),
    on_duty_then=st.integers(0, 50),
    on_duty=st.integers(0, 50),
)
HISTORIES = st.lists(HAND_OVERS, max_size=60).map(History.of)
POSITIONS = st.integers(1, 2000)
ON_DUTY = st.integers(0, 50)


def queue_of(count: int, gap_s: int, on_duty: int, until: int = NOW) -> History:
    """A queue of ten that moved every `gap_s`, `count` times, the last time at `until`."""
    return History.of(
        HandOver(until - back * gap_s * 1000, 10 * gap_s, 10, on_duty, on_duty)
        for back in range(count)
    )


def said(history: History, position: int, on_duty: int, now: int = NOW) -> Range:
    """The estimate where there must be one."""
    found = estimate(history, position, on_duty, now)
    assert found is not None
    return found


def cost_of(*histories: History) -> float:
    """What a customer costs one representative, by all `histories` together."""
    found = pace(History.of(one for part in histories for one in part.hand_overs), NOW)
    assert found is not None
    return found.cost_s


def middle(found: Range) -> float:
    return (found.least + found.most) / 2


@given(HISTORIES, POSITIONS, ON_DUTY)
def test_a_range_is_ordered_whole_and_finite(history: History, place: int, on_duty: int) -> None:
    found = estimate(history, place, on_duty, NOW)
    if found is not None:
        assert 0 <= found.least < found.most < math.inf
        assert found == spoken(*found)


@given(HISTORIES, POSITIONS, st.integers(1, 50))
def test_nobody_further_back_is_told_less(history: History, place: int, on_duty: int) -> None:
    found = pace(history, NOW)
    if found is not None:
        near, far = found.at(place, on_duty), found.at(place + 1, on_duty)
        assert near is not None
        assert far is not None
        assert near.least <= far.least
        assert near.most <= far.most


@given(HISTORIES, POSITIONS, st.integers(1, 50))
def test_nobody_waits_longer_for_one_more_on_duty(
    history: History, place: int, on_duty: int
) -> None:
    found = pace(history, NOW)
    if found is not None:
        fewer, more = found.at(place, on_duty), found.at(place, on_duty + 1)
        assert fewer is not None
        assert more is not None
        assert more.least <= fewer.least
        assert more.most <= fewer.most


@given(st.lists(HAND_OVERS, max_size=LEAST_SAMPLES - 1), POSITIONS, ON_DUTY)
def test_too_few_hand_overs_say_nothing(few: list[HandOver], place: int, on_duty: int) -> None:
    assert estimate(History.of(few), place, on_duty, NOW) is None


@given(HISTORIES, POSITIONS)
def test_nobody_on_duty_is_not_known(history: History, place: int) -> None:
    assert estimate(history, place, 0, NOW) is None


def test_five_hand_overs_are_enough() -> None:
    assert estimate(queue_of(4, 60, 2), 1, 2, NOW) is None
    assert estimate(queue_of(5, 60, 2), 1, 2, NOW) is not None


def test_yesterday_is_forgotten() -> None:
    history = queue_of(20, 60, 2)
    last = NOW + REMEMBERED_S * 1000
    assert estimate(history, 1, 2, last - 16 * 60_000) is not None
    assert estimate(history, 1, 2, last - 3 * 60_000) is None


def test_a_steady_queue_is_told_its_pace() -> None:
    found = said(queue_of(50, 60, 4), 8, 4)
    assert found.least <= 8 * 60 <= found.most
    assert found.most - found.least <= 8 * 60


def test_half_the_representatives_double_the_wait_at_once() -> None:
    history = queue_of(100, 60, 4)
    four, two = middle(said(history, 8, 4)), middle(said(history, 8, 2))
    assert 1.7 <= two / four <= 2.3


def test_a_slower_hour_outweighs_a_longer_fast_one_before() -> None:
    before, slow = queue_of(60, 60, 4, NOW - 2 * HOUR_MS), queue_of(20, 180, 4)
    assert (cost_of(before), cost_of(slow)) == pytest.approx((240, 720))
    assert cost_of(before, slow) > (240 + 720) / 2


def test_hand_overs_count_less_the_older_they_are() -> None:
    slow = queue_of(20, 180, 4)
    costs = [cost_of(queue_of(60, 60, 4, NOW - hours * HOUR_MS), slow) for hours in (2, 4, 6)]
    assert costs[0] < costs[1] < costs[2] < 720


def test_a_pause_without_customers_does_not_slow_the_pace() -> None:
    before = queue_of(30, 60, 4, NOW - 3 * HOUR_MS).hand_overs
    rested = History.of((*before, *queue_of(30, 60, 4).hand_overs))
    assert abs(middle(said(rested, 8, 4)) - middle(said(queue_of(30, 60, 4), 8, 4))) <= 60


def test_a_desk_that_answers_at_once_says_so() -> None:
    quick = History.of(HandOver(NOW - n * 300_000, 8, 1, 3, 3) for n in range(30))
    assert said(quick, 1, 3) == Range(0, 60)


def test_waits_that_fit_badly_widen_the_range() -> None:
    even = queue_of(100, 60, 4)
    odd = History.of(
        one._replace(waited_s=one.waited_s * (3 if n % 3 == 0 else 1))
        for n, one in enumerate(even.hand_overs)
    )
    narrow, wide = said(even, 8, 4), said(odd, 8, 4)
    assert wide.most - wide.least > narrow.most - narrow.least
    assert wide.most >= 2 * narrow.most - LONG_S // 2


def test_memory_is_bounded_and_keeps_the_newest() -> None:
    history = History()
    for one in queue_of(REMEMBERED + 30, 60, 4).hand_overs:
        history = history.after(one)
    assert len(history.hand_overs) == REMEMBERED
    assert history == queue_of(REMEMBERED, 60, 4)


def test_ranges_are_spoken_in_minutes_and_later_in_fives() -> None:
    assert spoken(0, 0) == Range(0, 60)
    assert spoken(100, 320) == Range(120, 300)
    assert spoken(170, 190) == Range(180, 240)
    assert spoken(500, 800) == Range(480, 900)
    assert spoken(590, 610) == Range(600, 900)
    assert spoken(1500, 3000) == Range(1500, 3000)


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_rounding_moves_an_end_by_half_a_step_at_most(one: float, other: float) -> None:
    least, most = sorted((one, other))
    found = spoken(least, most)
    assert abs(found.least - least) <= (30 if least < LONG_S else 150)
    step = 60 if found.least < LONG_S else 300
    assert most - 150 <= found.most <= max(most + 150, found.least + step)
