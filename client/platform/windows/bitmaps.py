"""Pictures of pointers and icons as RGBA. Pure.

Windows has them in three ways: colours with alpha; colours with a mask; and a mask of double
height alone, whose upper half says where the screen is kept, and whose lower half is white, black,
or inverts the screen.
"""

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""height x width x 4 bytes, blue first, as Windows has them."""

_OPAQUE = 255
_INVERTED = (96, 96, 96)
"""A viewer's pointer cannot invert what is below it; grey is seen on white and on black."""


def with_mask(colours: Pixels, mask: Pixels | None) -> bytes:
    """RGBA of a coloured picture. The mask counts where no pixel has an alpha: then there is none;
    white in the mask is where the screen shows through."""
    alpha = colours[..., 3]
    if not alpha.any():
        kept = mask[..., 0] != 0 if mask is not None else np.zeros(alpha.shape, np.bool_)
        alpha = np.where(kept, 0, _OPAQUE).astype(np.uint8)
    return _rgba(colours, alpha)


def of_mask(mask: Pixels) -> bytes:
    """RGBA of a picture that has a mask of double height only."""
    half = len(mask) // 2
    keeps, white = mask[:half, :, 0] != 0, mask[half : 2 * half, :, 0] != 0
    colours = mask[half : 2 * half].copy()
    colours[keeps & white, :3] = _INVERTED
    alpha = np.where(keeps & ~white, 0, _OPAQUE).astype(np.uint8)
    return _rgba(colours, alpha)


def _rgba(colours: Pixels, alpha: NDArray[np.uint8]) -> bytes:
    return np.dstack([colours[..., 2::-1], alpha]).tobytes()
