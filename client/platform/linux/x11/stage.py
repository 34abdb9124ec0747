"""The windows on the screen as the rest of the program knows them, made of places and facts. Pure.

A window of which nothing is known yet belongs to nobody, so that it is never shown by mistake.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from client.platform.desktop import Window
from client.platform.linux.x11.facts import Facts
from client.platform.linux.x11.tree import Standing, Top
from client.session.geometry import Rect


class Known(NamedTuple):
    """What was asked about a window; `shapes` and `child` are those of its `Top` at that time."""

    facts: Facts
    shapes: int
    child: int

    def fits(self, shapes: int, rect: Rect) -> bool:
        """Whether shape and opaque parts are those of a window of this shape and size."""
        same_size = self.facts.size == (rect.width, rect.height)
        plain = self.facts.shape is None and self.facts.solid is None
        return shapes == self.shapes and (plain or same_size)


class Stage:
    """Keeps the facts about windows: the newest, and those before for what happened before."""

    def __init__(self, own_pid: int) -> None:
        self._own_pid = own_pid
        self._known: dict[Top, tuple[Known, ...]] = {}
        self._doubted: set[Top] = set()

    def unknown(self, standings: Sequence[Standing]) -> list[Top]:
        """The windows that have to be asked about, each once."""
        return [top for top in dict.fromkeys(one.top for one in standings) if self._asks(top)]

    def learn(self, top: Top, facts: Facts) -> None:
        """What was read about a window."""
        newest = Known(facts, top.shapes, top.child)
        self._known[top] = (newest, *self._known.get(top, ())[:1])
        self._doubted.discard(top)

    def doubt(self, window: int) -> None:
        """A property of a window, or of one inside a frame, has changed."""
        for top, (known, *_) in self._known.items():
            if window == top.id or window in known.facts.inside:
                self._doubted.add(top)

    def keep(self, tops: Collection[Top]) -> None:
        """Forget the windows that do not exist any longer."""
        there = set(tops)
        self._known = {top: known for top, known in self._known.items() if top in there}
        self._doubted &= there

    def windows(self, standings: Sequence[Standing]) -> tuple[Window, ...]:
        """The list of them, the topmost first."""
        made = [self._window(one) for one in standings]
        return _related(tuple(one for one in made if one is not None), self._leaders())

    def _asks(self, top: Top) -> bool:
        known = self._known.get(top)
        if known is None or top in self._doubted:
            return True
        return known[0].child != top.child or not known[0].fits(top.shapes, top.rect)

    def _window(self, standing: Standing) -> Window | None:
        versions = self._known.get(standing.top)
        rect = standing.rect
        if versions is None:
            return Window(standing.top.id, 0, "", "", "", rect, passing=True)
        fitting = next((one for one in versions if one.fits(standing.shapes, rect)), None)
        facts = (fitting or versions[0]).facts
        one = facts.identity
        if not facts.drawn:
            return None
        return Window(
            one.window,
            one.pid,
            "" if facts.nobodys else one.program,
            "" if facts.nobodys else one.name,
            one.title,
            rect,
            owner=one.owner,
            own=one.pid == self._own_pid,
            passing=facts.passing,
            desktop=one.desktop,
            shape=_placed(facts.shape, rect) if fitting else (),
            solid=_placed(facts.solid, rect) if fitting else (),
        )

    def _leaders(self) -> dict[int, int]:
        return {
            known.facts.identity.window: known.facts.identity.leader
            for known, *_ in self._known.values()
        }


def _placed(parts: tuple[Rect, ...] | None, rect: Rect) -> tuple[Rect, ...] | None:
    return None if parts is None else tuple(one.moved(rect.x, rect.y) for one in parts)


def _related(windows: tuple[Window, ...], leaders: dict[int, int]) -> tuple[Window, ...]:
    """Menus and tooltips often do not say whose they are, and have a class of their own. They
    belong to the one window of their process, or of the group they name; where there are several,
    nobody can tell. Where all windows of a process are one program's, so are its menus."""
    mains = [one for one in windows if not one.passing and one.pid]
    per_process = Counter(one.pid for one in mains)
    programs: dict[int, set[str]] = {}
    for one in mains:
        programs.setdefault(one.pid, set()).add(one.program)
    numbers = {one.id for one in windows}

    def owner(one: Window) -> int:
        leader = leaders.get(one.id, 0)
        if one.owner in numbers:
            return one.owner
        alike = [
            other.id
            for other in mains
            if other.pid == one.pid
            and (per_process[one.pid] == 1 or (leader and leaders.get(other.id) == leader))
        ]
        return alike[0] if len(alike) == 1 else 0

    def adopted(one: Window) -> Window:
        if not one.passing or not one.pid or one.own:
            return one
        program = programs.get(one.pid, set())
        known = replace(one, program=next(iter(program))) if len(program) == 1 else one
        return replace(known, owner=owner(one))

    return tuple(adopted(one) for one in windows)
