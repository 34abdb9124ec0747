"""Is there an X11 or Wayland display?"""

import os
from collections.abc import Mapping

from client.platform.base import Unavailable

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")
_QT_WITHOUT = ("offscreen", "minimal", "vnc")
"""Qt's own plugins that need neither."""


class LinuxScreen:
    """Judged by the environment that the desktop gives its programs."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._environment = environment

    def missing(self) -> Unavailable | None:
        if any(self._environment.get(name) for name in _DISPLAYS):
            return None
        if self._environment.get("QT_QPA_PLATFORM", "").partition(":")[0] in _QT_WITHOUT:
            return None
        return Unavailable("neither DISPLAY nor WAYLAND_DISPLAY is set")
