"""Who watches, what they can decode, and when a key frame is due. Pure: time comes in.

Key frames are large and everybody gets them, so a viewer that keeps asking must not make the
picture worse for the others.
"""

from collections.abc import Collection, Set
from dataclasses import dataclass

from protocol.picture import Codec

KEY_S = 0.5
"""Least time between key frames."""

AGAIN_S = 2.0
"""Least time between a key frame and the next one for somebody who had one already."""


@dataclass(frozen=True, slots=True)
class _Demand:
    since: float
    again: bool


class Viewers:
    """For one epoch. Viewers are participant numbers."""

    def __init__(self) -> None:
        self._codecs: dict[int, frozenset[Codec]] = {}
        self._demands: dict[int, _Demand] = {}
        self._served: set[int] = set()
        self._last_key: float | None = None

    @property
    def watching(self) -> frozenset[int]:
        """Everybody who said `Watch` and is still there."""
        return frozenset(self._codecs)

    def ask(self, viewer: int, codecs: Collection[Codec], now: float) -> None:
        """A viewer said `Watch`."""
        self._codecs[viewer] = frozenset(codecs)
        if viewer not in self._demands:
            self._demands[viewer] = _Demand(now, again=viewer in self._served)

    def leave(self, viewer: int) -> None:
        """A viewer said `Unwatch`, does not answer, or may not see any longer."""
        self._codecs.pop(viewer, None)
        self._demands.pop(viewer, None)

    def keep(self, allowed: Set[int]) -> None:
        """Only these may see."""
        for viewer in self.watching - allowed:
            self.leave(viewer)

    def due(self) -> float | None:
        """When a key frame is due that was asked for; None: nobody asked."""
        return min((self._due(demand) for demand in self._demands.values()), default=None)

    def admit(self, now: float) -> frozenset[int]:
        """Whom the key frame serves that is made now: everybody who asked for one."""
        asked = frozenset(self._demands)
        self._served |= asked
        self._demands.clear()
        self._last_key = now
        return asked

    def codecs(self) -> list[Codec]:
        """What all can decode, the better first."""
        return [one for one in Codec if all(one in they for they in self._codecs.values())]

    def _due(self, demand: _Demand) -> float:
        if self._last_key is None:
            return demand.since
        return max(demand.since, self._last_key + (AGAIN_S if demand.again else KEY_S))
