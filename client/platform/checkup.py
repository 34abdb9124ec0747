"""What stands in the way of showing a desktop and of acting on it, looked at before anybody asks.

Nothing here asks the customer anything, and nothing lets the system ask: a permission is looked
up, never requested. Coordinates as in `client.platform.desktop`.
"""

from collections.abc import Iterable
from typing import Protocol

from client.platform.base import Unavailable
from client.platform.desktop import Monitor, Window
from protocol.working import Hurdle


class Probe(Protocol):
    """Belongs to the thread that opened it; `close` may be called once."""

    silent: bool
    """Whether the system says nothing when a picture of the screen is taken. Where it may, one is
    taken only when the customer wants to have it checked."""

    def monitors(self) -> tuple[Monitor, ...]:
        """All monitors, the main one first."""

    def windows(self) -> tuple[Window, ...]:
        """The windows that are on the screen now, the topmost first."""

    def problems(self) -> frozenset[Hurdle]:
        """What the system itself tells: permissions, Wayland, an elevated window in front."""

    def close(self) -> None: ...


class Checkup(Protocol):
    """Opens a probe where it is wanted, and the places where a problem is solved."""

    def open(self) -> Probe | Unavailable: ...

    def leads(self, problem: Hurdle) -> bool:
        """Whether there is a place in the system's settings for it."""

    def show(self, problem: Hurdle) -> None:
        """Open that place; called in the window's thread. The customer wants it, so the system may
        ask something now."""


class Blind:
    """A desktop of which nothing can be seen, because of `problems`."""

    silent = True

    def __init__(self, problems: Iterable[Hurdle]) -> None:
        self._problems = frozenset(problems)

    def monitors(self) -> tuple[Monitor, ...]:
        return ()

    def windows(self) -> tuple[Window, ...]:
        return ()

    def problems(self) -> frozenset[Hurdle]:
        return self._problems

    def close(self) -> None:
        pass
