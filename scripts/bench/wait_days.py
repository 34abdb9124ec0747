"""Simulated days of a support desk: who comes when, who is on duty, how long it really took.

A discrete-event simulation without a clock: one queue, first come first served, representatives
who take one customer at a time. Everybody who comes, and everybody in the queue whenever it
moves, is told an estimate by the code under test; the day then says how long it really was.
"""

import heapq
import itertools
import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple

from relay.domain.estimate import HandOver, History, pace
from relay.domain.estimate_record import Outcome

HOUR_S = 3600.0
DAY_S = 9 * HOUR_S
"""Customers come for so long; representatives stay until the queue is empty."""

SESSION_MEDIAN_S = 480.0
SESSION_SIGMA = 0.6
"""Sessions are log-normal, as talks on the phone are (Brown et al., "Statistical analysis of a
telephone call center", JASA 100, 2005)."""

ANSWER_S = (3.0, 20.0)
"""How long a free representative takes to accept, evenly spread."""

COST_S = SESSION_MEDIAN_S * math.exp(SESSION_SIGMA**2 / 2) + sum(ANSWER_S) / 2
"""What one customer costs one representative, on average."""

Shift = tuple[tuple[float, float], ...]
"""When one representative is on duty: from and until, in seconds of the day."""

ALL_DAY: Shift = ((0.0, math.inf),)


class Pattern(NamedTuple):
    """A kind of day. `load` is the customers coming by the customers `shifts` could serve if
    all were there, at a second of the day; it never exceeds `peak`."""

    name: str
    shifts: tuple[Shift, ...]
    load: Callable[[float], float]
    peak: float


def _lunch(at: float) -> float:
    return 0.8 + 0.7 * math.exp(-(((at - 4 * HOUR_S) / (0.75 * HOUR_S)) ** 2))


_BREAKS: tuple[Shift, ...] = (
    ((0.0, 2.5 * HOUR_S), (4.5 * HOUR_S, math.inf)),
    ((0.0, 3.0 * HOUR_S), (5.0 * HOUR_S, math.inf)),
    ((0.0, 6.0 * HOUR_S),),
)

PATTERNS = (
    Pattern("steady", (ALL_DAY,) * 5, lambda _at: 0.95, 0.95),
    Pattern("lunch peak", (ALL_DAY,) * 6, _lunch, 1.5),
    Pattern("people leave", ((ALL_DAY,) * 3) + _BREAKS, lambda _at: 0.85, 0.85),
)
"""A Poisson stream that keeps a well-used desk busy; one that nearly doubles at noon; three of six
representatives who go, two of whom come back."""


class Day(NamedTuple):
    """What was told on coming, and what was told later, whenever the queue moved."""

    first: list[Outcome]
    later: list[Outcome]


def day(pattern: Pattern, seed: int) -> Day:
    """One day of `pattern`; the same for the same `seed`."""
    return _Simulation(pattern, random.Random(seed)).run()  # noqa: S311 (a simulation)


class _Event(Enum):
    COMES = auto()
    TAKES = auto()
    FINISHES = auto()
    ON_DUTY = auto()
    OFF_DUTY = auto()


@dataclass(eq=False)
class _Customer:
    """`place` and `on_duty` when coming; `told` are the estimates with their times."""

    came: float
    place: int
    on_duty: int
    told: list[tuple[float, Outcome]] = field(default_factory=list)


class _Simulation:
    def __init__(self, pattern: Pattern, chance: random.Random) -> None:
        self._pattern = pattern
        self._chance = chance
        self._numbers = itertools.count()
        self._agenda: list[tuple[float, int, _Event, int]] = []
        self._queue: list[_Customer] = []
        self._on_duty: set[int] = set()
        self._busy: set[int] = set()
        self._answering = 0
        self._history = History()
        self._day = Day([], [])

    def run(self) -> Day:
        """Work through the agenda until nobody comes and nobody waits."""
        for person, shift in enumerate(self._pattern.shifts):
            for start, end in shift:
                self._plan(start, _Event.ON_DUTY, person)
                if end < math.inf:
                    self._plan(end, _Event.OFF_DUTY, person)
        self._plan_arrival(0.0)
        while self._agenda:
            now, _, event, person = heapq.heappop(self._agenda)
            self._happens(event, person, now)
            self._reach_for_customers(now)
        return self._day

    def _plan(self, at: float, event: _Event, person: int = -1) -> None:
        heapq.heappush(self._agenda, (at, next(self._numbers), event, person))

    def _plan_arrival(self, now: float) -> None:
        """The next customer of a Poisson stream whose rate changes, by thinning (Lewis 1979)."""
        capacity = len(self._pattern.shifts) / COST_S
        while now < DAY_S:
            now += self._chance.expovariate(self._pattern.peak * capacity)
            if self._chance.random() * self._pattern.peak < self._pattern.load(now):
                self._plan(now, _Event.COMES)
                return

    def _happens(self, event: _Event, person: int, now: float) -> None:
        match event:
            case _Event.COMES:
                place = len(self._queue) + 1
                self._queue.append(_Customer(now, place, len(self._on_duty)))
                self._tell(now, place)
                self._plan_arrival(now)
            case _Event.TAKES:
                self._take(person, now)
            case _Event.FINISHES:
                self._busy.discard(person)
            case _Event.ON_DUTY:
                self._on_duty.add(person)
                self._tell(now)
            case _Event.OFF_DUTY:
                self._on_duty.discard(person)
                self._tell(now)

    def _tell(self, now: float, since_place: int = 1) -> None:
        """Tell everybody from `since_place` on how long it will take from now."""
        found = pace(self._history, _ms(now))
        for place, customer in enumerate(self._queue[since_place - 1 :], since_place):
            said = None if found is None else found.at(place, len(self._on_duty))
            customer.told.append((now, Outcome(said, math.nan)))

    def _reach_for_customers(self, now: float) -> None:
        for person in sorted(self._on_duty - self._busy):
            if self._answering < len(self._queue):
                self._answering += 1
                self._busy.add(person)
                self._plan(now + self._chance.uniform(*ANSWER_S), _Event.TAKES, person)

    def _take(self, person: int, now: float) -> None:
        customer = self._queue.pop(0)
        self._answering -= 1
        on_duty = len(self._on_duty)
        self._history = self._history.after(
            HandOver(_ms(now), now - customer.came, customer.place, customer.on_duty, on_duty)
        )
        outcomes = [Outcome(said.estimated, now - at) for at, said in customer.told]
        self._day.first.append(outcomes[0])
        self._day.later.extend(outcomes[1:])
        length = self._chance.lognormvariate(math.log(SESSION_MEDIAN_S), SESSION_SIGMA)
        self._plan(now + length, _Event.FINISHES, person)
        self._tell(now)


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
