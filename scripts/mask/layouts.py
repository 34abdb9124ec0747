"""Random layouts of imagined windows through the real cover: does anything get through?"""

import random
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from client.capture.cover import FLAT, Cover
from client.platform.desktop import Window
from client.session.geometry import Rect
from client.session.permit import Permit
from scripts.mask.imagined import PROGRAMS, SCREEN, Server, histories

Pixels = NDArray[Any]

FRAMES = 6
"""Pictures of each layout while it changes, before one when all is still."""

SETTLED_S = 10.0


class Result(NamedTuple):
    """Pixels of windows that are not shared; of the shared ones, when all was still and every
    program had painted, how many there were and how many were shown; and what a mask by the list
    of windows after the grab alone would have let through."""

    leaked: int = 0
    shared: int = 0
    shown: int = 0
    by_list: int = 0

    def plus(self, other: "Result") -> "Result":
        """Both together."""
        return Result(*(one + two for one, two in zip(self, other, strict=True)))


class _Layout:
    """One history of windows, what is shared of them, and the cover that is tried."""

    def __init__(self, chance: random.Random) -> None:
        self.server = Server(chance)
        self.area = chance.choice((SCREEN, Rect(0, 0, 90, 100), Rect(70, 20, 90, 60)))
        self.cover = Cover(self.area)
        self.apps = frozenset(str(one) for one in range(1, PROGRAMS + 1) if chance.random() < 0.4)
        self.single = [one for one in self.server.windows if chance.random() < 0.1]
        keys = frozenset(one.key for one in self.single)
        self.permit = Permit(1, 1, frozenset({1}), apps=self.apps, windows=keys)

    def frame(self, now: float) -> Result:
        """A picture in the middle of changes: some before it that are known, some that are not,
        some after the grab."""
        self._something_happens()
        self.cover.look(self.permit, self.server.moments(), now)
        self._something_happens()
        picture = self._grab()
        self._something_happens()
        moments = self.server.moments()
        by_list = self._secret(picture)[self._shared_now()].sum()
        self.cover.paint_over(_as_bytes(picture), self.permit, moments, now)
        return Result(leaked=int(self._secret(picture).sum()), by_list=int(by_list))

    def still(self, now: float) -> Result:
        """A picture when every program has painted and nothing happens any longer."""
        self.server.paint_everything()
        for earlier in (SETTLED_S, 0):
            self.cover.look(self.permit, self.server.moments(), now - earlier)
        picture, shared = self._grab(), self._shared_now()
        self.cover.paint_over(_as_bytes(picture), self.permit, self.server.moments(), now)
        shown = int((picture != FLAT)[shared].sum())
        return Result(int(self._secret(picture).sum()), int(shared.sum()), shown)

    def _something_happens(self) -> None:
        for _ in range(self.server.chance.choice((0, 0, 1, 1, 2, 5))):
            self.server.step()

    def _is_shared(self, window: Window) -> bool:
        """What the customer meant, said in another way than the mask does."""
        chosen = {one.title for one in self.single}
        owners = {one.title for one in self.server.opened if one.id == window.owner}
        return window.program in self.apps or not chosen.isdisjoint({window.title, *owners})

    def _secret(self, picture: Pixels) -> Pixels:
        shared = [int(one.title) for one in self.server.opened if self._is_shared(one)]
        return ~np.isin(picture, [FLAT, *shared])

    def _shared_now(self) -> Pixels:
        """Where the topmost window is a shared one now."""
        there = self.server.on_screen()
        shared = {one.id: (one.pid, one.program) for one in there if self._is_shared(one)}
        numbers = [
            one.id
            for one in there
            if one.id in shared
            and (
                one.program in self.apps
                or shared.get(one.owner or one.id) == (one.pid, one.program)
            )
        ]
        return np.isin(_part(self.server.tops(), self.area), numbers)

    def _grab(self) -> Pixels:
        return np.ascontiguousarray(_part(self.server.pixels, self.area), np.uint32)


def run(count: int, seed: int = 0) -> Result:
    """`count` layouts, the same ones for the same `seed`."""
    total = Result()
    for chance in histories(count, seed):
        layout, now = _Layout(chance), 1000.0
        for _ in range(FRAMES):
            now += chance.choice((0.01, 0.033, 0.1, 0.4))
            total = total.plus(layout.frame(now))
        total = total.plus(layout.still(now + 2 * SETTLED_S))
    return total


def _part(pixels: Pixels, area: Rect) -> Pixels:
    return pixels[area.y : area.bottom, area.x : area.right]


def _as_bytes(picture: Pixels) -> NDArray[np.uint8]:
    return picture.view(np.uint8).reshape(*picture.shape, 4)
