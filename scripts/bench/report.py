"""A benchmark's figures: a table on the terminal, a JSON file, a picture."""

import argparse
import json
import os
import platform
import statistics
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

PACKAGES = ("aiohttp", "uvloop", "msgspec", "SQLAlchemy", "cryptography")


class Figure(NamedTuple):
    """One metric; `aim` is the bound it should keep, and `most` says on which side of it."""

    name: str
    value: float
    unit: str
    aim: float | None = None
    most: bool = True

    @property
    def verdict(self) -> str:
        """How the value stands to its aim."""
        if self.aim is None:
            return ""
        reached = self.value <= self.aim if self.most else self.value >= self.aim
        sign = "<=" if self.most else ">="
        return f"{sign} {self.aim:g} {'reached' if reached else 'MISSED'}"


def options(description: str) -> argparse.Namespace:
    """The command line every benchmark understands."""
    return parser(description).parse_args()


def parser(description: str) -> argparse.ArgumentParser:
    """What understands it, for benchmarks that take more."""
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--quick", action="store_true", help="under a minute, coarser")
    made.add_argument("--json", type=Path, metavar="PATH", help="write the figures there")
    made.add_argument("--plot", type=Path, metavar="PATH", help="draw them there (SVG)")
    return made


def show(
    figures: Sequence[Figure],
    chosen: argparse.Namespace,
    *,
    more: Mapping[str, object] | None = None,
    picture: str | None = None,
) -> None:
    """Print the figures, and write what the command line asked for.

    `more` is added to the JSON; `picture` (SVG) takes the place of the bars.
    """
    width = max(len(one.name) for one in figures)
    for one in figures:
        print(f"{one.name:<{width}}  {one.value:>10.3f} {one.unit:<8} {one.verdict}")
    if chosen.json:
        chosen.json.write_text(
            json.dumps({**document(figures), **(more or {})}, indent=2) + "\n", "utf-8"
        )
    if chosen.plot:
        chosen.plot.write_text(picture or drawing(figures), "utf-8")


def document(figures: Sequence[Figure]) -> Mapping[str, object]:
    """The figures with what they were measured on."""
    return {
        "metrics": {one.name: round(one.value, 4) for one in figures},
        "machine": {
            "system": platform.platform(),
            "processor": platform.machine(),
            "cores": os.cpu_count(),
        },
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in PACKAGES},
        },
    }


def drawing(figures: Sequence[Figure]) -> str:
    """A bar a figure, with a mark at its aim; lengths are relative to the larger of the two."""
    row, left, bar = 34, 220, 360
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + bar + 140}" '
        f'height="{row * len(figures) + 20}" font-family="sans-serif" font-size="13">',
        '<rect width="100%" height="100%" fill="#FFFFFF"/>',
    ]
    for index, one in enumerate(figures):
        top = 10 + index * row
        full = max(one.value, one.aim or 0.0) or 1.0
        length = bar * one.value / full
        lines += [
            f'<text x="{left - 10}" y="{top + 17}" text-anchor="end">{escape(one.name)}</text>',
            f'<rect x="{left}" y="{top + 4}" width="{length:.1f}" height="18" rx="3" '
            'fill="#1F6FEB"/>',
            f'<text x="{left + bar + 10}" y="{top + 17}">{one.value:.2f} {escape(one.unit)}</text>',
        ]
        if one.aim is not None:
            at = left + bar * one.aim / full
            lines.append(
                f'<line x1="{at:.1f}" y1="{top}" x2="{at:.1f}" y2="{top + 26}" '
                'stroke="#B3261E" stroke-width="2"/>'
            )
    return "\n".join([*lines, "</svg>", ""])


def progress(text: str) -> None:
    """A line that says what is being measured now."""
    print(f"· {text}", file=sys.stderr, flush=True)


def percentile(values: Iterable[float], share: float) -> float:
    """The value below which `share` (0 to 1) of `values` lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def middle(values: Iterable[float]) -> float:
    """The median."""
    return statistics.median(values)
