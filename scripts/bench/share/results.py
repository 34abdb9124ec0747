"""From what was painted, seen and counted to ratios. Pure."""

import bisect
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from scripts.bench.report import Figure, middle
from scripts.bench.share.plan import MOVING, Workload

KB = 1000
MS = 1000


class Spent(NamedTuple):
    """What went by while something was measured: bytes to the viewer, and seconds of processor of
    the customer's side (`agent_s`) and of all that do not belong to the benchmark (`other_s`)."""

    seconds: float
    received: int
    agent_s: float
    other_s: float


class Run(NamedTuple):
    """One workload on one side: numbers of steps, when the X server had them and when the viewer's
    page showed them; `end` is when looking ended. All in seconds of the monotonic clock."""

    painted: Sequence[tuple[int, float]]
    seen: Sequence[tuple[int, float]]
    end: float
    spent: Spent


class Turn(NamedTuple):
    """Everything that was measured of one side in one round; `clicks` in seconds."""

    idle: Spent
    runs: Mapping[str, Run]
    clicks: Sequence[float]


class Cell(NamedTuple):
    """One workload on one side: medians over the rounds. What was sent and computed stands by
    the seconds in which there were steps; resting afterwards does not thin it."""

    kb_s: float
    latency_ms: float
    steps_s: float
    core: float


class Pair(NamedTuple):
    """One round: our turn and the peer's."""

    ours: Turn
    theirs: Turn


def latencies(run: Run) -> list[float]:
    """Seconds from each step's painting until it, or a later one, was seen.

    A step that was never seen counts as seen when looking ended: the least it can have taken.
    """
    first = run.painted[0][0]
    shown: list[tuple[float, int]] = []
    newest = first - 1
    for number, at in run.seen:
        if newest < number <= run.painted[-1][0]:
            newest = number
            shown.append((at, number))
    numbers = [number for _, number in shown]
    found = []
    for number, painted in run.painted:
        index = bisect.bisect_left(numbers, number)
        at = shown[index][0] if index < len(shown) else run.end
        found.append(max(0.0, at - painted))
    return found


def arrived(run: Run) -> int:
    """How many of the painted steps were seen at all."""
    return len({number for number, _ in run.seen} & {number for number, _ in run.painted})


def latency_s(run: Run) -> float:
    """The median time from change to pixel."""
    return middle(latencies(run))


def figures(pairs: Sequence[Pair]) -> list[Figure]:
    """The ratios, ours by theirs, and what idleness costs; medians over the rounds."""
    found = []
    for workload in MOVING:
        runs = [(one.ours.runs[workload.name], one.theirs.runs[workload.name]) for one in pairs]
        for metric, value in _METRICS:
            ratio = middle(_ratio(value(ours), value(theirs)) for ours, theirs in runs)
            found.append(Figure(f"share.{workload.name}.{metric}_ratio", ratio, "x noVNC"))
    clicks = middle(_ratio(middle(one.ours.clicks), middle(one.theirs.clicks)) for one in pairs)
    idle = [one.ours.idle for one in pairs]
    return [
        *found,
        Figure("share.click.latency_ratio", clicks, "x noVNC"),
        Figure("share.idle.kb_s", middle(one.received / one.seconds / KB for one in idle), "kB/s"),
        Figure("share.idle.core", middle(one.agent_s / one.seconds for one in idle), "core"),
    ]


def cells(turns: Iterable[Turn]) -> dict[str, Cell]:
    """By workload, what one side did; clicks have a time only."""
    turns = list(turns)
    table = {}
    for workload in MOVING:
        runs = [one.runs[workload.name] for one in turns]
        table[workload.name] = Cell(
            middle(run.spent.received / _moving_s(run, workload) / KB for run in runs),
            middle(latency_s(run) * MS for run in runs),
            middle(arrived(run) / len(run.painted) * workload.rate for run in runs),
            middle(run.spent.agent_s / _moving_s(run, workload) for run in runs),
        )
    return table


def other_cores(turns: Sequence[Turn]) -> float:
    """Cores that others used while these turns were measured."""
    spent = [one.idle for one in turns] + [run.spent for one in turns for run in one.runs.values()]
    return sum(one.other_s for one in spent) / sum(one.seconds for one in spent)


_METRICS: tuple[tuple[str, Callable[[Run], float]], ...] = (
    ("bytes", lambda run: run.spent.received),
    ("latency", latency_s),
    ("steps", arrived),
    ("cpu", lambda run: run.spent.agent_s),
)


def _moving_s(run: Run, workload: Workload) -> float:
    return len(run.painted) / workload.rate


def _ratio(ours: float, theirs: float) -> float:
    """Raises `ValueError` when the peer has nothing to be compared with."""
    if theirs <= 0:
        raise ValueError("the peer's side measured nothing")
    return ours / theirs
