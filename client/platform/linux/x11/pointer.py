"""The pointer: where it is, and how it looks, by XFixes."""

from typing import Any

import numpy as np
from Xlib import error
from Xlib.display import Display

from client.platform.desktop import CursorPlace, CursorShape
from client.platform.linux.x11.wire import lost_connection

LARGEST = 256
"""Pixels each way; a larger pointer is not taken for one."""


class Pointer:
    """Keeps the last shape, since one moment in a change of shapes has none."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._root = display.screen().root
        self._has_shapes = "XFIXES" in display.display.extension_major_opcodes
        self._shape: CursorShape | None = None

    def place(self, serial: int | None) -> CursorPlace | None:
        """`serial` is that of the newest event about shapes."""
        with lost_connection():
            try:
                found = self._root.query_pointer()
            except error.XError:
                return None
        if self._has_shapes and (self._shape is None or serial not in (None, self._shape.serial)):
            self._read()
        shape = self._shape
        visible = bool(found.same_screen) and (shape is None or any(shape.rgba[3::4]))
        return CursorPlace(found.root_x, found.root_y, visible, shape.serial if shape else 0)

    def shape(self, serial: int | None) -> CursorShape | None:
        """The shape of now; None: the server cannot tell."""
        if self._has_shapes and (self._shape is None or serial != self._shape.serial):
            self._read()
        return self._shape

    def _read(self) -> None:
        with lost_connection():
            try:
                image = self._display.xfixes_get_cursor_image(self._root)
            except error.XError:
                return
        if image.cursor_serial and 0 < image.width <= LARGEST and 0 < image.height <= LARGEST:
            self._shape = _shape(image)


def _shape(image: Any) -> CursorShape:
    count = image.width * image.height
    words = np.array(image.cursor_image[:count], np.uint32)
    return CursorShape(
        serial=image.cursor_serial,
        width=image.width,
        height=image.height,
        hot_x=min(image.xhot, image.width - 1),
        hot_y=min(image.yhot, image.height - 1),
        rgba=straight(words),
    )


def straight(words: np.ndarray[tuple[int], np.dtype[np.uint32]]) -> bytes:
    """RGBA bytes of premultiplied ARGB words."""
    alpha = words >> 24
    colours = np.stack([words >> 16 & 255, words >> 8 & 255, words & 255], axis=1)
    full = (colours * 255 + (alpha // 2)[:, None]) // np.maximum(alpha, 1)[:, None]
    return np.column_stack([np.minimum(full, 255), alpha]).astype(np.uint8).tobytes()
