"""What has changed between two pictures, exactly, in blocks of 16x16 pixels."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from client.capture.colour import Picture
from client.session.geometry import NOWHERE, Rect

BLOCK = 16
Blocks = NDArray[np.bool_]
"""ceil(height / 16) x ceil(width / 16)."""

_MANY = 48
"""More rectangles than this cost more than the pixels they save."""

_TOO_MANY = 512

_COARSE = 4

FILLED = 0.4
"""Share of a band that must be wanted to take all of it."""


def shape_of(width: int, height: int) -> tuple[int, int]:
    """Rows and columns of blocks of a picture."""
    return -(-height // BLOCK), -(-width // BLOCK)


def changed_blocks(now: Picture, before: Picture) -> Blocks:
    """The blocks of two pictures of one size in which any byte differs.

    Eight bytes are compared at a time; the comparison's bytes are then joined eight at a time,
    which makes one number of a block's row.
    """
    height, width = now.shape[:2]
    rows, columns = shape_of(width, height)
    inner = width // BLOCK
    changed = np.zeros((rows, columns), np.bool_)
    starts = np.arange(0, height, BLOCK)
    if inner:
        size = inner * BLOCK * 4
        left, right = (one.reshape(height, width * 4)[:, :size] for one in (now, before))
        differs = left.view(np.uint64) != right.view(np.uint64)
        changed[:, :inner] = _joined(differs.view(np.uint64), height) != 0
    if inner < columns:
        edge = (now[:, inner * BLOCK :] != before[:, inner * BLOCK :]).any(axis=(1, 2))
        changed[:, inner] = np.logical_or.reduceat(edge, starts)
    return changed


def _joined(lines: NDArray[np.uint64], height: int) -> NDArray[np.uint64]:
    """One row of numbers for each row of blocks."""
    whole = height // BLOCK
    upper = lines[: whole * BLOCK].reshape(whole, BLOCK, lines.shape[1])
    joined: list[NDArray[np.uint64]] = [np.bitwise_or.reduce(upper, axis=1)]
    if whole * BLOCK < height:
        joined.append(np.bitwise_or.reduce(lines[whole * BLOCK :], axis=0, keepdims=True))
    return np.concatenate(joined)


def bounds(blocks: Blocks, width: int, height: int) -> Rect:
    """The smallest rectangle of whole blocks, in pixels of the picture, that holds them all."""
    ys, xs = np.flatnonzero(blocks.any(axis=1)), np.flatnonzero(blocks.any(axis=0))
    if not len(ys):
        return NOWHERE
    y, x = int(ys[0]), int(xs[0])
    return pixels_of(Rect(x, y, int(xs[-1]) + 1 - x, int(ys[-1]) + 1 - y), width, height)


def pixels_of(rect: Rect, width: int, height: int) -> Rect:
    """From blocks to pixels of the picture."""
    x, y, columns, rows = (one * BLOCK for one in rect)
    return Rect(x, y, columns, rows).within(Rect(0, 0, width, height))


def blocks_of(rect: Rect) -> Rect:
    """From pixels to the blocks that hold them."""
    x, y = rect.x // BLOCK, rect.y // BLOCK
    return Rect(x, y, -(-rect.right // BLOCK) - x, -(-rect.bottom // BLOCK) - y)


def whole_blocks(rect: Rect, width: int, height: int) -> Rect:
    """From pixels to the blocks of which nothing is outside; those at the right and lower edge of
    the picture may be smaller."""
    x, y = -(-rect.x // BLOCK), -(-rect.y // BLOCK)
    right = -(-width // BLOCK) if rect.right == width else rect.right // BLOCK
    bottom = -(-height // BLOCK) if rect.bottom == height else rect.bottom // BLOCK
    return Rect(x, y, max(0, right - x), max(0, bottom - y))


def slices(rect: Rect) -> tuple[slice, slice]:
    """Rows and columns of an array, of a rectangle in its units."""
    return slice(rect.y, rect.bottom), slice(rect.x, rect.right)


def inside(rects: Iterable[Rect], shape: tuple[int, ...]) -> Blocks:
    """The blocks in rectangles of blocks."""
    found = np.zeros(shape, np.bool_)
    for rect in rects:
        found[slices(rect)] = True
    return found


def covered(rects: Iterable[Rect], shape: tuple[int, ...]) -> Blocks:
    """The blocks that rectangles in pixels reach into."""
    return inside(map(blocks_of, rects), shape)


def rects_of(blocks: Blocks, width: int, height: int) -> list[Rect]:
    """Few rectangles, in pixels of the picture, that hold all of `blocks` and do not overlap.

    Where they would be many, squares of 64 pixels are taken instead of blocks; and if they still
    are, all that is between them, too.
    """
    found = merged(blocks)
    size = BLOCK
    if len(found) > _MANY:
        found, size = merged(_coarser(blocks)), BLOCK * _COARSE
    if len(found) > _TOO_MANY:
        return [bounds(blocks, width, height)]
    whole = Rect(0, 0, width, height)
    return [
        Rect(x * size, y * size, columns * size, rows * size).within(whole)
        for x, y, columns, rows in found
    ]


def bands(blocks: Blocks, width: int, height: int) -> list[Rect]:
    """Rectangles, in pixels of the picture, that hold all of `blocks`: one for each band of rows,
    where it is well filled, and else as few as hold nothing more."""
    found: list[Rect] = []
    any_in_row: Blocks = np.asarray(blocks.any(axis=1)).reshape(1, -1)
    rows = [run for _, runs in _rows(any_in_row) for run in runs]
    for first, last in sorted(rows):
        band = np.zeros_like(blocks)
        band[first:last] = blocks[first:last]
        box = bounds(band, width, height)
        filled = np.count_nonzero(band) * BLOCK * BLOCK >= FILLED * box.width * box.height
        found += [box] if filled else rects_of(band, width, height)
    return found if len(found) <= _TOO_MANY else rects_of(blocks, width, height)


def _coarser(blocks: Blocks) -> Blocks:
    rows, columns = blocks.shape
    padded = np.zeros((-(-rows // _COARSE) * _COARSE, -(-columns // _COARSE) * _COARSE), np.bool_)
    padded[:rows, :columns] = blocks
    squares = padded.reshape(padded.shape[0] // _COARSE, _COARSE, -1, _COARSE)
    return np.asarray(squares.any(axis=(1, 3)))


def merged(blocks: Blocks) -> list[Rect]:
    """Rectangles, in blocks, that hold all of `blocks` and nothing else: runs of each row; equal
    runs of rows that follow one another are one rectangle."""
    done: list[Rect] = []
    open_runs: dict[tuple[int, int], int] = {}
    before = -1
    for y, runs in _rows(blocks):
        if y != before + 1:
            done += [_rect(run, top, before + 1) for run, top in open_runs.items()]
            open_runs.clear()
        ended = [run for run in open_runs if run not in runs]
        done += [_rect(run, open_runs.pop(run), y) for run in ended]
        for run in runs:
            open_runs.setdefault(run, y)
        before = y
    return done + [_rect(run, top, before + 1) for run, top in open_runs.items()]


def _rect(run: tuple[int, int], top: int, bottom: int) -> Rect:
    return Rect(run[0], top, run[1] - run[0], bottom - top)


def _rows(blocks: Blocks) -> Iterator[tuple[int, set[tuple[int, int]]]]:
    """Each row that has any, and its runs: first and one past the last."""
    padded = np.zeros((blocks.shape[0], blocks.shape[1] + 2), np.bool_)
    padded[:, 1:-1] = blocks
    ys, xs = np.nonzero(padded[:, 1:] != padded[:, :-1])
    edges = zip(ys[::2].tolist(), xs[::2].tolist(), xs[1::2].tolist(), strict=True)
    for y, runs in groupby(edges, key=itemgetter(0)):
        yield y, {(first, last) for _, first, last in runs}
