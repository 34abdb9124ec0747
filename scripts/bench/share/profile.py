"""The profile: the way of a step from its painting to its pixel, in stages, on both sides."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from scripts.bench.report import progress
from scripts.bench.share.desktop import Desktop
from scripts.bench.share.novnc import novnc
from scripts.bench.share.ours import ours
from scripts.bench.share.plan import MOVING
from scripts.bench.share.side import Side, Stage, Way
from scripts.bench.share.stages import Notes, Stages, of_channel, of_messages, typical
from scripts.bench.share.turns import Size, looking, one_run

SCRIPT = Path(__file__).with_name("stamps.js")
MS = 1000
HEADINGS = {
    "client": "at the customer's",
    "way": "on the way",
    "there": "both together",
    "decode": "decoding",
    "draw": "drawing",
    "total": "all",
}

Table = Mapping[str, Mapping[str, Mapping[str, float]]]
"""By workload and side, the median of each stage in seconds; a stage that cannot be told apart is
not there, and its time is in the next one."""


def profile(stage: Stage, desktop: Desktop, size: Size, only: Collection[str]) -> Table:
    """Both sides through those workloads. Raises `RuntimeError` when no picture comes."""
    ways: tuple[Way, ...] = (ours, novnc)
    noting = stage._replace(prepare=lambda page: page.add_init_script(path=SCRIPT))
    table: dict[str, dict[str, Mapping[str, float]]] = {}
    for way in ways:
        with way(noting) as side:
            for name, found in _turn(side, desktop, size, only):
                table.setdefault(name, {})[side.name] = typical(found)
    return table


def lines(table: Table) -> Iterator[str]:
    """The table in fixed width: medians in ms."""
    yield f"{'p50, ms':<18}" + "".join(f"{one:>20}" for one in HEADINGS.values())
    for name, sides in table.items():
        for side, stages in sides.items():
            fields = (f"{stages[one] * MS:.1f}" if one in stages else "-" for one in HEADINGS)
            yield f"{name + ', ' + side:<18}" + "".join(f"{one:>20}" for one in fields)


def _turn(
    side: Side, desktop: Desktop, size: Size, only: Collection[str]
) -> Iterator[tuple[str, list[Stages]]]:
    of = of_channel if side.name == "ours" else of_messages
    with looking(side) as probe:
        for workload in MOVING:
            if workload.name in only:
                progress(f"{side.name}: {workload.name}")
                side.page.evaluate("benchStamps.take()")
                run = one_run(side, desktop, probe, workload, size)
                noted = side.page.evaluate("benchStamps.take()")
                yield workload.name, of(run, _notes(noted, probe.origin_s))


def _notes(noted: Mapping[str, list[tuple[float, list[int]]]], origin_s: float) -> Notes:
    came, told = (
        [(origin_s + at / MS, bytes(first)) for at, first in noted[name]]
        for name in ("came", "told")
    )
    ready = [origin_s + float(at) / MS for at in noted["ready"]]  # type: ignore[arg-type]
    return Notes(came, ready, told)
