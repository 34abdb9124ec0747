"""From pixels to bytes: a stream of what moves."""

from client.capture.colour import Picture, Planes
from client.capture.tiles import Blocks, rects_of
from client.capture.vpx import VpxEncoder
from client.capture.vpx_library import Library, VpxFailed
from client.session.geometry import Rect
from protocol.picture import Codec


class EncodingFailed(Exception):
    """The codec refused; the text is for the log. The encoder is of no use any longer."""


class StreamEncoder:
    """One frame of the stream each time."""

    def __init__(self, library: Library, codec: Codec, width: int, height: int) -> None:
        """Raises `EncodingFailed`."""
        self.codec = codec
        self._size = (width, height)
        self._planes = Planes(width, height)
        self._planes.y[...] = self._planes.u[...] = self._planes.v[...] = 128
        try:
            self._stream = VpxEncoder(library, width, height)
        except VpxFailed as error:
            raise EncodingFailed(str(error)) from None

    def begin(self) -> bytes:
        try:
            return self._stream.encode(self._planes, None, 40, key=True)
        except VpxFailed as error:
            raise EncodingFailed(str(error)) from None

    def encode(self, picture: Picture, blocks: Blocks, level: int, *, key: bool = False) -> bytes:
        width, height = self._size
        whole = [Rect(0, 0, width, height)]
        self._planes.take(picture, whole if key else rects_of(blocks, width, height))
        try:
            return self._stream.encode(self._planes, blocks, level, key=key)
        except VpxFailed as error:
            raise EncodingFailed(str(error)) from None

    def close(self) -> None:
        self._stream.close()
