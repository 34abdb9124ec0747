"""What a share needs of a Linux desktop: X11 gives all of it."""

import os
from collections.abc import Callable, Mapping

from client.platform.base import Unavailable
from client.platform.desktop import CustomerWatch, DesktopView, Injector
from client.platform.linux.session_kind import SessionKind, kind


class LinuxDesktop:
    """Judged by the environment that the desktop gives its programs. The parts for X11 are loaded
    with the first share."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._environment = environment

    def view(self) -> DesktopView | Unavailable:
        if missing := self._missing():
            return missing
        from client.platform.linux.x11.view import open_view

        return open_view(self._display)

    def injector(self) -> Injector | Unavailable:
        view = self.view()
        if isinstance(view, Unavailable):
            return view
        from client.platform.linux.x11.injector import open_injector

        return open_injector(view, self._display)

    def watch(
        self, own_hand: Callable[[], None], end_key: Callable[[], None]
    ) -> CustomerWatch | Unavailable:
        if missing := self._missing():
            return missing
        from client.platform.linux.x11.watch import open_watch

        return open_watch(own_hand, end_key, self._display)

    @property
    def _display(self) -> str | None:
        return self._environment.get("DISPLAY")

    def _missing(self) -> Unavailable | None:
        """Under Wayland the X server there knows only a part of what is on the screen."""
        match kind(self._environment):
            case SessionKind.WAYLAND:
                return Unavailable("Wayland lets no program see or act on the others")
            case SessionKind.NONE:
                return Unavailable("DISPLAY is not set")
        return None
