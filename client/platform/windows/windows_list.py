"""The windows of the desktop, by EnumWindows: it lists them from the top down.

Run under Wine, never on Windows.
"""

import os
from ctypes import byref

from client.platform.desktop import Window
from client.platform.windows import looks, processes, watermark
from client.platform.windows.api import EachWindow, call, text
from client.platform.windows.structures import DWORD

_OWNER = 4
_ROOT = 2
_STYLE, _STYLE_EX = -16, -20
_POPUP, _CAPTION, _TOOL = 0x8000_0000, 0x00C0_0000, 0x0000_0080

DESKTOP_CLASSES = frozenset(
    {"Progman", "WorkerW", "Shell_TrayWnd", "Shell_SecondaryTrayWnd", "NotifyIconOverflowWindow"}
)
PASSING_CLASSES = frozenset({"#32768", "tooltips_class32", "ComboLBox"})
"""#32768 is the class of menus."""

_HOST_CLASS, _HOSTED_CLASS = "ApplicationFrameWindow", "Windows.UI.Core.CoreWindow"
_ALONE = "*"
"""No file has this character in its name."""


def handles() -> list[int]:
    """All top-level windows, seen or not, the topmost first."""
    return _each()


def process_of(window: int) -> int:
    """The number of the process that made it; 0: it has gone."""
    pid = DWORD()
    call("GetWindowThreadProcessId", window, byref(pid))
    return pid.value


def root_of(window: int) -> int:
    """The top-level window that it belongs to."""
    return call("GetAncestor", window, _ROOT)


def shown() -> tuple[Window, ...]:
    """What is on the screen, the topmost first."""
    found = (described(one) for one in handles() if _is_shown(one))
    return tuple(one for one in found if one.rect and one.pid)


def hidden() -> tuple[Window, ...]:
    """Programs' windows that are minimised, or on another virtual desktop."""
    found = (described(one) for one in handles() if _is_away(one))
    return tuple(one for one in found if one.title and not (one.own or one.desktop or one.owner))


def described(window: int) -> Window:
    """Everything that is told of a window. One of our own is not asked for its title: that would
    wait for the window's thread."""
    pid, kind = process_of(window), text("GetClassNameW", window)
    own = pid == os.getpid()
    file, program = _program(window, pid, kind)
    rect, owner = looks.frame(window), call("GetWindow", window, _OWNER)
    opaque = looks.alpha(window, call("GetWindowLongPtrW", window, _STYLE_EX))
    return Window(
        id=window,
        pid=pid,
        program=program,
        name=processes.name(file),
        title="" if own else text("GetWindowTextW", window),
        rect=rect,
        owner=owner,
        own=own,
        passing=is_passing(kind, *_styles(window), owner),
        desktop=kind in DESKTOP_CLASSES,
        shape=looks.shape(window),
        solid=looks.solid(window, rect, opaque),
    )


def is_passing(kind: str, style: int, style_ex: int, owner: int) -> bool:
    """Whether a window of this class and these styles has no frame of its own."""
    bare = bool(style & _POPUP) and style & _CAPTION != _CAPTION
    return kind in PASSING_CLASSES or (bare and (bool(style_ex & _TOOL) or owner != 0))


def _styles(window: int) -> tuple[int, int]:
    return call("GetWindowLongPtrW", window, _STYLE), call("GetWindowLongPtrW", window, _STYLE_EX)


def _is_shown(window: int) -> bool:
    return (
        bool(call("IsWindowVisible", window))
        and not watermark.is_one(window, own=process_of(window) == os.getpid())
        and not call("IsIconic", window)
        and not looks.is_cloaked(window)
        and looks.alpha(window, _styles(window)[1]) != 0
    )


def _is_away(window: int) -> bool:
    if not call("IsWindowVisible", window) or _styles(window)[1] & _TOOL:
        return False
    return bool(call("IsIconic", window)) or looks.is_cloaked(window)


def _program(window: int, pid: int, kind: str) -> tuple[str, str]:
    """Its application's file, and the text by which the application is told from others. One
    process shows the frames of all packaged applications; what is in the frame tells which. An
    empty frame stands for itself alone, lest another application is taken for it."""
    if kind != _HOST_CLASS:
        file = processes.executable(pid)
        return file, file
    for child in _each(window):
        inner = process_of(child)
        if inner != pid and text("GetClassNameW", child) == _HOSTED_CLASS:
            file = processes.executable(inner)
            return file, file
    file = processes.executable(pid)
    return file, f"{file}{_ALONE}{window}"


def _each(parent: int = 0) -> list[int]:
    """All windows in `parent`, by default in the desktop."""
    found: list[int] = []

    def take(window: int | None, _: int) -> int:
        found.append(window or 0)
        return 1

    each = EachWindow(take)
    if parent:
        call("EnumChildWindows", parent, each, 0)
    else:
        call("EnumWindows", each, 0)
    return found
