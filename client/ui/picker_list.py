"""What the picker lists: programs and their windows, and what of them is chosen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from client.platform.base import Unavailable
from client.platform.desktop import CursorShape, Window
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

    id: int
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

    Left out are our own windows, the wallpaper and docks, menus, and what belongs to a window
    of the same program (a dialog goes with its window).
    """
    everything = [*((one, True) for one in shown), *((one, False) for one in others)]
    owners = {one.id: one.program for one, _ in everything}
    names: dict[str, str] = {}
    windows: dict[str, dict[int, ListedWindow]] = {}
    for one, is_shown in everything:
        if one.own or one.desktop or one.passing or owners.get(one.owner) == one.program:
            continue
        names.setdefault(one.program, one.name or one.program)
        of_program = windows.setdefault(one.program, {})
        of_program.setdefault(one.id, ListedWindow(one.id, one.title, is_shown))
    programs = [
        ListedProgram(program, names[program], tuple(of_program.values()))
        for program, of_program in windows.items()
    ]
    return tuple(sorted(programs, key=lambda one: (one.name.casefold(), one.program)))


def choice_of(
    programs: Sequence[ListedProgram], ticked: Mapping[str, frozenset[int]], *, new: bool
) -> Choice:
    """The choice that these ticks make. A program counts as chosen whole when all its windows
    are ticked."""
    apps: set[str] = set()
    windows: set[int] = set()
    for one in programs:
        chosen = ticked.get(one.program, frozenset()) & {window.id for window in one.windows}
        whole = bool(chosen) and len(chosen) == len(one.windows)
        if whole:
            apps.add(one.program)
        if not whole or not new:
            windows |= chosen
    return Choice(apps=frozenset(apps), windows=frozenset(windows), new=new)


def is_ticked(program: str, window: int, choice: Choice) -> bool:
    """Whether a window that the list has not had before is ticked from the start."""
    return window in choice.windows or (choice.new and program in choice.apps)
