"""The input thread on a real screen, between a viewer that sends and programs that are there."""

import itertools
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from Xlib.display import Display

from client.frames import Frame, FrameBook
from client.gate import Gate
from client.input.thread import InputThread
from client.platform.base import Unavailable
from client.platform.desktop import DesktopView, Window
from client.platform.linux.desktop import LinuxDesktop
from client.session.geometry import Rect
from client.session.permit import Permit
from protocol.channel import Flag, Header, Kind
from protocol.inputs import AnyInput, Button, InputBatch, Press, Release, encode_batch
from protocol.screen import InputRefusal, InputRefused, ScreenMessage
from tests.client.platform.programs import PATIENCE_S, Listener

PLACE = Rect(60, 80, 500, 300)
"""Where another program's window is."""

LEFT = Button.LEFT
LATER = float("inf")
PERMIT = Permit(epoch=1, share=1, viewers=frozenset({1, 2}), controllers={1: LATER, 2: LATER})


def display_name() -> str:
    """The screen that the tests run on, where this program's own windows are."""
    return os.environ["DISPLAY"]


class Scene:
    """Everything is shared, and participants 1 and 2 may act."""

    def __init__(self, view: DesktopView, desktop: LinuxDesktop) -> None:
        self.gate = Gate()
        self.frames = FrameBook()
        self.said: list[ScreenMessage] = []
        self.told: list[object] = []
        self._changed = threading.Condition()
        self._view = view
        self._seq = itertools.count(1)
        self._number = itertools.count(1)
        self.gate.allow(PERMIT)
        self.thread = InputThread(self.gate, self.frames, desktop, self._say, self._tell)

    def picture(self, *, age_s: float = 0.0) -> int:
        """A frame of the screen as it is, sent so long ago; its number."""
        (monitor, *_) = self._view.monitors()
        number = next(self._number)
        self.frames.put(
            Frame(
                number,
                self.gate.permit.epoch,
                1,
                monitor.rect,
                self._view.windows(),
                time.monotonic() - age_s,
            )
        )
        return number

    def window(self, program: Listener) -> Window:
        """The program's window."""
        return next(one for one in self._view.windows() if one.pid == program.pid)

    def send(
        self, *events: AnyInput, frame: int, sender: int = 1, epoch: int = 1, seq: int = 0
    ) -> Header:
        """As a viewer does."""
        number = seq or next(self._seq)
        made = Header(Kind.INPUT, Flag.FIRST | Flag.LAST, sender, epoch, 1, number, 0)
        self.thread.heard(made, encode_batch(InputBatch(frame=frame, events=events)))
        return made

    def allow(self, **fields: object) -> None:
        """Another permit than before."""
        self.gate.allow(replace(self.gate.permit, **fields))  # type: ignore[arg-type]

    def wait(self, condition: Callable[[], bool]) -> None:
        """Until something was said, told or counted that makes `condition` true."""
        deadline = time.monotonic() + PATIENCE_S
        with self._changed:
            while not condition():
                assert time.monotonic() < deadline, (self.said, self.told, self.thread.counts)
                self._changed.wait(0.02)

    def refused(self, why: InputRefusal) -> None:
        """Waits until that was said."""
        self.wait(
            lambda: any(isinstance(one, InputRefused) and one.why is why for one in self.said)
        )

    def counted(self, reason: str, times: int = 1) -> None:
        """Waits until so much was dropped for that reason."""
        self.wait(lambda: self.thread.counts.get(reason, 0) >= times)

    def _say(self, message: ScreenMessage) -> None:
        with self._changed:
            self.said.append(message)
            self._changed.notify_all()

    def _tell(self, given: object) -> None:
        with self._changed:
            self.told.append(given)
            self._changed.notify_all()


@contextmanager
def scene() -> Iterator[Scene]:
    """A scene whose thread runs."""
    desktop = LinuxDesktop({"DISPLAY": display_name()})
    view = desktop.view()
    assert not isinstance(view, Unavailable)
    made = Scene(view, desktop)
    made.thread.start()
    try:
        yield made
    finally:
        made.thread.stop()
        assert made.thread.join(PATIENCE_S)
        view.close()


def middle(rect: Rect) -> dict[str, int]:
    """A place in pixels of a picture of a screen that begins at 0, 0."""
    return {"x": rect.x + rect.width // 2, "y": rect.y + rect.height // 2}


def click(rect: Rect) -> tuple[Press, Release]:
    """A press and a release of the left button in the middle."""
    return Press(button=LEFT, **middle(rect)), Release(button=LEFT, **middle(rect))


def keys_down() -> int:
    """How many keys and buttons are pressed on the whole machine."""
    display = Display(display_name())
    keys = sum(bin(one).count("1") for one in display.query_keymap())
    buttons = display.screen().root.query_pointer().mask >> 8 & 0b11111
    display.close()
    return int(keys + buttons)
