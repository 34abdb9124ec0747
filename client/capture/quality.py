"""How exact the viewers' picture is, block by block, and what of it is improved next. Pure: time
comes in.

While much moves, what is still waits, but for a little now and then: the link is for the movement.
"""

from dataclasses import dataclass
from enum import IntEnum, auto

import numpy as np
from numpy.typing import NDArray

from client.capture.memory import Memory
from client.capture.moves import Copies, Shift
from client.capture.terms import Terms
from client.capture.tiles import BLOCK, Blocks, blocks_of, slices
from client.session.geometry import Rect


class Loss(IntEnum):
    """EXACT: to the last bit. FINE: no difference is seen. COARSE: readable."""

    EXACT = 0
    FINE = 1
    COARSE = 2


class Tool(IntEnum):
    """How blocks are improved. RETURN: the stream is told what the viewers have already, so that
    what moves there next is foreseen; nothing is drawn."""

    PIXELS = auto()
    JPEG = auto()
    STREAM = auto()
    RETURN = auto()


STILL_S = 0.2
"""What has not changed for so long is improved."""

LONG_S = 1.0
"""What has not changed for so long is improved even beside what moves, is worth remembering, and
returns to the stream."""

BUSY = 64
"""So many blocks that change at once are movement."""

HALF_S = 0.25
"""In this time half of what a block has done is forgotten."""

HOT = 3.5
"""What changes ten times a second, or five times in a fifth of a second."""

HOT_LEAST = 24
"""Fewer blocks than that are not worth a stream's frame."""

TRICKLE = 64
TRICKLE_S = 0.5
"""Beside movement, so many blocks so often."""

BATCH_S = 0.15
"""Link time that one improving frame may take: what changes meanwhile waits that long."""

_LEAST, _MOST = 16, 2048
_GUESS = {Tool.PIXELS: 280.0, Tool.JPEG: 60.0, Tool.STREAM: 20.0, Tool.RETURN: 20.0}
"""Bytes of a block, before any was improved."""


@dataclass(frozen=True, slots=True)
class Step:
    """Encode these blocks by this tool."""

    blocks: Blocks
    tool: Tool


class Quality:
    """For one size of picture, from a key frame on."""

    def __init__(self, rows: int, columns: int) -> None:
        self.loss: NDArray[np.uint8] = np.zeros((rows, columns), np.uint8)
        self._since = np.full((rows, columns), -np.inf)
        self._heat = np.zeros((rows, columns), np.float32)
        self._behind = np.zeros((rows, columns), np.bool_)
        self._heated = self._moved_at = -np.inf
        self._trickle_at = -np.inf
        self._bytes = dict(_GUESS)

    def changed(self, blocks: Blocks, now: float) -> Blocks:
        """These blocks have changed; all that had been still for long before."""
        settled = np.asarray(self._since <= now - LONG_S)
        self._heat *= np.float32(0.5 ** min(60.0, (now - self._heated) / HALF_S))
        self._heat[blocks] += 1
        self._heated = now
        self._since[blocks] = now
        self._behind |= blocks
        if np.count_nonzero(blocks) >= BUSY:
            self._moved_at = now
        return settled

    def moving(self, blocks: Blocks) -> Blocks:
        """Those of them that keep changing."""
        return blocks & (self._heat >= HOT)

    def drawn(self, blocks: Blocks, loss: Loss) -> None:
        """These blocks have been drawn as a whole."""
        self.loss[blocks] = loss

    def streamed(self, blocks: Blocks) -> None:
        """The stream has these blocks as they are now."""
        self._behind &= ~blocks

    def follows(self, recalled: list[Rect], memory: Memory, copies: Copies | None) -> None:
        """These rectangles, in blocks, are as they were remembered; then something was copied onto
        them, which is as inexact as what it is copied from."""
        before = self.loss.copy()
        for one in recalled:
            self.loss[slices(one)] = memory.loss[slices(one)]
        if copies is None:
            return
        for rect in copies.rects:
            there = blocks_of(rect)
            came = _came(before, there, copies.shift)
            beside = np.maximum(self.loss[slices(there)], came)
            self.loss[slices(there)] = np.where(_whole(rect, there), came, beside)

    def improving(self, now: float, terms: Terms, *, streams: bool) -> Step | None:
        """The blocks that are next, as many as the link takes in `BATCH_S`."""
        moves = now < self._moved_at + STILL_S
        if moves and now < self._trickle_at:
            return None
        still = self._since <= now - (LONG_S if moves else STILL_S)
        step = self._step(still, now, slow=terms.slow, streams=streams)
        if step is None:
            return None
        blocks, tool = step
        if moves:
            self._trickle_at = now + TRICKLE_S
        most = TRICKLE if moves else self._batch(tool, terms)
        return Step(_first(blocks, most), tool)

    def improved(self, step: Step, size: int) -> None:
        """`step` has been encoded in `size` bytes."""
        if step.tool is not Tool.RETURN:
            self.loss[step.blocks] = Loss.EXACT if step.tool is Tool.PIXELS else Loss.FINE
        if step.tool in (Tool.STREAM, Tool.RETURN):
            self._behind &= ~step.blocks
        each = size / max(1, int(np.count_nonzero(step.blocks)))
        self._bytes[step.tool] += (each - self._bytes[step.tool]) / 4

    def next_improving(self, terms: Terms, *, streams: bool) -> float | None:
        """When `improving` may have something; None: all is as exact as it gets."""
        slow, times = terms.slow, []
        if (self.loss == Loss.COARSE).any():
            times.append(float(self._since[self.loss == Loss.COARSE].min()) + STILL_S)
        if (self.loss == Loss.FINE).any():
            wait = LONG_S if slow else STILL_S
            times.append(float(self._since[self.loss == Loss.FINE].min()) + wait)
        if slow and streams and self._behind.any():
            times.append(float(self._since[self._behind].min()) + LONG_S)
        if not times:
            return None
        calm = self._moved_at + STILL_S
        beside = max(min(times) + LONG_S, self._trickle_at)
        return min(max(min(times), calm), beside)

    def _step(
        self, still: Blocks, now: float, *, slow: bool, streams: bool
    ) -> tuple[Blocks, Tool] | None:
        """By bytes on a slow link, by time on a fast one."""
        coarse = still & (self.loss == Loss.COARSE)
        if slow and coarse.any():
            return coarse, Tool.STREAM if streams else Tool.JPEG
        lossy = still & (self.loss > Loss.EXACT)
        if slow:
            lossy &= self._since <= now - LONG_S
        if lossy.any():
            return lossy, Tool.PIXELS
        behind = self._behind & (self._since <= now - LONG_S)
        return (behind, Tool.RETURN) if slow and streams and behind.any() else None

    def _batch(self, tool: Tool, terms: Terms) -> int:
        if terms.rate is None:
            return _MOST // 8
        size = terms.rate * BATCH_S
        if terms.most is not None:
            size = min(size, terms.most)
        return int(min(_MOST, max(_LEAST, size / self._bytes[tool])))


def _came(loss: NDArray[np.uint8], there: Rect, shift: Shift) -> NDArray[np.uint8]:
    """The loss of what is copied into these blocks: each comes from up to four."""
    rows, columns = loss.shape
    worst = np.zeros((there.height, there.width), np.uint8)
    ends = (0, BLOCK - 1)
    for down, across in ((down, across) for down in ends for across in ends):
        ys = (np.arange(there.y, there.bottom) * BLOCK - shift.dy + down) // BLOCK
        xs = (np.arange(there.x, there.right) * BLOCK - shift.dx + across) // BLOCK
        came = loss[np.clip(ys, 0, rows - 1)[:, None], np.clip(xs, 0, columns - 1)]
        np.maximum(worst, came, out=worst)
    return worst


def _whole(rect: Rect, there: Rect) -> Blocks:
    """Which of the blocks `there` are wholly in `rect`."""
    ys, xs = np.arange(there.y, there.bottom), np.arange(there.x, there.right)
    down = (ys * BLOCK >= rect.y) & ((ys + 1) * BLOCK <= rect.bottom)
    across = (xs * BLOCK >= rect.x) & ((xs + 1) * BLOCK <= rect.right)
    return np.asarray(down[:, None] & across)


def _first(blocks: Blocks, most: int) -> Blocks:
    """The first `most` of them, from the top."""
    places = np.flatnonzero(blocks)
    some = np.zeros(blocks.size, np.bool_)
    some[places[:most]] = True
    return some.reshape(blocks.shape)
