"""From pixels to bytes: what both codecs have in common, and VP9.

Encoders belong to one epoch and one size of picture; they are made anew for the next.
"""

from typing import Protocol

from client.capture.colour import Picture, Planes
from client.capture.quality import Level
from client.capture.tiles import Blocks, rects_of
from client.capture.vpx import VpxEncoder
from client.capture.vpx_library import Library, VpxFailed
from client.session.geometry import Rect
from protocol.screen import Codec


class EncodingFailed(Exception):
    """The codec refused; the text is for the log. The encoder is of no use any longer."""


class Encoder(Protocol):
    """Used in one thread. `finest` is the level at which more exactness is no longer worth it."""

    codec: Codec
    finest: Level

    def encode(self, picture: Picture, blocks: Blocks, level: Level, *, key: bool) -> bytes:
        """What follows the `PictureHead`: these blocks, or in a key frame the whole picture.

        Blocks that changed must be among them, in this call or the ones before. Raises
        `EncodingFailed`.
        """

    def close(self) -> None:
        """Give back what was held; a second call does nothing."""


class Vp9Encoder:
    """One frame of the stream each time."""

    codec = Codec.VP9_444
    finest = Level.FINE

    def __init__(self, library: Library, width: int, height: int) -> None:
        """Raises `EncodingFailed`."""
        self._size = (width, height)
        self._planes = Planes(width, height)
        try:
            self._stream = VpxEncoder(library, width, height)
        except VpxFailed as error:
            raise EncodingFailed(str(error)) from None

    def encode(self, picture: Picture, blocks: Blocks, level: Level, *, key: bool) -> bytes:
        """See `Encoder`. A frame that only refines would not need its colours converted again;
        it costs little."""
        width, height = self._size
        whole = [Rect(0, 0, width, height)]
        self._planes.take(picture, whole if key else rects_of(blocks, width, height))
        try:
            return self._stream.encode(self._planes, blocks, level, key=key)
        except VpxFailed as error:
            raise EncodingFailed(str(error)) from None

    def close(self) -> None:
        self._stream.close()
