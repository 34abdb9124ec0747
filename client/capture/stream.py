"""From what is seen to the payloads of frames: one layout in one codec."""

from client.capture.encoder import Encoder
from client.capture.quality import Quality
from client.capture.scene import Seen
from client.capture.tiles import shape_of
from client.session.geometry import Rect
from protocol.screen import Codec, PictureHead


class Stream:
    """Begins with a key frame. `layout` and `area` are what its pictures show."""

    def __init__(self, encoder: Encoder, layout: int, area: Rect) -> None:
        self._encoder = encoder
        self._quality = Quality(*shape_of(area.width, area.height), encoder.finest)
        self._head = PictureHead(encoder.codec, layout % 256, area.width, area.height).pack()
        self.layout = layout

    @property
    def codec(self) -> Codec:
        return self._encoder.codec

    def frame(self, seen: Seen, rate: float | None, now: float, *, key: bool) -> bytes:
        """What has changed, or everything in a `key` frame, for a link of `rate` bytes a second
        (None: not known). Raises `EncodingFailed`."""
        level = self._quality.level(seen.changed, rate, key=key)
        data = self._encoder.encode(seen.picture, seen.changed, level, key=key)
        self._quality.sent(seen.changed, level, now, everything=key)
        return self._head + data

    def refined(self, seen: Seen, rate: float | None, now: float) -> bytes | None:
        """Some of what has been still for a while, more exactly; None: nothing needs it now.

        Raises `EncodingFailed`.
        """
        step = self._quality.refining(rate, now)
        if step is None:
            return None
        data = self._encoder.encode(seen.picture, step.blocks, step.level, key=False)
        self._quality.refined(step, len(data))
        return self._head + data

    def next_refining(self) -> float | None:
        """When `refined` will have something to do; None: all is as exact as it gets."""
        return self._quality.next_refining()

    def close(self) -> None:
        """Give back what the encoder holds."""
        self._encoder.close()
