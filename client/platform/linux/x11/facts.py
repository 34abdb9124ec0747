"""What has to be asked about windows right below the root, beyond their place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from Xlib import X

from client.platform.linux.x11.identity import Identity, Reader, number, value
from client.platform.linux.x11.wire import Asking, reply
from client.session.geometry import Rect

DEPTH_WITH_ALPHA = 32

FRAMES = 3
"""Levels of windows below a frame among which the program's own one is looked for."""


@dataclass(frozen=True, slots=True)
class Facts:
    """`shape` and `solid` are in pixels of the window, border included, and hold while it has the
    size `size`; see `client.platform.desktop.Window`. `drawn` is false of one without pixels.
    `inside` are the windows in a frame, one of which may turn out to be a program's; until then
    the frame is `nobodys`."""

    identity: Identity
    passing: bool = False
    drawn: bool = True
    size: tuple[int, int] = (0, 0)
    shape: tuple[Rect, ...] | None = None
    solid: tuple[Rect, ...] | None = None
    inside: frozenset[int] = frozenset()
    nobodys: bool = False


class FactReader:
    """Asks for many windows at once."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._reader = Reader(asking)

    def read(self, tops: Sequence[int]) -> dict[int, Facts]:
        """Those that are still there."""
        asked = []
        for top in tops:
            self._asking.listen(top)
            attributes, geometry = self._asking.attributes(top), self._asking.geometry(top)
            veil = self._asking.property(top, "_NET_WM_WINDOW_OPACITY", 1)
            asked.append((top, attributes, geometry, self._asking.shape(top), veil))
        there = {
            top: answers
            for top, *questions in asked
            if all((answers := [reply(one) for one in questions])[:2])
        }
        framed = [
            top for top, (attributes, *_) in there.items() if not attributes.override_redirect
        ]
        inner, inside = self._programs_windows(framed)
        subjects = {top: inner.get(top, top) for top in there}
        corners = self._corners(subjects)
        identities = self._reader.read(set(subjects.values()))
        return {
            top: replace(
                _facts(identities[subjects[top]], answers, corners.get(top)),
                inside=frozenset(inside.get(top, ())),
                nobodys=top in inside and top not in inner,
            )
            for top, answers in there.items()
        }

    def identities(self, windows: Iterable[int]) -> dict[int, Identity]:
        """Of programs' own windows."""
        return self._reader.read(windows)

    def _programs_windows(self, tops: Sequence[int]) -> tuple[dict[int, int], dict[int, set[int]]]:
        """Below each frame the one window that has a state (ICCCM 4.1.3.1), and all that were
        asked. Where several have one they may take turns on the screen, and where none has one the
        window manager has not got to it yet: such a frame is nobody's."""
        found: dict[int, int] = {}
        inside: dict[int, set[int]] = {top: set() for top in tops}
        level = {top: [top] for top in tops}
        for _ in range(FRAMES):
            for top, windows in level.items():
                for window in {*windows} - {top}:
                    self._asking.listen(window)
                    inside[top].add(window)
            states = [
                (top, window, self._asking.property(window, "WM_STATE", 1))
                for top, windows in level.items()
                for window in windows
            ]
            hits: dict[int, list[int]] = {}
            for top, window, state in states:
                if value(reply(state)) is not None:
                    hits.setdefault(top, []).append(window)
            found |= {top: windows[0] for top, windows in hits.items() if len(windows) == 1}
            level = self._below({top: one for top, one in level.items() if top not in hits})
        return found, inside

    def _below(self, level: dict[int, list[int]]) -> dict[int, list[int]]:
        asked = [(top, self._asking.tree(one)) for top, windows in level.items() for one in windows]
        below: dict[int, list[int]] = {}
        for top, tree in asked:
            answer = reply(tree)
            children = answer.children if answer is not None else ()
            below.setdefault(top, []).extend(one.id for one in children)
        return below

    def _corners(self, subjects: dict[int, int]) -> dict[int, tuple[int, int]]:
        asked = {
            top: self._asking.place_in(window, top)
            for top, window in subjects.items()
            if window != top
        }
        answers = {top: reply(one) for top, one in asked.items()}
        return {top: (one.x, one.y) for top, one in answers.items() if one is not None}


def _facts(identity: Identity, answers: Sequence[Any], corner: tuple[int, int] | None) -> Facts:
    attributes, geometry, shape, veil = answers
    border = geometry.border_width
    width, height = geometry.width + 2 * border, geometry.height + 2 * border
    veiled = identity.veiled or number(value(veil), -1) not in (-1, 0xFFFFFFFF)
    solid: tuple[Rect, ...] | None = None
    if veiled:
        solid = ()
    elif geometry.depth == DEPTH_WITH_ALPHA:
        solid = _solid(identity, Rect(0, 0, width, height), corner or (0, 0), border)
    return Facts(
        identity,
        passing=bool(attributes.override_redirect),
        drawn=attributes.win_class != X.InputOnly,
        size=(width, height),
        shape=_shape(shape, border, Rect(0, 0, width, height)),
        solid=solid,
    )


def _solid(
    identity: Identity, whole: Rect, corner: tuple[int, int], border: int
) -> tuple[Rect, ...]:
    """What says it is opaque, less the shadow that the program draws: the two are told at
    different times while a window changes its size."""
    left, right, top, bottom = identity.border
    inner = Rect(left, top, whole.width - left - right, whole.height - top - bottom).within(whole)
    dx, dy = corner[0] + border, corner[1] + border
    parts = (one.moved(dx, dy).within(inner) for one in identity.opaque or ())
    return tuple(one for one in parts if one)


def _shape(answer: Any, border: int, whole: Rect) -> tuple[Rect, ...] | None:
    if answer is None:
        return None
    rects = tuple(
        Rect(one.x + border, one.y + border, one.width, one.height).within(whole)
        for one in answer.rectangles
    )
    return None if rects == (whole,) else rects
