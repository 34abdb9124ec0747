"""Both sides next to each other, as a table to read and as a picture. Pure."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from xml.sax.saxutils import escape

from scripts.bench.share.results import Cell

OURS, THEIRS = "ours", "noVNC"
COLOURS = {OURS: "#1F6FEB", THEIRS: "#8C959F"}

LEFT, BAR, RIGHT = 80, 300, 110
ROW, THICK, TITLE, MARGIN = 34, 13, 34, 16


class Column(NamedTuple):
    """One quantity: its heading, how it is read off a cell, and decimals."""

    heading: str
    value: Callable[[Cell], float]
    decimals: int


COLUMNS = (
    Column("kB/s to the viewer", lambda cell: cell.kb_s, 1),
    Column("change to pixel, p50 ms", lambda cell: cell.latency_ms, 1),
    Column("steps seen a second", lambda cell: cell.steps_s, 1),
    Column("cores at the customer's", lambda cell: cell.core, 2),
)

Sides = Mapping[str, tuple[Cell, Cell]]
"""By workload, ours and the peer's."""


def lines(sides: Sides, clicks_ms: tuple[float, float]) -> Iterator[str]:
    """The table in fixed width: ours / noVNC in each field."""
    yield f"{'ours / noVNC':<14}" + "".join(f"{one.heading:>26}" for one in COLUMNS)
    for name, (ours, theirs) in sides.items():
        fields = (
            f"{one.value(ours):.{one.decimals}f} / {one.value(theirs):.{one.decimals}f}"
            for one in COLUMNS
        )
        yield f"{name:<14}" + "".join(f"{field:>26}" for field in fields)
    if any(clicks_ms):
        pair = f"{clicks_ms[0]:.1f} / {clicks_ms[1]:.1f}"
        yield f"{'click':<14}{'':>26}{pair:>26}"


def drawing(sides: Sides, clicks_ms: tuple[float, float]) -> str:
    """A panel a quantity, a pair of bars a workload, as long as they are to each other (SVG)."""
    panels = [
        (one.heading, [(name, one, one.value(a), one.value(b)) for name, (a, b) in sides.items()])
        for one in COLUMNS
    ]
    panels[1][1].append(("click", COLUMNS[1], *clicks_ms))
    width = 2 * (LEFT + BAR + RIGHT) + 3 * MARGIN
    panel_height = TITLE + ROW * (len(sides) + 1)
    height = 2 * panel_height + 3 * MARGIN + TITLE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13" role="img" '
        'aria-label="Ours beside noVNC">',
        '<rect width="100%" height="100%" fill="#FFFFFF"/>',
        *_legend(),
    ]
    for index, (heading, rows) in enumerate(panels):
        x = MARGIN + index % 2 * (LEFT + BAR + RIGHT + MARGIN)
        y = TITLE + MARGIN + index // 2 * (panel_height + MARGIN)
        parts.append(f'<text x="{x}" y="{y + 18}" font-weight="bold">{escape(heading)}</text>')
        for number, row in enumerate(rows):
            parts += _bars(row, x, y + TITLE + number * ROW)
    return "\n".join([*parts, "</svg>", ""])


def _legend() -> Iterator[str]:
    for index, (name, colour) in enumerate(COLOURS.items()):
        x = MARGIN + index * 90
        yield f'<rect x="{x}" y="{MARGIN}" width="14" height="14" rx="3" fill="{colour}"/>'
        yield f'<text x="{x + 20}" y="{MARGIN + 12}">{name}</text>'


def _bars(row: tuple[str, Column, float, float], x: int, y: int) -> Iterator[str]:
    name, column, ours, theirs = row
    full = max(ours, theirs) or 1.0
    yield f'<text x="{x + LEFT - 10}" y="{y + 18}" text-anchor="end">{escape(name)}</text>'
    for number, (side, value) in enumerate(((OURS, ours), (THEIRS, theirs))):
        top = y + number * THICK
        length = BAR * value / full
        yield (
            f'<rect x="{x + LEFT}" y="{top}" width="{length:.1f}" height="{THICK - 2}" '
            f'rx="2" fill="{COLOURS[side]}"/>'
        )
        yield (
            f'<text x="{x + LEFT + length + 6:.1f}" y="{top + 10}" font-size="11">'
            f"{value:.{column.decimals}f}</text>"
        )
