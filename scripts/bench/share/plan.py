"""What changes on the screen, how often and where: the workloads as numbers. Pure.

The sizes and rates are those of the measurement of five peers that the aims were taken from:
1920x1080, 10 keystrokes, 20 scroll steps, 30 window moves, 25 pictures of a film and one slide
a second.
"""

import math
from typing import NamedTuple

WIDTH, HEIGHT = 1920, 1080

LINE = 20
"""Height of a line of text in pixels."""

LINES_A_STEP = 3
"""How far the text scrolls in a step."""

DOCUMENT = (800, 600)
FILM = (640, 360)
FILM_AT = (480, 300)
SLIDES = 8
"""Different slides; then they begin again."""

MARKER = (928, 476, 64, 64)
"""The square that is clicked at: left, top, width, height."""


class Workload(NamedTuple):
    """`rate` steps a second; 0 when nothing changes by itself. Where it is `judged` a step is seen
    when its picture can be read: it is all new, and its number would say nothing of it."""

    name: str
    rate: float
    what: str
    judged: bool = False


IDLE = Workload("idle", 0, "nothing changes")
CLICK = Workload("click", 0, "a click at a square flips its colour")
MOVING = (
    Workload("typing", 10, "one character a step"),
    Workload("scroll", 20, "a screen of code moves up by three lines a step"),
    Workload("drag", 30, "a document of 800x600 is moved over a photograph"),
    Workload("film", 25, "640x360 of a panned photograph with fresh grain"),
    Workload("slides", 1, "a new full screen a step", judged=True),
)
WORKLOADS = (IDLE.name, *(one.name for one in MOVING), CLICK.name)


def steps(workload: Workload, seconds: float) -> int:
    """How many steps fit; at least two, so that there is a change after the first."""
    return max(2, round(workload.rate * seconds))


def document_at(step: int) -> tuple[int, int]:
    """Where the dragged document is: a closed curve on the screen, at most 30 pixels a step."""
    room_x, room_y = WIDTH - DOCUMENT[0], HEIGHT - DOCUMENT[1] - 60
    turn = 2 * math.pi * step / 150
    x = room_x * (0.5 + 0.48 * math.sin(turn))
    y = room_y * (0.5 + 0.48 * math.sin(2 * turn + 0.7))
    return round(x), round(y)


def film_window(step: int, room: tuple[int, int]) -> tuple[int, int]:
    """Upper left corner of the part of the photograph that is seen; `room` is how far it may go."""
    turn = 2 * math.pi * step / 400
    return (
        round(room[0] * (0.5 + 0.5 * math.sin(turn))),
        round(room[1] * (0.5 + 0.5 * math.cos(3 * turn))),
    )


def scrolled_by(step: int, height: int) -> int:
    """The first row that is seen of an endless text `height` rows high."""
    return step * LINES_A_STEP * LINE % height
