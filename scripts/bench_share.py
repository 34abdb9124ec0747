#!/usr/bin/env python3
"""How our screen stands beside noVNC's: delay, bytes, steps and processor time, in turn.

The same scripted desktop is shown through two chains into the same Chromium, one after the other
in each round: the real client, the real relay over TLS and the real console page; and x0vncserver,
websockify over TLS and noVNC. `docs/benchmarks.md` tells the method.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.environment import SHARE_BENCH, enter  # noqa: E402

if __name__ == "__main__":
    enter(SHARE_BENCH)

import argparse  # noqa: E402
import json  # noqa: E402
import subprocess  # noqa: E402
from collections.abc import Iterator, Mapping  # noqa: E402

from playwright.sync_api import Error as BrowserError  # noqa: E402

from scripts.bench.report import parser, show  # noqa: E402
from scripts.bench.share.hall import Hall, open_hall  # noqa: E402
from scripts.bench.share.novnc import novnc  # noqa: E402
from scripts.bench.share.ours import ours  # noqa: E402
from scripts.bench.share.part import Part  # noqa: E402
from scripts.bench.share.plan import WORKLOADS  # noqa: E402
from scripts.bench.share.profile import lines, profile  # noqa: E402
from scripts.bench.share.settled import settled  # noqa: E402
from scripts.bench.share.side import Stage  # noqa: E402
from scripts.bench.share.slow import Length, slow  # noqa: E402
from scripts.bench.share.speed import speed  # noqa: E402
from scripts.bench.share.turns import Size  # noqa: E402
from scripts.interruption import interruptible  # noqa: E402
from scripts.stage.browser import chromium  # noqa: E402

QUICK = Size(rounds=1, seconds=1.2, idle_s=2.0, clicks=6)
FULL = Size(rounds=3, seconds=8.0, idle_s=8.0, clicks=30)
QUICKLY_SLOW = Length(seconds=1.2, pause_s=4.0)
FULLY_SLOW = Length(seconds=8.0, pause_s=30.0)

QUICKLY_SETTLED = ("film", "slides")

PACKAGES = ("tigervnc-scraping-server", "websockify", "novnc", "chromium")


def main() -> None:
    """Measure both in turn, show, and leave nothing running."""
    chosen = _options()
    try:
        with interruptible(), open_hall() as hall:
            if chosen.profile:
                return _profile(hall, chosen)
            parts = list(_parts(hall, chosen))
    except (RuntimeError, BrowserError, subprocess.TimeoutExpired) as why:
        sys.exit(f"The benchmark stopped: {why}")
    for one in parts:
        print("\n".join(one.lines), end="\n\n")
    more: dict[str, object] = {"peers": _versions()}
    for one in parts:
        more.update(one.details)
    picture = next((one.picture for one in parts if one.picture), None)
    show([figure for one in parts for figure in one.figures], chosen, more=more, picture=picture)


def _parts(hall: Hall, chosen: argparse.Namespace) -> Iterator[Part]:
    """What was asked for, one after the other."""
    size = QUICK if chosen.quick else FULL
    with chromium(hall.relay.data) as browser:
        stage = Stage(hall.display, hall.relay, browser)
        if chosen.speed:
            yield speed(stage, hall.desktop, size, chosen.only)
        if chosen.settled:
            ways = (ours,) if chosen.quick else (ours, novnc)
            names = QUICKLY_SETTLED if chosen.quick else WORKLOADS
            yield settled(stage, hall.desktop, ways, set(names) & set(chosen.only))
    if chosen.slow:
        length = QUICKLY_SLOW if chosen.quick else FULLY_SLOW
        yield slow(hall, length, chosen.only, briefly=chosen.quick)


def _profile(hall: Hall, chosen: argparse.Namespace) -> None:
    size = QUICK if chosen.quick else FULL
    with chromium(hall.relay.data) as browser:
        stage = Stage(hall.display, hall.relay, browser)
        table = profile(stage, hall.desktop, size, chosen.only)
    print("\n".join(lines(table)))
    if chosen.json:
        chosen.json.write_text(json.dumps({"profile": table}, indent=2) + "\n", "utf-8")


def _options() -> argparse.Namespace:
    made = parser(__doc__.splitlines()[0] if __doc__ else "")
    made.add_argument(
        "--only",
        type=_names,
        default=WORKLOADS,
        metavar="NAMES",
        help=f"measure these workloads, with commas between: {', '.join(WORKLOADS)}",
    )
    for part in ("speed", "settled", "slow"):
        without = f"--no-{part}"
        made.add_argument(without, dest=part, action="store_false", help="leave that part out")
    made.add_argument(
        "--profile", action="store_true", help="where the time goes, and nothing else"
    )
    return made.parse_args()


def _names(text: str) -> tuple[str, ...]:
    """Raises `ArgumentTypeError` when there is no such workload."""
    names = tuple(text.split(","))
    if unknown := set(names) - set(WORKLOADS):
        raise argparse.ArgumentTypeError(f"no such workload: {', '.join(sorted(unknown))}")
    return names


def _versions() -> Mapping[str, str]:
    """What the distribution calls the peer's parts."""
    ran = subprocess.run(
        ["dpkg-query", "--show", "--showformat", "${Package} ${Version}\n", *PACKAGES],
        capture_output=True,
        text=True,
    )
    return dict(line.split(" ", 1) for line in ran.stdout.splitlines() if " " in line)


if __name__ == "__main__":
    main()
