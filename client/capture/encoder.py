"""From pixels to bytes: a stream of what moves. Belongs to one epoch and one size of picture."""

from client.capture.colour import Picture, Planes
from client.capture.tiles import Blocks, rects_of
from client.capture.vpx import VpxEncoder
from client.capture.vpx_library import Library, VpxFailed
from client.session.geometry import Rect
from protocol.picture import Codec

GREY_LEVEL = 40
"""Of a picture that is grey all over, any level is exact."""


class EncodingFailed(Exception):
    """The codec refused; the text is for the log. The encoder is of no use any longer."""


class StreamEncoder:
    """Used in one thread. Raises `EncodingFailed` wherever the codec refuses."""

    def __init__(self, library: Library, codec: Codec, width: int, height: int) -> None:
        self.codec = codec
        self._size = (width, height)
        self._planes = Planes(width, height, codec)
        try:
            self._stream = VpxEncoder(library, codec, width, height)
        except VpxFailed as error:
            raise EncodingFailed(str(error)) from None

    def begin(self) -> bytes:
        """The stream's first frame: grey all over, nothing of the screen is in it."""
        self._planes = Planes(*self._size, self.codec)
        return self._encoded(None, GREY_LEVEL, key=True)

    def encode(self, picture: Picture, blocks: Blocks, level: int, *, key: bool = False) -> bytes:
        """These blocks of the picture, at this level (0 to 63, coarser); or everything anew, in a
        `key` frame. Other blocks stay what they were."""
        width, height = self._size
        whole = [Rect(0, 0, width, height)]
        self._planes.take(picture, whole if key else rects_of(blocks, width, height))
        return self._encoded(blocks, level, key=key)

    def close(self) -> None:
        """Give back what is held; a second call does nothing."""
        self._stream.close()

    def _encoded(self, blocks: Blocks | None, level: int, *, key: bool) -> bytes:
        try:
            return self._stream.encode(self._planes, blocks, level, key=key)
        except VpxFailed as error:
            raise EncodingFailed(str(error)) from None
