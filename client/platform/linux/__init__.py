"""Linux and other systems with an X11 or Wayland desktop."""

from client.platform.base import NoMarker, NoWatermark, Platform
from client.platform.clipboard import QtClipboard
from client.platform.linux.appearance import LinuxAppearance
from client.platform.linux.checkup import LinuxCheckup
from client.platform.linux.desktop import LinuxDesktop
from client.platform.linux.program import LinuxProgram
from client.platform.linux.screen import LinuxScreen
from client.platform.linux.session_kind import SessionKind, kind
from client.platform.linux.sockets import LinuxSockets
from client.platform.linux.system import LinuxSystem
from client.platform.players import Players
from client.platform.program import Sources, frozen

PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"))
"""Of PipeWire, PulseAudio and ALSA."""


def build() -> Platform:
    """The platform of this system."""
    own = frozen()
    return Platform(
        system=LinuxSystem(),
        appearance=LinuxAppearance(),
        screen=LinuxScreen(),
        desktop=LinuxDesktop(),
        sockets=LinuxSockets(),
        attention=Players(PLAYERS),
        marker=NoMarker(),
        clipboard=QtClipboard(),
        checkup=LinuxCheckup(),
        program=LinuxProgram(own) if own else Sources(),
        watermark=NoWatermark(),
        unshareable="client.share.wayland" if kind() is SessionKind.WAYLAND else "",
    )
