"""Pace: links of every kind, simulated byte by byte with a clock of the test's own."""

import heapq
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from client.capture.pacer import (
    ANSWER_S,
    FRAMES,
    LINK_S,
    SLOWEST_BYTES_S,
    SMALL_BYTES,
    Pacer,
)

TURN_S = 1 / 30


@dataclass
class Link:
    """A queue that `rate` bytes a second leave, `trip_s` there and back, and a viewer behind it
    who acknowledges each frame."""

    rate: float
    trip_s: float = 0.02
    free_at: float = 0.0
    arrivals: list[tuple[float, int]] = field(default_factory=list)
    worst_queue_s: float = 0.0

    def send(self, seq: int, size: int, now: float) -> None:
        self.free_at = max(self.free_at, now) + size / self.rate
        self.worst_queue_s = max(self.worst_queue_s, self.free_at - now)
        heapq.heappush(self.arrivals, (self.free_at + self.trip_s, seq))


class World:
    """A screen that always changes, the pacer, and a link for each viewer."""

    def __init__(self, *links: Link) -> None:
        self.pacer = Pacer()
        self.links = dict(enumerate(links))
        self.now = 0.0
        self.seq = 0
        self.sent_at: dict[int, float] = {}
        self.drawn: dict[int, list[tuple[int, float]]] = {one: [] for one in self.links}
        for viewer in self.links:
            self.pacer.watch(viewer)

    def run(self, seconds: float, size: int) -> None:
        """Offer a frame of `size` bytes thirty times a second, as long as there is room."""
        end = self.now + seconds
        while self.now < end:
            self._acknowledge()
            if self.pacer.may_send():
                self.seq += 1
                self.sent_at[self.seq] = self.now
                for link in self.links.values():
                    link.send(self.seq, size, self.now)
                self.pacer.sent(self.seq, size, self.now)
            self.now += TURN_S

    def _acknowledge(self) -> None:
        for viewer, link in self.links.items():
            while link.arrivals and link.arrivals[0][0] <= self.now:
                at, seq = heapq.heappop(link.arrivals)
                self.drawn[viewer].append((seq, at))
                self.pacer.acknowledged(viewer, seq, at)

    def reset(self) -> None:
        """Forget the figures so far."""
        for viewer, link in self.links.items():
            link.worst_queue_s = 0.0
            self.drawn[viewer].clear()

    def throughput(self, viewer: int, size: int, seconds: float) -> float:
        return len(self.drawn[viewer]) * size / seconds


@pytest.mark.parametrize("trip_s", [0.002, 0.03, 0.1, 0.25, 0.6])
@pytest.mark.parametrize("rate", [8_000, 30_000, 250_000, 1_250_000, 12_500_000, 125_000_000])
@pytest.mark.parametrize("size", [300, 12_000, 60_000])
def test_a_link_is_used_and_never_stuffed(rate: float, trip_s: float, size: int) -> None:
    world = World(Link(rate, trip_s))
    world.run(20, size)
    world.reset()
    world.run(20, size)
    link = world.links[0]
    frame_s = size / rate
    span = max(trip_s + frame_s + TURN_S + LINK_S / 2, SMALL_BYTES / rate)
    assert link.worst_queue_s <= span + frame_s + TURN_S
    possible = min(rate, size / TURN_S)
    alone = size / (frame_s + trip_s + TURN_S)  # one frame after the other
    assert world.throughput(0, size, 20) >= min(0.7 * possible, alone * 0.95)


def test_what_is_shown_is_new() -> None:
    """Whatever the link, a frame is drawn soon after the moment it shows."""
    world = World(Link(250_000, 0.05))
    world.run(30, 20_000)
    ages = [at - world.sent_at[seq] for seq, at in world.drawn[0]]
    assert max(ages[20:]) <= LINK_S + 20_000 / 250_000 + 0.05 + TURN_S


@pytest.mark.parametrize("slow", [10_000, 100_000])
def test_a_slow_viewer_does_not_slow_down_a_fast_one(slow: float) -> None:
    alone, together = World(Link(2_500_000)), World(Link(2_500_000), Link(slow))
    alone.run(10, 20_000)
    together.run(10, 20_000)
    assert len(together.drawn[0]) >= 0.95 * len(alone.drawn[0])


def test_a_link_that_becomes_slower_is_followed() -> None:
    world = World(Link(2_500_000))
    world.run(10, 40_000)
    world.links[0].rate = 100_000
    world.run(10, 40_000)
    world.reset()
    world.run(10, 40_000)
    assert world.links[0].worst_queue_s <= LINK_S + 40_000 / 100_000 + TURN_S


@pytest.mark.parametrize("size", [300, 20_000])
def test_a_link_that_stands_still_and_comes_back_is_current_soon(size: int) -> None:
    """What was made before it stood still is little, so the newest is through within 2 s."""
    world = World(Link(250_000, 0.05))
    world.run(10, size)
    sent = world.seq
    back = world.now + 30
    world.links[0].free_at = back
    while world.now < back - 1:
        world.run(1, size)
        for gone in world.pacer.gone(world.now):
            world.pacer.forget(gone)
    assert world.seq - sent <= max(3, 2 * SMALL_BYTES // size)
    world.pacer.watch(0)  # as the page does once it is silent
    world.run(3.2, size)
    drawn = [at for seq, at in world.drawn[0] if seq > sent and world.sent_at[seq] > back]
    assert drawn
    assert min(drawn) <= back + 2


def test_a_viewer_draws_once_an_animation_frame_and_the_link_looks_no_slower() -> None:
    """On a quick link answers come up to 16 ms late, small pictures and large ones alike."""
    pacer, now, seq = Pacer(), 0.0, 0
    pacer.watch(1)
    waiting: list[int] = []
    for tick in range(2000):
        now = tick / 250
        if pacer.may_send() and tick % 5 == 0:
            seq += 1
            pacer.sent(seq, 60_000 if seq % 9 == 0 else 400, now)
            waiting.append(seq)
        if tick % 4 == 3 and waiting:
            pacer.acknowledged(1, waiting[-1], now)
            waiting.clear()
    rate = pacer.rate()
    assert rate is not None
    assert rate > 1_500_000


def test_a_link_that_becomes_faster_is_followed() -> None:
    world = World(Link(100_000))
    world.run(10, 10_000)
    world.links[0].rate = 2_500_000
    world.run(5, 10_000)
    world.reset()
    world.run(10, 10_000)
    assert world.throughput(0, 10_000, 10) >= 0.9 * 10_000 / TURN_S


def test_quiet_times_do_not_make_a_link_look_slow() -> None:
    world = World(Link(2_500_000))
    world.run(5, 40_000)
    fast = world.pacer.rate()
    for _ in range(50):
        world.run(0.2, 100)
    assert fast is not None
    assert (world.pacer.rate() or 0) >= 0.9 * fast


def test_without_viewers_there_is_no_room() -> None:
    pacer = Pacer()
    assert not pacer.may_send()
    pacer.watch(1)
    assert pacer.may_send()
    pacer.forget(1)
    assert not pacer.may_send()


def test_before_the_first_answer_only_a_few_frames_are_under_way() -> None:
    pacer = Pacer()
    pacer.watch(1)
    for seq in range(1, FRAMES + 1):
        assert pacer.may_send()
        pacer.sent(seq, 100_000, 0.0)
    assert not pacer.may_send()
    pacer.acknowledged(1, 1, 0.1)
    assert pacer.may_send()


def test_who_watches_again_is_sent_as_much_as_before() -> None:
    world = World(Link(250_000, 0.05))
    world.run(10, 20_000)
    before = world.pacer.most()
    world.pacer.watch(0)
    assert before is not None
    assert world.pacer.most() == pytest.approx(250_000 * LINK_S, rel=0.3)
    assert world.pacer.may_send()


def test_it_is_idle_when_somebody_has_drawn_everything() -> None:
    pacer = Pacer()
    pacer.watch(1)
    pacer.watch(2)
    pacer.sent(1, 1000, 0.0)
    assert not pacer.idle()
    pacer.acknowledged(2, 1, 0.1)
    assert pacer.idle()


def test_an_answerless_viewer_is_gone_until_it_watches_again() -> None:
    pacer = Pacer()
    pacer.watch(1)
    pacer.watch(2)
    assert pacer.next_gone() is None
    pacer.sent(1, 1000, 10.0)
    pacer.acknowledged(2, 1, 10.1)
    assert pacer.next_gone() == 10.0 + ANSWER_S
    assert pacer.gone(9.9 + ANSWER_S) == frozenset()
    assert pacer.gone(10.0 + ANSWER_S) == {1}
    pacer.forget(1)
    assert pacer.viewers == {2}
    pacer.watch(1)
    assert pacer.gone(100.0) == frozenset()


def test_a_large_frame_on_the_slowest_link_is_waited_for() -> None:
    pacer = Pacer()
    pacer.watch(1)
    pacer.sent(1, 320_000, 0.0)
    assert pacer.gone(ANSWER_S + 1) == frozenset()
    assert pacer.gone(320_000 / SLOWEST_BYTES_S) == {1}


def test_a_viewer_that_draws_but_lags_is_not_gone() -> None:
    pacer = Pacer()
    pacer.watch(1)
    for seq in range(1, 100):
        pacer.sent(seq, 1000, seq * 0.1)
        if seq > 3:
            pacer.acknowledged(1, seq - 3, seq * 0.1)
        assert pacer.gone(seq * 0.1 + ANSWER_S * 0.9) == frozenset()


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("sent"), st.integers(0, 10**7), st.just(0)),
            st.tuples(st.just("ack"), st.integers(0, 3), st.integers(-5, 2**32)),
            st.tuples(st.just("ack"), st.integers(0, 3), st.integers(0, 60)),
            st.tuples(st.just("watch"), st.integers(0, 3), st.just(0)),
            st.tuples(st.just("forget"), st.integers(0, 3), st.just(0)),
        ),
        max_size=200,
    ),
    st.data(),
)
@settings(max_examples=200)
def test_nothing_that_viewers_say_breaks_it(
    acts: list[tuple[str, int, int]], data: st.DataObject
) -> None:
    pacer, now, seq = Pacer(), 0.0, 0
    for act, number, other in acts:
        now += data.draw(st.sampled_from((0.0, 0.001, 0.3, 7.0)))
        if act == "sent":
            seq += 1
            pacer.sent(seq, number, now)
        elif act == "ack":
            pacer.acknowledged(number, other, now)
        elif act == "watch":
            pacer.watch(number)
        else:
            pacer.forget(number)
        rate = pacer.rate()
        assert rate is None or rate >= 0
        most = pacer.most()
        assert (most is None) == (rate is None)
        assert most is None or most > 0
        assert pacer.gone(now) <= pacer.viewers
        assert not pacer.may_send() or pacer.viewers


def test_acknowledgements_of_frames_that_were_never_sent_change_nothing() -> None:
    pacer = Pacer()
    pacer.watch(1)
    pacer.sent(1, 10**6, 0.0)
    pacer.sent(2, 10**6, 0.0)
    for seq in (0, 3, 1000):
        pacer.acknowledged(1, seq, 0.1)
    assert not pacer.may_send()
    assert pacer.rate() is None


def test_a_long_time_of_frames_is_not_kept() -> None:
    pacer = Pacer()
    pacer.watch(1)
    for seq in range(1, 5000):
        pacer.sent(seq, 100, seq * TURN_S)
    pacer.acknowledged(1, 10, 200.0)
    assert pacer.rate() is None
    pacer.acknowledged(1, 4999, 200.0)
    assert pacer.may_send()
