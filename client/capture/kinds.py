"""What a picture shows where: photographs, or text and drawings. By a few pixels of each square."""

import numpy as np
from numpy.typing import NDArray

from client.capture.colour import Picture
from client.capture.tiles import BLOCK, Blocks

SQUARE = 4 * BLOCK
STEP = 8
"""Every eighth pixel of every eighth row is looked at, 64 in a square."""

PHOTO = 32
"""So many different colours among them are a photograph's: text has fewer, even smoothed."""


FEW = 64
"""So few blocks are looked at one by one."""

PHOTO_BLOCK = 64
"""Different colours of one block from which on it is a photograph's."""


def photos(picture: Picture, blocks: Blocks) -> Blocks:
    """Those of `blocks` that lie in squares that look like a photograph, and if they are few, look
    like one themselves. Where the picture ends in the midst of a square, it seldom does."""
    if not blocks.any():
        return blocks.copy()
    found = _in_photos(picture, blocks)
    if not 0 < np.count_nonzero(found) <= FEW:
        return found
    where = np.nonzero(found)
    found[where] = _colours(picture, where, BLOCK, 1) > PHOTO_BLOCK
    return found


def _in_photos(picture: Picture, blocks: Blocks) -> Blocks:
    rows, columns = blocks.shape
    each = SQUARE // BLOCK
    down, across = -(-rows // each), -(-columns // each)
    padded = np.zeros((down * each, across * each), np.bool_)
    padded[:rows, :columns] = blocks
    wanted = np.asarray(padded.reshape(down, each, across, each).any(axis=(1, 3)))
    looked = np.nonzero(wanted)
    like = np.zeros((down, across), np.bool_)
    like[looked] = _colours(picture, looked, SQUARE, STEP) > PHOTO
    spread = like.repeat(each, axis=0).repeat(each, axis=1)[:rows, :columns]
    return np.asarray(spread & blocks)


def _colours(
    picture: Picture, squares: tuple[NDArray[np.intp], ...], size: int, step: int
) -> NDArray[np.intp]:
    """How many different colours every `step`th pixel has, for each square of that `size`."""
    height, width = picture.shape[:2]
    inside = np.arange(step // 2, size, step)
    ys = np.minimum(squares[0][:, None] * size + inside, height - 1)
    xs = np.minimum(squares[1][:, None] * size + inside, width - 1)
    looked = picture.view(np.uint32)[..., 0][ys[:, :, None], xs[:, None, :]] & 0xFFFFFF
    ordered = np.sort(looked.reshape(len(ys), -1), axis=1)
    return np.asarray(np.count_nonzero(ordered[:, 1:] != ordered[:, :-1], axis=1) + 1)
