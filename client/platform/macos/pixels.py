"""Pixels as macOS draws them. Pure."""

import numpy as np


def straight(raw: bytes, width: int, height: int, row_bytes: int) -> bytes:
    """RGBA without the alpha multiplied in, and without what is left over in each row."""
    rows = np.frombuffer(raw, np.uint8)[: row_bytes * height].reshape(height, row_bytes)
    pixels = rows[:, : 4 * width].reshape(height, width, 4).astype(np.uint16)
    alpha = pixels[..., 3:]
    colours = (pixels[..., :3] * 255 + alpha // 2) // np.maximum(alpha, 1)
    return np.dstack([np.minimum(colours, 255), alpha]).astype(np.uint8).tobytes()
