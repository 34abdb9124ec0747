"""How exact which blocks are: coarse while there is much to show, refined while it is still.

Levels are the codec's (0 to 63, lower is more exact). Pure: time comes in.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from client.capture.tiles import Blocks


class Level(IntEnum):
    """Measured on text: ROUGH 35 dB, COARSE 39 dB, GOOD 47 dB (no difference to be seen), FINE
    50 dB."""

    ROUGH = 56
    COARSE = 40
    GOOD = 24
    FINE = 8


LADDER = (Level.COARSE, Level.GOOD, Level.FINE)
"""What still blocks go through, one step a frame."""

BIG = 0.6
"""A change of more than this share of the picture is sent coarser first."""

STILL_S = 0.2
"""A block that has not changed for so long is refined."""

SLOW_BYTES_S = 250_000
"""A link slower than this gets big changes ROUGH."""

REFINE_S = 0.15
"""Link time that one refining frame may take: what changes meanwhile waits that long."""

_LEAST = 64
_MOST = 2048
_FIRST_GUESS = 30.0
"""Bytes of a block, before any was refined."""


@dataclass(frozen=True, slots=True)
class Refining:
    """Encode these blocks at this level."""

    blocks: Blocks
    level: Level


class Quality:
    """Remembers for each block how exact it is, and since when it is so. One picture size."""

    def __init__(self, rows: int, columns: int, finest: Level) -> None:
        self._level = np.full((rows, columns), Level.ROUGH, np.uint8)
        self._since = np.zeros((rows, columns), np.float64)
        self._finest = finest
        self._block_bytes = _FIRST_GUESS

    def level(self, changed: Blocks, rate: float | None, *, key: bool) -> Level:
        """How to encode these changes over a link of `rate` bytes a second (None: not known)."""
        if not key and np.count_nonzero(changed) <= BIG * changed.size:
            return Level.GOOD
        slow = rate is not None and rate < SLOW_BYTES_S
        return Level.ROUGH if slow else Level.COARSE

    def sent(self, blocks: Blocks, level: Level, now: float, *, everything: bool) -> None:
        """These blocks have been encoded at this level; a key frame encodes `everything`. What
        had not changed in it is still, and may be refined at once."""
        self._since[blocks] = now
        self._level[... if everything else blocks] = level

    def refined(self, step: Refining, size: int) -> None:
        """`step` has been encoded in `size` bytes."""
        self._level[step.blocks] = step.level
        each = size / max(1, int(np.count_nonzero(step.blocks)))
        self._block_bytes += (each - self._block_bytes) / 4

    def refining(self, rate: float | None, now: float) -> Refining | None:
        """The still blocks that are next, as many as the link takes in `REFINE_S`."""
        worth = (self._level > self._finest) & (self._since <= now - STILL_S)
        if not worth.any():
            return None
        coarsest = int(self._level[worth].max())
        level = next(step for step in LADDER if step < coarsest)
        return Refining(_first(worth & (self._level == coarsest), self._batch(rate)), level)

    def next_refining(self) -> float | None:
        """When `refining` will have something; None: all is as exact as it gets."""
        rough = self._level > self._finest
        return float(self._since[rough].min()) + STILL_S if rough.any() else None

    def _batch(self, rate: float | None) -> int:
        if rate is None:
            return _LEAST * 4
        return int(min(_MOST, max(_LEAST, rate * REFINE_S / self._block_bytes)))


def _first(blocks: Blocks, most: int) -> Blocks:
    """The first `most` of them, from the top."""
    places: NDArray[np.intp] = np.flatnonzero(blocks)
    some = np.zeros(blocks.size, np.bool_)
    some[places[:most]] = True
    return some.reshape(blocks.shape)
