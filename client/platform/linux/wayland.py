"""What a Wayland desktop allows: chat and files, and nothing that concerns other programs.

Wayland lets no program see the screen, list windows, or press keys in other programs. Its own way
to show the screen, the ScreenCast portal, brings pictures by PipeWire, for which there is nothing
here to receive them. The X server that Wayland desktops have for older programs shows black, or
only these programs' windows: such a picture would pretend to be the screen, so it is never taken.
"""

from Xlib import error
from Xlib.display import Display

WHY = "Wayland lets no program see or act on the others"
"""For the log."""

_EXTENSION = "XWAYLAND"
_OUTPUT = "XWAYLAND"


def is_behind(display: Display) -> bool:
    """Whether this X server is one for older programs on a Wayland desktop, whatever the
    environment says. Since version 23.1 it has an extension to say so; before, the names of its
    outputs do.
    """
    if display.has_extension(_EXTENSION):
        return True
    try:
        found = display.screen().root.xrandr_get_monitors().monitors
        names = [display.get_atom_name(one.name) for one in found]
    except (error.XError, AttributeError):
        return False
    return any(str(name).startswith(_OUTPUT) for name in names)
