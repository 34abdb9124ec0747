"""When the next frame may be made: from what the viewers have drawn. Pure: time comes in.

A frame that could not be sent is not made, so nothing ever waits to be sent and what is made
shows the newest picture. At most about `LINK_S` of a link's time waits before it, so that what is
said in the chat meanwhile does not wait longer; a frame is made when half of that is free. The pace
is that of the viewer who is ahead of the others; who lags behind loses frames at the relay.

The rate is that of Keshav's packet pair ("A control-theoretic approach to flow control", 1991),
with frames for packets: of two frames that queued one behind the other, the second is acknowledged
as much later as the link took for it. Others say only that the link is at least so fast: as many
bytes arrived, from the answer before a frame was sent until its own, as BBR counts them (Cardwell
et al., "BBR: congestion-based congestion control", ACM Queue 14, 2016).
"""

import math
from collections import OrderedDict
from collections.abc import Set
from dataclasses import dataclass, field

LINK_S = 0.18
"""Most link time of what is under way beyond one round trip."""

FRAMES = 2
"""Most frames under way while the rate of a link is not known."""

SMALL_BYTES = 8_000
"""So much may be under way on any link: small changes never tell how fast a link is."""

ANSWER_S = 5.0
"""A viewer that is owed an acknowledgement for longer than this counts as gone."""

SLOWEST_BYTES_S = 16_000
"""The slowest link that is waited for: a large frame takes as long on it as it takes."""

_KEEP = 0.7
"""Weight of all earlier measurements against the newest."""

_LEAST_S = 0.001
_KEPT = 1024


@dataclass(frozen=True, slots=True)
class _Sent:
    """A frame under way; `total` counts all bytes up to its end."""

    at: float
    total: int


@dataclass(slots=True)
class _Viewer:
    """`arrived` counts the bytes up to the end of frame `drawn`; the link took `busy_s` for
    `moved` bytes, older ones counting less."""

    drawn: int
    arrived: int
    drawn_at: float = 0.0
    waits_since: float | None = None
    trip: float = math.inf
    """The shortest there was: with a queue before it, a link looks longer than it is."""
    moved: float = 0.0
    busy_s: float = 0.0
    begun: OrderedDict[int, tuple[int, float]] = field(default_factory=OrderedDict)
    """For each frame under way, what had arrived when it was sent, and since when that counts."""

    def send(self, seq: int, now: float, *, alone: bool) -> None:
        """A frame is sent; `alone`: nothing else is under way."""
        self.begun[seq] = (self.arrived, now if alone else max(self.drawn_at, 0.0))
        while len(self.begun) > _KEPT:
            self.begun.popitem(last=False)

    def forget_until(self, seq: int) -> tuple[int, float] | None:
        """What was noted of frame `seq`; it and all before are answered."""
        noted = self.begun.get(seq)
        while self.begun and next(iter(self.begun)) <= seq:
            self.begun.popitem(last=False)
        return noted

    @property
    def rate(self) -> float | None:
        return self.moved / self.busy_s if self.busy_s else None

    def measure(self, size: int, sent_at: float, least: float, now: float) -> None:
        """`size` bytes, sent at `sent_at` after those before, have arrived and been answered;
        the link takes `least` bytes a second or more."""
        self.trip = min(self.trip, now - sent_at)
        queued = sent_at + self.trip < self.drawn_at
        if queued:
            self.moved = self.moved * _KEEP + size
            self.busy_s = self.busy_s * _KEEP + max(_LEAST_S, now - self.drawn_at)
        elif self.rate is None or least > self.rate:
            self.moved, self.busy_s = size, size / least


class Pacer:
    """For one epoch. Viewers are participant numbers, frames are numbered without holes."""

    def __init__(self) -> None:
        self._viewers: dict[int, _Viewer] = {}
        self._frames: OrderedDict[int, _Sent] = OrderedDict()
        self._newest = 0
        self._total = 0

    @property
    def viewers(self) -> Set[int]:
        """Who is watching."""
        return self._viewers.keys()

    def watch(self, viewer: int) -> None:
        """A viewer is ready, or begins anew: what was sent before is no longer owed. Who may say
        so how often is decided before (`client.capture.viewers`)."""
        held = self._viewers.get(viewer)
        fresh = _Viewer(self._newest, self._total)
        if held is not None:
            fresh.moved, fresh.busy_s = held.moved, held.busy_s
        self._viewers[viewer] = fresh

    def forget(self, viewer: int) -> None:
        """A viewer does not watch any longer."""
        self._viewers.pop(viewer, None)

    def sent(self, seq: int, size: int, now: float) -> None:
        """Frame `seq` of `size` bytes has been handed over."""
        for viewer in self._viewers.values():
            viewer.send(seq, now, alone=viewer.drawn == self._newest)
        self._total += size
        self._newest = seq
        self._frames[seq] = _Sent(now, self._total)
        while len(self._frames) > _KEPT:
            self._frames.popitem(last=False)
        for viewer in self._viewers.values():
            if viewer.waits_since is None:
                viewer.waits_since = now

    def acknowledged(self, viewer: int, seq: int, now: float) -> None:
        """`viewer` has drawn frame `seq`, and with it all before. Others are not believed: an
        unknown viewer, a frame that was never sent, one that was acknowledged already."""
        held = self._viewers.get(viewer)
        frame = self._frames.get(seq)
        if held is None or frame is None or seq <= held.drawn:
            return
        first = self._frames.get(held.drawn + 1, frame)
        size = frame.total - held.arrived
        arrived, since = held.forget_until(seq) or (held.arrived, first.at)
        least = (frame.total - arrived) / max(_LEAST_S, now - since)
        held.measure(size, first.at, max(1.0, least), now)
        held.drawn, held.arrived, held.drawn_at = seq, frame.total, now
        held.waits_since = now if seq < self._newest else None

    def may_send(self) -> bool:
        """Whether a frame may be made now: some viewer has room for it."""
        return any(self._room(viewer) for viewer in self._viewers.values())

    def most(self) -> int | None:
        """Bytes that the next frame may have, at least a few; None: the link is not known."""
        rooms = [self._span(one) for one in self._viewers.values() if one.rate is not None]
        return int(max([SMALL_BYTES / 2, *rooms])) if rooms else None

    def idle(self) -> bool:
        """Whether some viewer has drawn everything, so that its link is unused."""
        return any(viewer.drawn == self._newest for viewer in self._viewers.values())

    def rate(self) -> float | None:
        """Bytes a second of the fastest viewer's link; None: not known yet."""
        rates = [viewer.rate for viewer in self._viewers.values() if viewer.rate is not None]
        return max(rates, default=None)

    def gone(self, now: float) -> frozenset[int]:
        """Viewers that have not answered for too long."""
        return frozenset(
            number for number, viewer in self._viewers.items() if now >= self._patience(viewer)
        )

    def next_gone(self) -> float | None:
        """When `gone` may say something new; None: nobody owes an answer."""
        waits = [one for one in self._viewers.values() if one.waits_since is not None]
        return min((self._patience(one) for one in waits), default=None)

    def _room(self, viewer: _Viewer) -> bool:
        frames = self._newest - viewer.drawn
        if frames <= 0:
            return True
        if viewer.rate is None:
            return frames < FRAMES
        if self._total - viewer.arrived <= SMALL_BYTES:
            return True
        return self._span(viewer) >= viewer.rate * LINK_S / 2

    def _span(self, viewer: _Viewer) -> float:
        """Bytes that may still be sent to it."""
        rate = viewer.rate or 0.0
        trip = viewer.trip if viewer.trip < math.inf else 0.0
        return rate * (trip + LINK_S) - (self._total - viewer.arrived)

    def _patience(self, viewer: _Viewer) -> float:
        if viewer.waits_since is None:
            return math.inf
        owed = self._total - viewer.arrived
        return viewer.waits_since + max(ANSWER_S, owed / SLOWEST_BYTES_S)
