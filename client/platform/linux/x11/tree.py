"""The windows right below the root, as the events say: which there are, where, in which order.

Pure. Events come in the order in which the server did things, so that every state between two
looks is known. A window that has been seen nowhere before is a sign that something was missed
(`lost`): then everything has to be read again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from client.platform.linux.x11.events import (
    Adopted,
    Created,
    Gone,
    Moved,
    Shifted,
    Shown,
    Turned,
    WindowEvent,
)
from client.session.geometry import Rect


@dataclass(eq=False, slots=True)
class Top:
    """A window right below the root, from its creation to its end; another one under the same
    number is another object. `child` is the window that a window manager put into it last, `shapes`
    counts how often its shape was changed."""

    id: int
    rect: Rect
    mapped: bool = False
    child: int = 0
    shapes: int = 0


class Standing(NamedTuple):
    """A window on the screen in one state."""

    top: Top
    rect: Rect
    shapes: int


@dataclass(slots=True)
class Tree:
    """`order` has the lowest window first. Bits of `own_bits` tell windows of one program apart; a
    number without any other bit is the server's own window, such as the one that a compositor
    draws everything on."""

    root: int
    own_bits: int
    screen: Rect
    tops: dict[int, Top] = field(default_factory=dict)
    order: list[Top] = field(default_factory=list)
    lost: bool = False

    def standing(self) -> tuple[Standing, ...]:
        """The windows on the screen, the topmost first."""
        return tuple(
            Standing(one, one.rect, one.shapes) for one in reversed(self.order) if one.mapped
        )

    def reshaped(self, window: int) -> bool:
        """A window has another shape; whether anything on the screen is different."""
        top = self.tops.get(window)
        if top is None:
            return False
        top.shapes += 1
        return top.mapped

    def fill(self, tops: Iterable[Top]) -> None:
        """What was read anew, the lowest first."""
        self.order = [one for one in tops if one.id & ~self.own_bits]
        self.tops = {one.id: one for one in self.order}
        self.lost = False

    def apply(self, event: WindowEvent) -> bool:
        """Take in what was told to the root window; whether anything on the screen is different."""
        if event.window != self.root and not event.window & ~self.own_bits:
            return False
        if isinstance(event, Created):
            return event.parent == self.root and self._add(event.window, event.rect)
        if isinstance(event, Adopted):
            return self._adopted(event)
        if isinstance(event, Moved) and event.window == self.root:
            self.screen = Rect(0, 0, event.rect.width, event.rect.height)
            return True
        top = self.tops.get(event.window)
        if isinstance(event, Gone):
            return self._remove(top)
        if top is None:
            self.lost = self.lost or event.window != self.root
            return False
        return self._changed(top, event)

    def _changed(self, top: Top, event: WindowEvent) -> bool:
        match event:
            case Shown(_, on):
                different = top.mapped != on
                top.mapped = on
                return different
            case Moved(_, above, rect):
                different = top.rect != rect
                top.rect = rect
                return (self._restack(top, above) or different) and top.mapped
            case Shifted(_, x, y):
                top.rect = Rect(x, y, top.rect.width, top.rect.height)
                return top.mapped
            case Turned(_, on_top):
                self.order.remove(top)
                self.order.insert(len(self.order) if on_top else 0, top)
                return top.mapped
        return False

    def _add(self, window: int, rect: Rect) -> bool:
        self._remove(self.tops.get(window))
        top = self.tops[window] = Top(window, rect)
        self.order.append(top)
        return False

    def _remove(self, top: Top | None) -> bool:
        if top is None:
            return False
        del self.tops[top.id]
        self.order.remove(top)
        return top.mapped

    def _adopted(self, event: Adopted) -> bool:
        if event.parent == self.root:
            # Unmapped, it moves to the top of the root's children; its place comes with its next
            # event, which is there before it is shown, or it is read again.
            self.lost = True
            return self._add(event.window, Rect(0, 0, 0, 0))
        different = self._remove(self.tops.get(event.window))
        parent = self.tops.get(event.parent)
        if parent is not None:
            parent.child = event.window
        return different

    def _restack(self, top: Top, above: int) -> bool:
        place = self.order.index(top)
        below = self.tops.get(above)
        if above and below is None:
            self.lost = True
            return False
        wanted = below if above else None
        if (self.order[place - 1] if place else None) is wanted:
            return False
        del self.order[place]
        self.order.insert(self.order.index(below) + 1 if below is not None else 0, top)
        return True
