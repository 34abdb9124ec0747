"""What lies under a WebSocket: how much of it is still unsent, and how to break it."""

import asyncio
import contextlib
import socket
import struct

import aiohttp

from client.net.surroundings import Unsent

NOTSENT_LOWAT_BYTES = 16 * 1024
"""The kernel takes no more than about this beyond what the network has."""

_NO_LINGER = struct.pack("ii", 1, 0)
"""struct linger: a close resets the connection and throws away what is unsent."""


class Wire:
    """The connection below `ws`. Used in the network thread."""

    def __init__(self, ws: "aiohttp.ClientWebSocketResponse[bool]", unsent: Unsent) -> None:
        self._unsent = unsent
        connection = ws._response.connection
        self._transport = connection.transport if connection is not None else None
        self._socket: socket.socket | None = ws.get_extra_info("socket")
        lowat = getattr(socket, "TCP_NOTSENT_LOWAT", None)
        if self._socket is not None and lowat is not None:
            self._socket.setsockopt(socket.IPPROTO_TCP, lowat, NOTSENT_LOWAT_BYTES)

    def holds_unsent(self) -> bool:
        """Whether bytes that were given to the socket have not left this machine yet; True where
        the system cannot tell."""
        if self._transport is None or self._socket is None or self._transport.is_closing():
            return False
        if any(one.get_write_buffer_size() for one in _layers(self._transport)):
            return True
        try:
            return self._unsent(self._socket) != 0
        except OSError:
            return True

    def shut_down(self) -> None:
        """End the connection now; a send under way and the reader fail at once."""
        if self._socket is not None:
            with contextlib.suppress(OSError):  # it was down already
                self._socket.shutdown(socket.SHUT_RDWR)

    def reset(self) -> None:
        """End the connection and throw away what has not left this machine."""
        if self._transport is None or self._socket is None:
            return
        with contextlib.suppress(OSError):
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        _abort(self._transport)


def _layers(transport: asyncio.Transport) -> list[asyncio.WriteTransport]:
    """The transport and, below TLS, the one that it writes to: each holds bytes of its own."""
    below = getattr(getattr(transport, "_ssl_protocol", None), "_transport", None)
    return [transport] if below is None else [transport, below]


def _abort(transport: asyncio.Transport) -> None:
    """Before Python 3.11.4 a TLS transport that is closed already raises."""
    with contextlib.suppress(AttributeError):
        transport.abort()
