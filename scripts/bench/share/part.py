"""What one part of the benchmark comes back with."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scripts.bench.report import Figure


class Part(NamedTuple):
    """The figures, a table to read, and what stands behind them; `picture` is SVG."""

    figures: Sequence[Figure]
    lines: Sequence[str]
    details: Mapping[str, object]
    picture: str | None = None
