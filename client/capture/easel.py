"""Where pictures become frames, within what link and processor bear."""

import time
from collections.abc import Iterator
from itertools import islice

from client.capture.budget import Budget
from client.capture.codecs import Codecs
from client.capture.effort import Effort
from client.capture.motion import Motion
from client.capture.pacer import Pacer
from client.capture.pictures import Pictures
from client.capture.scene import Seen
from client.capture.terms import Terms
from client.session.geometry import Rect
from protocol.picture import Codec


class Easel:
    """For one epoch. `codecs` are those of which the first that bears the work is used."""

    def __init__(self, codecs: Codecs, pacer: Pacer) -> None:
        self._codecs = codecs
        self._pacer = pacer
        self._budget = Budget()
        self._pictures: Pictures | None = None
        self.effort = Effort()

    @property
    def empty(self) -> bool:
        """Whether nothing can follow: the next frame must be whole."""
        return self._pictures is None

    def improving_at(self) -> float | None:
        """When something of what is still may be improved."""
        pictures = self._pictures
        return None if pictures is None else pictures.next_improving(self._terms())

    def whole(
        self, seen: Seen, number: int, area: Rect, common: Iterator[Codec], now: float
    ) -> bytes:
        """A key frame. `number` and `area` are the layout's. Raises `EncodingFailed`."""
        codec = next(islice(common, self.effort.steps, None), None)
        kept = self._pictures
        if kept is None or (kept.codec, kept.number) != (codec, number):
            self.close()
            kept = self._pictures = Pictures(number, area, self._motion(codec, area))
        return kept.whole(seen, self._terms(), now)

    def change(self, seen: Seen, common: Iterator[Codec], now: float) -> bytes:
        """What has changed. Raises `EncodingFailed`."""
        pictures = self._pictures
        if pictures is None:
            return b""
        began = time.monotonic()
        payload = pictures.change(seen, self._terms(), now)
        if pictures.moved:
            self._budget.moved(pictures.moved, self._pacer.rate())
            if self.effort.moved(time.monotonic() - began, now):
                codec = next(islice(common, self.effort.steps, None), None)
                pictures.use(self._motion(codec, pictures.area))
        return payload

    def improved(self, seen: Seen, now: float) -> bytes | None:
        """Some of what is still, more exactly. Raises `EncodingFailed`."""
        pictures = self._pictures
        return None if pictures is None else pictures.improved(seen, self._terms(), now)

    def give_up(self, why: str) -> None:
        """The codec in use has failed: never again, and everything anew."""
        pictures = self._pictures
        if pictures is not None and pictures.codec is not None:
            self._codecs.give_up(pictures.codec, why)
        self.close()

    def close(self) -> None:
        """Give back what is held; a whole frame begins anew."""
        if self._pictures is not None:
            self._pictures.close()
            self._pictures = None

    def _motion(self, codec: Codec | None, area: Rect) -> Motion | None:
        if codec is None:
            return None
        return Motion(self._codecs.encoder(codec, area.width, area.height), area.width, area.height)

    def _terms(self) -> Terms:
        return self._budget.terms(self._pacer.rate(), self._pacer.most())
