"""What the picker lists: programs and their windows, and what of them is chosen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from client.platform.base import Unavailable
from client.platform.desktop import CursorShape, Window
from client.session.permit import WindowKey
from client.session.share_state import Choice


class WindowList(Protocol):
    """What the picker needs of a `client.platform.desktop.DesktopView`."""

    def windows(self) -> tuple[Window, ...]: ...

    def others(self) -> tuple[Window, ...]: ...

    def icon(self, window: int) -> CursorShape | None: ...

    def close(self) -> None: ...


class WindowSource(Protocol):
    """What it needs of a `client.platform.desktop.Desktop`."""

    def view(self) -> WindowList | Unavailable: ...


@dataclass(frozen=True, slots=True)
class ListedWindow:
    """A window that can be chosen; `shown` is False for one that is not on the screen now."""

    key: WindowKey
    title: str
    shown: bool


@dataclass(frozen=True, slots=True)
class ListedProgram:
    """A program with its windows, the topmost first."""

    program: str
    name: str
    windows: tuple[ListedWindow, ...]


def listed(shown: Iterable[Window], others: Iterable[Window]) -> tuple[ListedProgram, ...]:
    """The programs in the order of their names.

    Left out are our own windows, the wallpaper and docks, menus, windows of which nobody knows
    whose they are, and what belongs to a window of the same program (a dialog goes with its
    window).
    """
    everything = [*((one, True) for one in shown), *((one, False) for one in others)]
    owners = {one.id: one.program for one, _ in everything}
    names: dict[str, str] = {}
    windows: dict[str, dict[int, ListedWindow]] = {}
    for one, is_shown in everything:
        nobodys = not (one.pid or one.program)
        if one.own or one.desktop or one.passing or nobodys:
            continue
        if owners.get(one.owner) == one.program:
            continue
        names.setdefault(one.program, one.name or one.program)
        of_program = windows.setdefault(one.program, {})
        of_program.setdefault(one.id, ListedWindow(one.key, one.title, is_shown))
    programs = [
        ListedProgram(program, names[program], tuple(of_program.values()))
        for program, of_program in windows.items()
    ]
    return tuple(sorted(programs, key=lambda one: (one.name.casefold(), one.program)))


def choice_of(
    programs: Sequence[ListedProgram], ticked: Mapping[str, frozenset[WindowKey]], *, new: bool
) -> Choice:
    """The choice that these ticks make. A program counts as chosen whole when all its windows
    are ticked."""
    apps: set[str] = set()
    windows: set[WindowKey] = set()
    for one in programs:
        ticks = ticked.get(one.program, frozenset())
        chosen = {window.key for window in one.windows if window.key in ticks}
        whole = bool(chosen) and len(chosen) == len(one.windows)
        if whole:
            apps.add(one.program)
        if not whole or not new:
            windows |= chosen
    return Choice(apps=frozenset(apps), windows=frozenset(windows), new=new)


def is_ticked(window: ListedWindow, choice: Choice) -> bool:
    """Whether a window that the list has not had before is ticked from the start."""
    key = window.key
    return key in choice.windows or (choice.new and key.program in choice.apps)
