"""A desktop whose windows a test puts there."""

from dataclasses import dataclass, field

from client.platform.base import Unavailable
from client.platform.desktop import CursorShape, Window
from client.session.geometry import Rect

AREA = Rect(0, 0, 800, 600)


def window(
    number: int, program: str = "/usr/bin/writer", name: str = "Writer", title: str = ""
) -> Window:
    """A window of a program."""
    return Window(number, 1000 + number, program, name, title or f"Window {number}", AREA)


@dataclass
class Desk:
    """Its own view: `shown` are the windows on the screen, the topmost first."""

    shown: tuple[Window, ...] = ()
    hidden: tuple[Window, ...] = ()
    pictures: dict[int, CursorShape] = field(default_factory=dict)
    why: str = ""
    opened: int = 0
    closed: int = 0

    def view(self) -> "Desk | Unavailable":
        if self.why:
            return Unavailable(self.why)
        self.opened += 1
        return self

    def windows(self) -> tuple[Window, ...]:
        return self.shown

    def others(self) -> tuple[Window, ...]:
        return self.hidden

    def icon(self, window: int) -> CursorShape | None:
        return self.pictures.get(window)

    def close(self) -> None:
        self.closed += 1
