"""The desktop of Windows. What each part needs is loaded when it is opened.

Run under Wine, never on Windows.
"""

from collections.abc import Callable

from client.platform.base import Unavailable
from client.platform.desktop import CustomerWatch, DesktopView, Injector


class WindowsDesktop:
    """Opens what a share needs."""

    def view(self) -> DesktopView | Unavailable:
        """For the thread that calls."""
        try:
            from client.platform.windows.view import WindowsView

            return WindowsView()
        except (OSError, AttributeError) as why:
            return _too_old(why)

    def injector(self) -> Injector | Unavailable:
        """For the thread that calls."""
        try:
            from client.platform.windows.injector import WindowsInjector

            return WindowsInjector()
        except (OSError, AttributeError) as why:
            return _too_old(why)

    def watch(
        self, own_hand: Callable[[], None], end_key: Callable[[], None]
    ) -> CustomerWatch | Unavailable:
        """Listens when it returns."""
        try:
            from client.platform.windows.watch import open_watch

            return open_watch(own_hand, end_key)
        except (OSError, AttributeError) as why:
            return _too_old(why)


def _too_old(why: Exception) -> Unavailable:
    return Unavailable(f"this Windows lacks a function: {why}")
