"""What Linux tells of a connection's send queue."""

import fcntl
import socket
import sys

_SIOCOUTQNSD = 0x894B
"""tcp(7), linux/sockios.h: bytes of the send queue that were not sent yet."""


class LinuxSockets:
    """Asks the kernel."""

    def unsent(self, wire: socket.socket) -> int | None:
        """Bytes given to the socket that were not sent."""
        answer = fcntl.ioctl(  # type: ignore[attr-defined,unused-ignore]
            wire.fileno(), _SIOCOUTQNSD, b"\0\0\0\0"
        )
        return int.from_bytes(answer, sys.byteorder)
