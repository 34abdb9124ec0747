"""What has changed between two pictures, exactly, in blocks of 16x16 pixels."""

import numpy as np
from numpy.typing import NDArray

from client.capture.colour import Picture
from client.session.geometry import Rect

BLOCK = 16
Blocks = NDArray[np.bool_]
"""ceil(height / 16) x ceil(width / 16)."""

_MANY = 48
"""More rectangles than this cost more than the pixels they save."""

_COARSE = 4


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


def rects_of(blocks: Blocks, width: int, height: int) -> list[Rect]:
    """Few rectangles, in pixels of the picture, that hold all of `blocks` and do not overlap.

    Where they would be many, squares of 64 pixels are taken instead of blocks.
    """
    found = _merged(blocks)
    size = BLOCK
    if len(found) > _MANY:
        found, size = _merged(_coarser(blocks)), BLOCK * _COARSE
    whole = Rect(0, 0, width, height)
    return [
        Rect(x * size, y * size, columns * size, rows * size).within(whole)
        for x, y, columns, rows in found
    ]


def _coarser(blocks: Blocks) -> Blocks:
    rows, columns = blocks.shape
    padded = np.zeros((-(-rows // _COARSE) * _COARSE, -(-columns // _COARSE) * _COARSE), np.bool_)
    padded[:rows, :columns] = blocks
    squares = padded.reshape(padded.shape[0] // _COARSE, _COARSE, -1, _COARSE)
    return np.asarray(squares.any(axis=(1, 3)))


def _merged(blocks: Blocks) -> list[Rect]:
    """Runs of each row; equal runs of rows that follow one another are one rectangle."""
    done: list[Rect] = []
    open_runs: dict[tuple[int, int], int] = {}
    for y, row in enumerate(blocks):
        runs = _runs(row) if row.any() else []
        ended = [run for run in open_runs if run not in runs]
        done += [_rect(run, open_runs.pop(run), y) for run in ended]
        for run in runs:
            open_runs.setdefault(run, y)
    return done + [_rect(run, top, len(blocks)) for run, top in open_runs.items()]


def _rect(run: tuple[int, int], top: int, bottom: int) -> Rect:
    return Rect(run[0], top, run[1] - run[0], bottom - top)


def _runs(row: Blocks) -> list[tuple[int, int]]:
    """First and one past the last of each run of true ones."""
    edges = np.flatnonzero(np.diff(row.astype(np.int8), prepend=0, append=0))
    return [(int(first), int(last)) for first, last in edges.reshape(-1, 2)]
