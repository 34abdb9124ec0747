"""Rectangles to the last bit: a palette where the colours are few, differences where they are many.

The differences are those of lossless WebP's simplest transforms (subtract green, predict by the
pixel on the left; RFC 9649, section 4), the rest is deflate. Calls to it release the interpreter's
lock.
"""

import zlib

import numpy as np
from numpy.typing import NDArray

from client.capture.colour import Picture

SMALL = 4096
"""Pixels up to which colours are counted: sorting more takes longer than it saves."""

PALETTE = 256
_RAW = -15
_MEMORY = 9


def exact(part: Picture, *, photo: bool) -> bytes:
    """The data of a PIXELS piece. `photo`: with so many colours that repetitions are not worth
    searching for."""
    height, width = part.shape[:2]
    if height * width <= SMALL:
        palette = _palette(part)
        if palette is not None:
            return palette
    data = _differences(part)
    strategy = zlib.Z_RLE if photo else zlib.Z_DEFAULT_STRATEGY
    return b"\0" + _deflated(data.tobytes(), 1, strategy)


def _palette(part: Picture) -> bytes | None:
    """None: there are too many colours."""
    pixels = np.ascontiguousarray(part).view(np.uint32)[..., 0] & 0xFFFFFF
    colours, indices = np.unique(pixels, return_inverse=True)
    count = len(colours)
    if not 2 <= count <= PALETTE:
        return _plain(colours, pixels.shape) if count == 1 else None
    bits = next(bits for bits in (1, 2, 4, 8) if count <= 1 << bits)
    packed = _packed(indices.reshape(pixels.shape).astype(np.uint8), bits)
    return bytes([count - 1]) + _deflated(_table(colours) + packed, 9, zlib.Z_DEFAULT_STRATEGY)


def _plain(colours: NDArray[np.uint32], shape: tuple[int, ...]) -> bytes:
    """One colour: a palette has two at least, the second is not used."""
    rows = bytes(-(-shape[1] // 8) * shape[0])
    table = _table(np.repeat(colours, 2))
    return b"\1" + _deflated(table + rows, 9, zlib.Z_DEFAULT_STRATEGY)


def _table(colours: NDArray[np.uint32]) -> bytes:
    """Red, green and blue of each."""
    return np.ascontiguousarray(colours.view(np.uint8).reshape(-1, 4)[:, 2::-1]).tobytes()


def _packed(indices: NDArray[np.uint8], bits: int) -> bytes:
    """Rows of indices, several in a byte, the first in its highest bits."""
    if bits == 8:
        return indices.tobytes()
    height, width = indices.shape
    each = 8 // bits
    padded = np.zeros((height, -(-width // each) * each), np.uint8)
    padded[:, :width] = indices
    shifts = np.arange(8 - bits, -1, -bits, dtype=np.uint8)
    joined = np.bitwise_or.reduce(padded.reshape(height, -1, each) << shifts, axis=2)
    return bytes(joined.astype(np.uint8).data)


def _differences(part: Picture) -> NDArray[np.uint8]:
    """Height x width x 3: red minus green, green, blue minus green, each minus its left one."""
    height, width = part.shape[:2]
    planes = np.empty((height, width, 3), np.uint8)
    planes[..., 1] = part[..., 1]
    np.subtract(part[..., 2], part[..., 1], out=planes[..., 0])
    np.subtract(part[..., 0], part[..., 1], out=planes[..., 2])
    found = planes.copy()
    np.subtract(planes[:, 1:], planes[:, :-1], out=found[:, 1:])
    return found


def _deflated(data: bytes, level: int, strategy: int) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, _RAW, _MEMORY, strategy)
    return packer.compress(data) + packer.flush()
