"""A desktop of the tests' own to look at: one monitor, and whatever a test puts on it."""

from dataclasses import dataclass, field

from client.platform.base import Unavailable
from client.platform.desktop import (
    CursorPlace,
    CursorShape,
    CustomerWatch,
    Injector,
    Moment,
    Monitor,
    Window,
)
from client.session.geometry import Rect, around
from protocol.screen import Obstacle


@dataclass
class Desk:
    """A `DesktopView` that a test sets by hand; what is painted is never known."""

    screens: tuple[Monitor, ...] = (Monitor(1, "One", Rect(0, 0, 640, 480)),)
    shown: list[Window] = field(default_factory=list)
    hindrance: Obstacle | None = None
    closed: bool = False

    def monitors(self) -> tuple[Monitor, ...]:
        return self.screens

    def windows(self) -> tuple[Window, ...]:
        return tuple(self.shown)

    def moments(self) -> tuple[Moment, ...]:
        whole = around(tuple(one.rect for one in self.screens))
        return (Moment(self.windows(), None, whole),)

    def others(self) -> tuple[Window, ...]:
        return ()

    def icon(self, _window: int) -> CursorShape | None:
        return None

    def damage(self) -> tuple[Rect, ...] | None:
        return None

    def stirring(self) -> int | None:
        return None

    def stirred(self) -> bool:
        return False

    def cursor(self) -> CursorPlace | None:
        return None

    def cursor_shape(self) -> CursorShape | None:
        return None

    def control_obstacle(self) -> Obstacle | None:
        return None

    def obstacle(self) -> Obstacle | None:
        return self.hindrance

    def close(self) -> None:
        self.closed = True


@dataclass
class Room:
    """A `Desktop` with one view, or none."""

    answer: Desk | Unavailable

    def view(self) -> Desk | Unavailable:
        return self.answer

    def injector(self) -> Injector | Unavailable:
        return Unavailable("nobody acts here")

    def watch(
        self,
        own_hand: object,  # noqa: ARG002
        end_key: object,  # noqa: ARG002
    ) -> CustomerWatch | Unavailable:
        return Unavailable("nobody listens here")
