"""From blocks to the pieces of a frame: photographs as JPEG, text and drawings to the last bit."""

from collections.abc import Iterable

import numpy as np

from client.capture.colour import Picture
from client.capture.exact import exact
from client.capture.jpeg import Grade, jpeg, strips
from client.capture.moves import Copies, part
from client.capture.tiles import (
    BLOCK,
    Blocks,
    bands,
    covered,
    pixels_of,
    rects_of,
)
from client.session.geometry import Rect
from protocol.picture import CopyHead, Piece, PieceHead

SMALL = 64 * BLOCK * BLOCK
"""Pixels of a rectangle that is trimmed to what has changed in it."""

TALL = 128
"""Largest height of an exact rectangle: viewers unpack it in one go."""

Made = bytes
"""A piece with its head."""


def made(kind: Piece, rect: Rect, data: bytes = b"") -> Made:
    """One piece."""
    return PieceHead(kind, *rect, len(data)).pack() + data


def memories(kind: Piece, rects: Iterable[Rect], picture: Picture) -> list[Made]:
    """KEEP or RECALL of rectangles in blocks."""
    height, width = picture.shape[:2]
    return [made(kind, pixels_of(rect, width, height)) for rect in rects]


def copies(found: Copies) -> list[Made]:
    """COPY pieces."""
    dx, dy = found.shift
    return [
        made(Piece.COPY, rect, CopyHead(rect.x - dx, rect.y - dy).pack()) for rect in found.rects
    ]


def exacts(picture: Picture, before: Picture | None, blocks: Blocks, *, photo: bool) -> list[Made]:
    """PIXELS pieces that hold these blocks; with `before`, small ones only what differs from it."""
    height, width = picture.shape[:2]
    rects = [
        Rect(rect.x, y, rect.width, min(TALL, rect.bottom - y))
        for rect in bands(blocks, width, height)
        for y in range(rect.y, rect.bottom, TALL)
    ]
    if before is not None:
        rects = [trimmed(picture, before, rect) for rect in rects]
    return [made(Piece.PIXELS, rect, exact(part(picture, rect), photo=photo)) for rect in rects]


def jpegs(picture: Picture, rects: Iterable[Rect], grade: Grade) -> list[Made]:
    """JPEG pieces of these rectangles."""
    return [made(Piece.JPEG, one, jpeg(part(picture, one), grade)) for one in strips(rects)]


def trimmed(picture: Picture, before: Picture, rect: Rect) -> Rect:
    """The part of a small rectangle in which anything differs; a large one as it is."""
    if rect.width * rect.height > SMALL:
        return rect
    now, was = (part(one, rect).view(np.uint32)[..., 0] for one in (picture, before))
    differs = now != was
    ys, xs = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    if not len(ys):
        return rect
    y, x = int(ys[0]), int(xs[0])
    return Rect(rect.x + x, rect.y + y, int(xs[-1]) + 1 - x, int(ys[-1]) + 1 - y)


def filled(blocks: Blocks, picture: Picture) -> tuple[Blocks, list[Rect]]:
    """Few rectangles that hold the blocks, and all blocks that are in them."""
    height, width = picture.shape[:2]
    rects = rects_of(blocks, width, height)
    return covered(rects, blocks.shape), rects
