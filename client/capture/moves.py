"""What has only moved: a page that was scrolled, a window that was dragged. Pure but for its memory
of the last find; the same pictures always give the same answer.

A short run of pixels of the new picture is searched for in the old one, near where it is now; where
it is found tells by how much something may have moved. What a few pixels here and there say of it
decides, and in the end every pixel is compared: nothing is ever copied that is not equal.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from client.capture.colour import Picture
from client.capture.tiles import (
    BLOCK,
    Blocks,
    blocks_of,
    bounds,
    changed_blocks,
    merged,
    pixels_of,
    whole_blocks,
)
from client.session.geometry import Rect

LEAST = 32
"""Fewer changed blocks than that are sent as quickly as they are searched for."""

RUN = 32
"""Pixels of the run that is searched for: long enough to be found once or twice only."""

LIVELY = RUN // 4
"""So many of its pixels differ from the one before: a plain run is found everywhere."""

NEAR, FAR = 64, 256
"""Rows above and below that are searched, first the near ones."""

NEAR_RUNS, FAR_RUNS = 8, 3
SUDDEN = 12
"""Rows by which the next move may differ from the last one, where it is searched for first."""

TRIES = 96
"""Runs at random, of which the liveliest are searched for."""

FINDS = 4
"""Places of one run that are tried."""

SAMPLES = 256
SURE = 0.9
ENOUGH = 0.3
"""Shares of sampled pixels that are where a shift says: no other is tried; it is worth a look."""

WORTH = 0.25
"""Share of the changed blocks that copying must explain, or it is left alone."""

MOST = 12
"""Rectangles that are copied at most; the largest."""

TURNS = 50
"""Then the same places are looked at again."""

REST = 16
"""So many pictures are let go by at most when nothing is ever found (a film)."""


class Shift(NamedTuple):
    """What is at (x, y) now was at (x - dx, y - dy) before."""

    dx: int
    dy: int


class Copies(NamedTuple):
    """`rects` of the new picture are those of the old one, `before`, moved by `shift`; `left` are
    the blocks that differ from the old picture with these copied."""

    before: Picture
    shift: Shift
    rects: list[Rect]
    left: Blocks

    def draw(self, into: Picture, box: Rect) -> None:
        """Copy onto the pixels of `box`."""
        for one in self.rects:
            inside = one.within(box)
            came = inside.moved(-self.shift.dx, -self.shift.dy)
            part(into, inside.moved(-box.x, -box.y))[...] = part(self.before, came)


class Moves:
    """For the pictures of one layout."""

    def __init__(self) -> None:
        self._last: Shift | None = None
        self._failed = self._resting = self._turn = 0

    def find(self, before: Picture, now: Picture, changed: Blocks) -> Copies | None:
        """How to get from `before` to `now` by copying; None: there is no good way."""
        if np.count_nonzero(changed) < LEAST:
            return None
        if self._resting > 0:
            self._resting -= 1
            return None
        self._turn = self._turn % TURNS + 1
        shift = _shift(before, now, _Places(changed, now, self._turn), self._last)
        found = _copies(before, now, changed, shift) if shift is not None else None
        self._last = shift if found is not None else None
        self._failed = 0 if found is not None else self._failed + 1
        self._resting = min(REST, 2 ** (self._failed - 1)) - 1 if self._failed else 0
        return found


def _shift(before: Picture, now: Picture, places: "_Places", last: Shift | None) -> Shift | None:
    """The likeliest one."""
    best, best_share = None, ENOUGH
    tried: set[Shift] = set()
    for candidate in _candidates(before, now, places, last):
        if candidate in tried:
            if candidate == best:  # two runs at different places say so
                break
            continue
        tried.add(candidate)
        share = places.share(before, now, candidate)
        if share > best_share:
            best, best_share = candidate, share
        if share > SURE:
            break
    return best


def _candidates(
    before: Picture, now: Picture, places: "_Places", last: Shift | None
) -> Iterator[Shift]:
    """What it was last time, and what runs of pixels say: where it was seen nearby, no farther."""
    if last is not None:
        yield last
    runs = places.runs(now)
    found = False
    reaches = [(NEAR, NEAR_RUNS), (FAR, FAR_RUNS)]
    if last is not None:
        reaches.insert(0, (abs(last.dy) + SUDDEN, NEAR_RUNS))
    for reach, many in reaches:
        some = runs[:many]
        for x, y in some:
            for shift in _finds(before, now, x, y, reach):
                found = True
                yield shift
        if found:
            return


def _finds(before: Picture, now: Picture, x: int, y: int, reach: int) -> Iterator[Shift]:
    """Where the run of pixels at (x, y) was: by its rarest pixel first, then by all of it."""
    _, width = before.shape[:2]
    top = max(0, y - reach)
    rows = _numbers(before)[top : y + reach + 1]
    run = _numbers(now)[y, x : x + RUN]
    _, first, counts = np.unique(run, return_index=True, return_counts=True)
    at = int(first[counts.argmin()])
    hits = np.flatnonzero(rows[:, at : at + width - RUN + 1] == run[at])
    ys, xs = np.divmod(hits, width - RUN + 1)
    for index in range(RUN):
        if len(ys) <= FINDS:
            break
        same = rows[ys, xs + index] == run[index]
        ys, xs = ys[same], xs[same]
    for was_y, was_x in zip(ys[:FINDS].tolist(), xs[:FINDS].tolist(), strict=True):
        shift = Shift(x - was_x, y - top - was_y)
        if shift != (0, 0) and (rows[was_y, was_x : was_x + RUN] == run).all():
            yield shift


def _numbers(picture: Picture) -> NDArray[np.uint32]:
    """Each pixel one number: rows and columns."""
    return picture.view(np.uint32)[..., 0]


class _Places:
    """Pixels in the changed blocks of a picture, as if at random; others in each `turn`."""

    def __init__(self, changed: Blocks, now: Picture, turn: int) -> None:
        self._height, self._width = now.shape[:2]
        rows, columns = np.nonzero(changed)
        picks = _scattered(turn, len(rows))
        inside = _scattered(turn + 1, BLOCK * BLOCK)
        self._ys = np.minimum(rows[picks] * BLOCK + inside // BLOCK, self._height - 1)
        self._xs = np.minimum(columns[picks] * BLOCK + inside % BLOCK, self._width - 1)

    def runs(self, now: Picture) -> list[tuple[int, int]]:
        """x and y of runs that are not plain: by turns one that looks like text, which is what
        moves most, and one of any kind."""
        if self._width < RUN:
            return []
        ys, xs = self._ys[:TRIES], np.minimum(self._xs[:TRIES], self._width - RUN)
        pixels = _numbers(now)[ys[:, None], xs[:, None] + np.arange(RUN)]
        lively = np.count_nonzero(pixels[:, 1:] != pixels[:, :-1], axis=1)
        any_kind = np.flatnonzero(lively >= LIVELY)
        texts = any_kind[np.argsort(lively[any_kind], kind="stable")]
        mixed = np.stack([texts, any_kind], axis=1).reshape(-1)
        return list(dict.fromkeys((int(xs[at]), int(ys[at])) for at in mixed))

    def share(self, before: Picture, now: Picture, shift: Shift) -> float:
        """Of these pixels, how many are where the shift says."""
        ys, xs = self._ys - shift.dy, self._xs - shift.dx
        inside = (ys >= 0) & (ys < self._height) & (xs >= 0) & (xs < self._width)
        was = _numbers(before)[ys[inside], xs[inside]]
        there = _numbers(now)[self._ys[inside], self._xs[inside]]
        return float(np.count_nonzero(was == there)) / SAMPLES


def _scattered(turn: int, below: int) -> NDArray[np.intp]:
    """`SAMPLES` numbers from 0, spread by the golden ratio (Knuth, TAOCP 3, 6.4)."""
    spread = (np.arange(1, SAMPLES + 1) * (turn + 0.6180339887498949)) % 1.0
    return (spread * below).astype(np.intp)


def _copies(before: Picture, now: Picture, changed: Blocks, shift: Shift) -> Copies | None:
    """Rectangles that are equal to the last pixel, and what they leave."""
    height, width = now.shape[:2]
    whole = Rect(0, 0, width, height)
    box = bounds(changed, width, height)
    place = box.within(whole.moved(*shift))
    place = pixels_of(whole_blocks(place, width, height), width, height)
    if not place:
        return None
    equal = _equal(before, now, changed, place, shift)
    rects = [grown(before, now, one, shift, box) for one in equal]
    predicted = part(before, box).copy()
    left = np.zeros_like(changed)
    found = Copies(before, shift, rects, left)
    found.draw(predicted, box)
    there = blocks_of(box)
    left[there.y : there.bottom, there.x : there.right] = changed_blocks(part(now, box), predicted)
    many, rest = np.count_nonzero(changed), np.count_nonzero(left)
    return found if many - rest >= WORTH * many else None


def _equal(before: Picture, now: Picture, changed: Blocks, place: Rect, shift: Shift) -> list[Rect]:
    """The largest rectangles of whole blocks that are the old ones, moved."""
    height, width = now.shape[:2]
    was = part(before, place.moved(-shift.dx, -shift.dy))
    same = ~changed_blocks(part(now, place), was)
    corner = blocks_of(place)
    found = [one.moved(corner.x, corner.y) for one in merged(same)]
    useful = [one for one in found if changed[one.y : one.bottom, one.x : one.right].any()]
    largest = sorted(useful, key=lambda one: one.width * one.height, reverse=True)[:MOST]
    return [pixels_of(one, width, height) for one in largest]


def grown(before: Picture, now: Picture, rect: Rect, shift: Shift, box: Rect) -> Rect:
    """`rect` with what is beside it and equal, too, less than a block on each side."""
    room = box.within(Rect(0, 0, now.shape[1], now.shape[0]).moved(*shift))
    left, top, right, bottom = rect.x, rect.y, rect.right, rect.bottom
    reach = BLOCK - 1
    strip = Rect(max(room.x, left - reach), top, 0, rect.height)
    left -= _run(before, now, strip._replace(width=left - strip.x), shift, axis=0, back=True)
    strip = Rect(right, top, max(0, min(room.right, right + reach) - right), rect.height)
    right += _run(before, now, strip, shift, axis=0, back=False)
    y = max(room.y, top - reach)
    strip = Rect(left, y, right - left, top - y)
    top -= _run(before, now, strip, shift, axis=1, back=True)
    strip = Rect(left, bottom, right - left, max(0, min(room.bottom, bottom + reach) - bottom))
    bottom += _run(before, now, strip, shift, axis=1, back=False)
    return Rect(left, top, right - left, bottom - top)


def _run(before: Picture, now: Picture, strip: Rect, shift: Shift, *, axis: int, back: bool) -> int:
    """How many columns (`axis` 0) or rows of the strip are equal, from the side that is next to
    what is."""
    if not strip:
        return 0
    was = part(before, strip.moved(-shift.dx, -shift.dy))
    same = (part(now, strip) == was).all(axis=(axis, 2))
    if back:
        same = same[::-1]
    return int(same.argmin()) if not same.all() else len(same)


def part(picture: Picture, rect: Rect) -> Picture:
    """The pixels of a rectangle."""
    return picture[rect.y : rect.bottom, rect.x : rect.right]
