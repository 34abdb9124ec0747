"""Where what the capture thread finds out goes to, and by whose leave."""

from collections.abc import Callable
from dataclasses import dataclass

from client.capture.codecs import Codecs
from client.capture.outgoing import Send
from client.frames import FrameBook
from client.gate import Gate


@dataclass(frozen=True, slots=True)
class Ways:
    """`send` leads to the channel, `tell` to the window; neither blocks."""

    gate: Gate
    frames: FrameBook
    send: Send
    tell: Callable[[object], None]
    codecs: Codecs
