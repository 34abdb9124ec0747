"""What each sent picture showed, so that a click can be judged by the picture it was made on."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from client.platform.desktop import Window
from client.session.geometry import Rect

KEPT = 256
"""Frames remembered; at 30 a second well over `limits.BEHIND_S`."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture: `area` is what it showed of the desktop, pixel by pixel; `windows` were there,
    the topmost first; `sent_at` in seconds of the monotonic clock. `layout` is the number of the
    `protocol.screen.Layout`.
    """

    seq: int
    epoch: int
    layout: int
    area: Rect
    windows: tuple[Window, ...]
    sent_at: float


class FrameBook:
    """Written by the capture thread, read by the input thread."""

    def __init__(self) -> None:
        self._frames: OrderedDict[int, Frame] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, frame: Frame) -> None:
        """Remember the newest frame; those of an older epoch are forgotten."""
        with self._lock:
            if self._frames and next(reversed(self._frames.values())).epoch != frame.epoch:
                self._frames.clear()
            self._frames[frame.seq] = frame
            while len(self._frames) > KEPT:
                self._frames.popitem(last=False)

    def get(self, seq: int) -> Frame | None:
        """The frame of that number, unless it is too long ago."""
        with self._lock:
            return self._frames.get(seq)

    def outdated_since(self, seq: int) -> float | None:
        """When the frame after `seq` was sent; None: `seq` is the newest."""
        with self._lock:
            later = [frame for frame in self._frames.values() if frame.seq > seq]
            return later[0].sent_at if later else None

    def clear(self) -> None:
        """Forget all frames."""
        with self._lock:
            self._frames.clear()
