"""What stands in the way on a Linux desktop."""

import os
import shutil
from collections.abc import Mapping

from client.platform.base import Unavailable
from client.platform.checkup import Blind, Probe
from client.platform.desktop import DesktopView, Monitor, Window
from client.platform.linux.session_kind import SessionKind, kind
from client.platform.players import own_environment
from protocol.working import Hurdle

PLACES: dict[str, dict[Hurdle, tuple[str, ...]]] = {
    "gnome": {Hurdle.CLOCK: ("gnome-control-center", "datetime")},
    "unity": {Hurdle.CLOCK: ("gnome-control-center", "datetime")},
    "x-cinnamon": {Hurdle.CLOCK: ("cinnamon-settings", "calendar")},
    "kde": {Hurdle.CLOCK: ("systemsettings", "kcm_clock")},
    "mate": {Hurdle.CLOCK: ("mate-time-admin",)},
}
"""By the names in XDG_CURRENT_DESKTOP (Desktop Entry Specification, OnlyShowIn)."""


class X11Probe:
    """Looks once through a view of the X server, which is closed with it."""

    silent = True

    def __init__(self, view: DesktopView, *, takes_input: bool) -> None:
        self._view = view
        self._takes_input = takes_input

    def monitors(self) -> tuple[Monitor, ...]:
        return self._view.monitors()

    def windows(self) -> tuple[Window, ...]:
        return self._view.windows()

    def problems(self) -> frozenset[Hurdle]:
        return frozenset() if self._takes_input else frozenset({Hurdle.INPUT_PERMISSION})

    def close(self) -> None:
        self._view.close()


class LinuxCheckup:
    """Judged by the environment that the desktop gives its programs."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._environment = environment

    def open(self) -> Probe | Unavailable:
        """For the thread that calls. The parts for X11 are loaded with the first look."""
        found = kind(self._environment)
        if found is SessionKind.WAYLAND:
            return Blind({Hurdle.WAYLAND})
        if found is SessionKind.NONE:
            return Unavailable("DISPLAY is not set")
        return _open_x11(self._environment.get("DISPLAY"))

    def leads(self, problem: Hurdle) -> bool:
        return bool(self._command(problem))

    def show(self, problem: Hurdle) -> None:
        """Starts the desktop's own settings, which outlive this program. Called in the window's
        thread; what fails to start is no harm, since a text beside the button says what to do."""
        command = self._command(problem)
        if not command:
            return
        from PySide6.QtCore import QProcess, QProcessEnvironment

        around = QProcessEnvironment()
        for name, value in own_environment(self._environment).items():
            around.insert(name, value)
        settings = QProcess()
        settings.setProgram(command[0])
        settings.setArguments(list(command[1:]))
        settings.setProcessEnvironment(around)
        settings.setStandardOutputFile(QProcess.nullDevice())
        settings.setStandardErrorFile(QProcess.nullDevice())
        settings.startDetached()

    def _command(self, problem: Hurdle) -> tuple[str, ...]:
        names = self._environment.get("XDG_CURRENT_DESKTOP", "").lower().split(":")
        places = (PLACES.get(name, {}).get(problem) for name in names)
        for command, *words in filter(None, places):
            program = shutil.which(command, path=self._environment.get("PATH"))
            if program is not None:
                return (program, *words)
        return ()


def _open_x11(display_name: str | None) -> Probe | Unavailable:
    from client.platform.linux import wayland
    from client.platform.linux.x11.view import open_view
    from client.platform.linux.x11.wire import opened

    display = opened(display_name)
    if isinstance(display, Unavailable):
        return display
    behind, takes_input = wayland.is_behind(display), display.has_extension("XTEST")
    display.close()
    if behind:
        return Blind({Hurdle.WAYLAND})
    view = open_view(display_name)
    return view if isinstance(view, Unavailable) else X11Probe(view, takes_input=takes_input)
