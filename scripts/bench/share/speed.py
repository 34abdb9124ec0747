"""Delay, bytes, steps and processor time of both sides, in turn."""

import os
from collections.abc import Collection, Iterable, Mapping

from scripts.bench.report import middle, progress
from scripts.bench.share.desktop import Desktop
from scripts.bench.share.novnc import novnc
from scripts.bench.share.ours import ours
from scripts.bench.share.part import Part
from scripts.bench.share.results import MS, Pair, Turn, cells, figures, other_cores
from scripts.bench.share.side import Stage, Way
from scripts.bench.share.table import Sides, drawing, lines
from scripts.bench.share.turns import Size, turn

BUSY_CORES = 0.3
"""With more than this used by others the figures are noise."""


def speed(stage: Stage, desktop: Desktop, size: Size, only: Collection[str]) -> Part:
    """The rounds. Raises `RuntimeError` when no picture comes."""
    pairs = [_round(stage, desktop, number, size, only) for number in range(size.rounds)]
    others = other_cores([one for pair in pairs for one in pair])
    mine, theirs = cells(one.ours for one in pairs), cells(one.theirs for one in pairs)
    sides = {name: (mine[name], theirs[name]) for name in mine}
    clicks = (_clicks_ms(one.ours for one in pairs), _clicks_ms(one.theirs for one in pairs))
    _tell_load(others)
    details = {**_details(sides, clicks), "other_cores": round(others, 3)}
    table = list(lines(sides, clicks))
    return Part(figures(pairs), table, details, drawing(sides, clicks) if sides else None)


def _round(stage: Stage, desktop: Desktop, number: int, size: Size, only: Collection[str]) -> Pair:
    """Both sides once; who begins changes from round to round."""
    progress(f"round {number + 1} of {size.rounds}")
    ways: list[Way] = [ours, novnc] if number % 2 == 0 else [novnc, ours]
    turns = {way: _turn(way, stage, desktop, size, only) for way in ways}
    return Pair(turns[ours], turns[novnc])


def _turn(way: Way, stage: Stage, desktop: Desktop, size: Size, only: Collection[str]) -> Turn:
    with way(stage) as side:
        return turn(side, desktop, size, only)


def _clicks_ms(turns: Iterable[Turn]) -> float:
    """The median over the rounds' medians; 0 when nothing was clicked."""
    medians = [middle(one.clicks) * MS for one in turns if one.clicks]
    return middle(medians) if medians else 0.0


def _details(sides: Sides, clicks: tuple[float, float]) -> Mapping[str, object]:
    """The absolute values behind the ratios."""
    named = ("ours", "novnc")
    absolute = {
        name: {who: cell._asdict() for who, cell in zip(named, both, strict=True)}
        for name, both in sides.items()
    }
    return {"absolute": absolute, "click_ms": dict(zip(named, clicks, strict=True))}


def _tell_load(others: float) -> None:
    before: float = getattr(os, "getloadavg", lambda: (0.0,) * 3)()[2]
    progress(f"others used {others:.2f} of {os.cpu_count()} cores (load of 15 min: {before:.2f})")
    if others > BUSY_CORES:
        progress("the machine was busy: repeat on a quiet one before believing the figures")
