"""The stream of what moves, and the pieces that carry it."""

from client.capture.colour import Picture
from client.capture.encoder import StreamEncoder
from client.capture.pieces import Made, filled, made
from client.capture.tiles import Blocks
from client.session.geometry import Rect
from protocol.picture import Codec, Piece, StreamHead, pack_areas

GOOD = 24
"""Level at which no difference is seen (47 dB on text)."""


class Motion:
    """For one layout. Raises `EncodingFailed` wherever something is encoded."""

    def __init__(self, encoder: StreamEncoder, width: int, height: int) -> None:
        self._encoder = encoder
        self._whole = Rect(0, 0, width, height)
        self.begun = False
        """Whether the viewers have the beginning of the stream."""

    @property
    def codec(self) -> Codec:
        return self._encoder.codec

    def begin(self) -> Made:
        """The stream begins anew; there is nothing of the screen in it yet."""
        self.begun = True
        return self._piece(self._encoder.begin(), [], key=True)

    def frame(self, picture: Picture, blocks: Blocks, rects: list[Rect], level: int) -> Made:
        """These blocks, which fill these rectangles."""
        return self._piece(self._encoder.encode(picture, blocks, level), rects, key=False)

    def improve(self, picture: Picture, blocks: Blocks, *, drawn: bool) -> Made:
        """These blocks so that no difference is seen; or only for the stream, not to be drawn."""
        blocks, rects = filled(blocks, picture)
        return self.frame(picture, blocks, rects if drawn else [], GOOD)

    def close(self) -> None:
        """Give back what the encoder holds."""
        self._encoder.close()

    def _piece(self, chunk: bytes, rects: list[Rect], *, key: bool) -> Made:
        head = StreamHead(self.codec, int(key), len(rects)).pack()
        return made(Piece.STREAM, self._whole, head + pack_areas(rects) + chunk)
