"""The desktop of macOS. What each part needs is loaded when it is opened. Never run."""

from collections.abc import Callable

from client.platform.base import Unavailable
from client.platform.desktop import CustomerWatch, DesktopView, Injector


class MacDesktop:
    """Opens what a share needs. macOS asks the customer for its own permission, too."""

    def view(self) -> DesktopView | Unavailable:
        """For the thread that calls."""
        try:
            from client.platform.macos import permissions
            from client.platform.macos.view import MacView
        except ImportError as why:
            return _missing(why)
        permissions.ask_to_see()
        return MacView()

    def injector(self) -> Injector | Unavailable:
        """For the thread that calls."""
        try:
            from client.platform.macos import permissions
            from client.platform.macos.injector import MacInjector
            from client.platform.macos.view import MacView
        except ImportError as why:
            return _missing(why)
        permissions.ask_to_act()
        return MacInjector(MacView())

    def watch(
        self, own_hand: Callable[[], None], end_key: Callable[[], None]
    ) -> CustomerWatch | Unavailable:
        """Listens when it returns; to be called in the window's thread."""
        try:
            from client.platform.macos.watch import open_watch
        except ImportError as why:
            return _missing(why)
        return open_watch(own_hand, end_key)


def _missing(why: ImportError) -> Unavailable:
    return Unavailable(f"a part of macOS cannot be reached: {why}")
