"""What the network thread is given from outside."""

import socket
from collections.abc import Callable
from dataclasses import dataclass

from client.gate import Gate
from client.net.files.saving import Place
from client.session.inputs import Input
from protocol.channel import Header

Unsent = Callable[[socket.socket], int | None]
"""Bytes in the kernel's send queue that have not been sent; None where the system cannot tell."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`tell` hears every input the network brings, `channel` every whole message of viewers that
    belongs to the running share; both are called in the network thread and must not block.
    `unsent` asks the system what a socket still holds; files are saved in `place`.
    """

    gate: Gate
    tell: Callable[[Input], None]
    channel: Callable[[Header, bytes], None]
    unsent: Unsent
    place: Place
