"""Windows 10 and later."""

import ctypes
import platform

from client.platform.base import AlwaysScreen, Platform, SilentSockets, Unavailable
from client.platform.clipboard import QtClipboard
from client.platform.program import Sources, frozen
from client.platform.windows.attention import WindowsAttention
from client.platform.windows.checkup import WindowsCheckup
from client.platform.windows.desktop import WindowsDesktop
from client.platform.windows.marker import WindowsMarker
from client.platform.windows.program import WindowsProgram
from client.platform.windows.watermark import WindowsWatermark
from protocol import limits

FIRST_BUILD_OF_11 = 22_000
"""Windows 11 still calls itself version 10.0; only the build number tells."""

SPI_GETCLIENTAREAANIMATION = 0x1042


def short_name(version: str) -> str:
    """`Windows 11` from `10.0.22631`."""
    major, _, rest = version.partition(".")
    build_number = rest.rpartition(".")[2]
    if major == "10" and build_number.isdigit() and int(build_number) >= FIRST_BUILD_OF_11:
        major = "11"
    return f"Windows {major}".strip()[: limits.SYSTEM_CHARS]


class WindowsSystem:
    """Asks Windows for its version."""

    def name(self) -> str:
        """The system and its version."""
        return short_name(platform.version())


class WindowsAppearance:
    """Asks for the system's parameters."""

    def reduced_motion(self) -> bool | Unavailable:
        """The switch "Animation effects"."""
        animated = ctypes.c_int(1)
        user32 = ctypes.CDLL("user32")  # 64-bit Windows has one calling convention
        if not user32.SystemParametersInfoW(
            SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(animated), 0
        ):
            return Unavailable("the animation setting cannot be read")
        return not animated.value


def build() -> Platform:
    """The platform of this system."""
    own = frozen()
    return Platform(
        system=WindowsSystem(),
        appearance=WindowsAppearance(),
        screen=AlwaysScreen(),
        desktop=WindowsDesktop(),
        sockets=SilentSockets(),
        attention=WindowsAttention(),
        marker=WindowsMarker(),
        clipboard=QtClipboard(),
        checkup=WindowsCheckup(),
        program=WindowsProgram(own) if own else Sources(),
        watermark=WindowsWatermark(),
    )
