"""Which kind of desktop a Linux program runs on, by the environment that the login gave it."""

import os
from collections.abc import Mapping
from enum import StrEnum


class SessionKind(StrEnum):
    """NONE: there is no screen at all."""

    X11 = "x11"
    WAYLAND = "wayland"
    NONE = "none"


def kind(environment: Mapping[str, str] = os.environ) -> SessionKind:
    """What the login says of itself counts most: DISPLAY alone says little, since most Wayland
    desktops have an X server for older programs, which knows only these programs' windows."""
    session = environment.get("XDG_SESSION_TYPE", "").strip().lower()
    has_x = bool(environment.get("DISPLAY"))
    has_wayland = bool(environment.get("WAYLAND_DISPLAY"))
    if session == "wayland" and (has_x or has_wayland):
        return SessionKind.WAYLAND
    if session == "x11" and has_x:
        return SessionKind.X11
    if has_wayland:
        return SessionKind.WAYLAND
    return SessionKind.X11 if has_x else SessionKind.NONE
