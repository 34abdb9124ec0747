"""Whether the screen is locked: X has no word for it, so every usual sign is looked for."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from Xlib import error
from Xlib.display import Display

from client.platform.desktop import Window
from client.platform.linux.x11.wire import lost_connection
from client.session.geometry import Rect

LOCKERS = (
    "cinnamon-screensaver", "gnome-screensaver", "gtklock", "hyprlock", "i3lock", "kscreenlocker",
    "light-locker", "mate-screensaver", "physlock", "slock", "sxlock", "swaylock",
    "xfce4-screensaver", "xlock", "xscreensaver", "xsecurelock", "xtrlock",
)  # fmt: skip
"""Programs whose file begins so, and that cover the screen with a window."""

SESSIONS = Path("/run/systemd/sessions")
_SAVER_ON = 1


def saver_is_on(display: Display) -> bool:
    """The X server's own screen saver."""
    if "MIT-SCREEN-SAVER" not in display.display.extension_major_opcodes:
        return False
    with lost_connection():
        try:
            return bool(display.screen().root.screensaver_query_info().state == _SAVER_ON)
        except error.XError:
            return False


def covered(windows: Iterable[Window], monitors: Iterable[Rect]) -> bool:
    """Whether a locker's window fills a monitor."""
    places = tuple(monitors)
    return any(
        one.rect.within(place) == place
        for one in windows
        if one.passing and Path(one.program.partition(":")[0]).name.startswith(LOCKERS)
        for place in places
    )


def session_says_so(environment: Mapping[str, str] = os.environ, sessions: Path = SESSIONS) -> bool:
    """What the desktop has told the log-in manager (sd-login), which keeps it in a file."""
    number = environment.get("XDG_SESSION_ID", "")
    if not number.isalnum():
        return False
    try:
        return "LOCKED_HINT=1" in (sessions / number).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return False
