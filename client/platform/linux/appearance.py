"""Reduced motion, as the settings files of the desktops tell it."""

import configparser
from pathlib import Path

from client.platform.base import Unavailable

_SETTINGS = (
    ("kdeglobals", "KDE", "AnimationDurationFactor", "0"),
    ("gtk-4.0/settings.ini", "Settings", "gtk-enable-animations", "0"),
    ("gtk-3.0/settings.ini", "Settings", "gtk-enable-animations", "0"),
)
"""File below the settings folder, section, name, and the value that means: no animations."""


class LinuxAppearance:
    """Reads below `settings`, by default the user's own settings folder."""

    def __init__(self, settings: Path | None = None) -> None:
        self._settings = settings or Path.home() / ".config"

    def reduced_motion(self) -> bool | Unavailable:
        """The first desktop's word that is found."""
        for file, section, name, off in _SETTINGS:
            value = _value(self._settings / file, section, name)
            if value is not None:
                return value in (off, "false")
        return Unavailable("no desktop settings file tells")


def _value(file: Path, section: str, name: str) -> str | None:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, configparser.Error):
        return None
    value = parser.get(section, name, fallback=None)
    return value.strip().lower() if value is not None else None
