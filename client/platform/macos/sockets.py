"""What macOS tells of a connection's send queue. Never run."""

import socket

_SO_NWRITE = 0x1024
"""sys/socket.h: bytes of the send buffer that were not sent yet."""


class MacSockets:
    """Asks the kernel."""

    def unsent(self, wire: socket.socket) -> int | None:
        """Bytes given to the socket that were not sent."""
        return wire.getsockopt(socket.SOL_SOCKET, _SO_NWRITE)
