"""macOS."""

import platform
import plistlib
from pathlib import Path
from xml.parsers.expat import ExpatError

from client.platform.base import AlwaysScreen, NoWatermark, Platform, Unavailable
from client.platform.macos.checkup import MacCheckup
from client.platform.macos.clipboard import MacClipboard
from client.platform.macos.desktop import MacDesktop
from client.platform.macos.marker import MacMarker
from client.platform.macos.program import MacProgram
from client.platform.macos.sockets import MacSockets
from client.platform.players import Players
from client.platform.program import Sources, frozen
from protocol import limits


def short_name(version: str) -> str:
    """`macOS 15` from `15.1.1`."""
    return f"macOS {version.partition('.')[0]}".strip()[: limits.SYSTEM_CHARS]


class MacSystem:
    """Asks macOS for its version."""

    def name(self) -> str:
        """The system and its major version."""
        return short_name(platform.mac_ver()[0])


class MacAppearance:
    """Reads the accessibility settings in `settings`."""

    def __init__(self, settings: Path | None = None) -> None:
        preferences = Path.home() / "Library" / "Preferences"
        self._settings = settings or preferences / "com.apple.universalaccess.plist"

    def reduced_motion(self) -> bool | Unavailable:
        """The switch "Reduce motion"."""
        try:
            with self._settings.open("rb") as file:
                settings = plistlib.load(file)
        except (OSError, plistlib.InvalidFileException, ExpatError):
            return Unavailable("the accessibility settings cannot be read")
        return bool(settings.get("reduceMotion", False))


def build() -> Platform:
    """The platform of this system."""
    own = frozen()
    return Platform(
        system=MacSystem(),
        appearance=MacAppearance(),
        screen=AlwaysScreen(),
        desktop=MacDesktop(),
        sockets=MacSockets(),
        attention=Players((("afplay",),)),
        marker=MacMarker(),
        clipboard=MacClipboard(),
        checkup=MacCheckup(),
        program=MacProgram(own) if own else Sources(),
        watermark=NoWatermark(),
    )
