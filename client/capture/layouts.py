"""Which part of the desktop is shown, and under which number."""

from collections.abc import Sequence

from client.platform.desktop import Monitor
from client.session.geometry import NOWHERE, Rect, around
from protocol.screen import Layout, MonitorView

ALL = 0

_REMEMBERED = 16


class Layouts:
    """For one epoch. Every change of the monitors or of what is shown makes a new number."""

    def __init__(self, shown: int = ALL) -> None:
        self._monitors: tuple[Monitor, ...] = ()
        self._areas: dict[int, Rect] = {}
        self.shown = shown
        self.number = 0

    @property
    def area(self) -> Rect:
        """What is shown, in pixels of the desktop."""
        return self._areas.get(self.number, NOWHERE)

    def found(self, monitors: Sequence[Monitor]) -> bool:
        """These monitors are there now; whether anything is new."""
        if tuple(monitors) == self._monitors:
            return False
        self._monitors = tuple(monitors)
        if self.shown not in {one.id for one in self._monitors}:
            self.shown = ALL
        self._count()
        return True

    def show(self, monitor: int) -> bool:
        """Show one monitor or `ALL`; whether that is new and possible."""
        known = {ALL, *(one.id for one in self._monitors)}
        if monitor == self.shown or monitor not in known:
            return False
        self.shown = monitor
        self._count()
        return True

    def place(self, layout: int, x: int, y: int) -> tuple[int, int] | None:
        """Where a pixel of the picture of that layout lies on the desktop; None: nowhere."""
        area = self._areas.get(layout, NOWHERE)
        found = area.x + x, area.y + y
        return found if area.holds(*found) else None

    def message(self) -> Layout:
        """What the viewers are told."""
        return Layout(
            number=self.number,
            monitors=tuple(
                MonitorView(id=one.id, name=one.name, **one.rect._asdict(), scale=one.scale)
                for one in self._monitors
            ),
            shown=self.shown,
            width=self.area.width,
            height=self.area.height,
        )

    def _count(self) -> None:
        self.number += 1
        rects = tuple(one.rect for one in self._monitors if self.shown in (ALL, one.id))
        self._areas[self.number] = around(rects)
        self._areas.pop(self.number - _REMEMBERED, None)
