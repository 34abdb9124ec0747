"""How true the picture is once nothing moves any more: runs of their own, in which nothing else is
measured, since a whole picture is much to read."""

import time
from collections.abc import Collection, Mapping, Sequence

from scripts.bench.report import Figure, progress
from scripts.bench.share.desktop import Desktop
from scripts.bench.share.part import Part
from scripts.bench.share.plan import MOVING, Workload, steps
from scripts.bench.share.probe import Probe
from scripts.bench.share.quality import Nearness, nearness
from scripts.bench.share.side import Side, Stage, Way
from scripts.bench.share.turns import looking, settle

MOVING_S = 2.0
MARKS_S = (0.5, 2.0, 5.0)
"""After the last change, when the X server had it."""

SOON_DB, LATER_DB = 45.0, 50.0

Marks = list[Nearness]
"""One a mark."""


def settled(stage: Stage, desktop: Desktop, ways: Sequence[Way], only: Collection[str]) -> Part:
    """The ways, the first of which is ours, through those workloads."""
    found: dict[str, dict[str, Marks]] = {}
    for way in ways:
        with way(stage) as side, looking(side) as probe:
            found[side.name] = {
                one.name: _marks(side, desktop, probe, one) for one in MOVING if one.name in only
            }
    return made(found)


def made(found: Mapping[str, Mapping[str, Marks]]) -> Part:
    """The figures are those of ours; pure."""
    worst = [
        Nearness(min(one.db for one in marks), min(one.exact for one in marks))
        for marks in zip(*found["ours"].values(), strict=True)
    ]
    if not worst:
        return Part((), (), {})
    figures = [
        Figure("share.settled_05_db", worst[0].db, "dB", SOON_DB, most=False),
        Figure("share.settled_2_db", worst[1].db, "dB", LATER_DB, most=False),
        Figure("share.settled_5_exact", worst[2].exact, "of 1", 1.0, most=False),
    ]
    table = {
        side: {name: [one._asdict() for one in marks] for name, marks in by_name.items()}
        for side, by_name in found.items()
    }
    return Part(figures, list(_lines(found)), {"settled": {"marks_s": MARKS_S, **table}})


def _lines(found: Mapping[str, Mapping[str, Marks]]) -> list[str]:
    heading = "".join(f"{f'dB, equal after {mark:g} s':>24}" for mark in MARKS_S)
    rows = [
        f"{name + ', ' + side:<18}"
        + "".join(f"{f'{one.db:.1f}, {one.exact:.4f}':>24}" for one in marks)
        for side, by_name in found.items()
        for name, marks in by_name.items()
    ]
    return [f"{'settled':<18}{heading}", *rows]


def _marks(side: Side, desktop: Desktop, probe: Probe, workload: Workload) -> Marks:
    progress(f"{side.name}: {workload.name}, then still")
    coming = steps(workload, MOVING_S)
    settle(side, desktop, probe, workload, coming)
    _, changed = desktop.run(workload, coming)[-1]
    for mark in MARKS_S:
        side.page.wait_for_timeout(max(0.0, changed + mark - time.monotonic()) * 1000)
        probe.keep()
    truth = desktop.truth()
    return [nearness(probe.kept(), truth.pixels, truth.counted) for _ in MARKS_S]
