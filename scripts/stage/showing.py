"""The part of the tour in which the customer shows the screen and lets it be used."""

import contextlib
import sys
import time
from collections.abc import Callable, Iterator

from mss import MSS

from scripts.display import environment_on
from scripts.processes import started
from scripts.stage import desk
from scripts.stage.browser import BOTH, Window
from scripts.stage.customer import Customer

REASON = "To look at the printer's settings with you"
TYPED = "Büro-Drucker für 3 €"
GUARD_S = 1.5
"""The question takes no yes in its first second."""

SETTLED_S = 1.0
PATIENCE_S = 15
END_KEY = "ctrl+alt+shift+e"

PICTURE = """() => [...document.querySelectorAll("canvas")].some(({ width }) => width >= 1280)"""


@contextlib.contextmanager
def desk_on(display: str) -> Iterator[None]:
    """Within the block there is something to be seen on `display`."""
    command = [sys.executable, "-m", "scripts.stage.desk"]
    with started(command, env=environment_on(display)):
        _until(lambda: _colour(display) != (0, 0, 0), "the desk is on the screen")
        yield


def share(
    console: Window, customer: Customer, display: str, pictures: Callable[[str], None]
) -> None:
    """Asked, allowed, seen, used, and ended by the customer's key. `pictures` takes one of the
    customer's window by its name. Raises `TimeoutError` where nothing happens."""
    console.press("console.share_control")
    console.page.locator("#ask-reason").fill(REASON)
    console.press("console.share_ask")
    console.button("console.share_withdraw_control").wait_for()
    time.sleep(GUARD_S)
    pictures("client-asked")
    customer.press("Tab")
    customer.press("space")
    console.page.wait_for_function(PICTURE)
    console.wait_for("screen.hint_click")
    time.sleep(SETTLED_S)
    _use(console, display)
    time.sleep(SETTLED_S)
    console.picture("console-screen", BOTH)
    pictures("client-sharing")
    customer.press(END_KEY)
    console.wait_for("console.share_see")
    console.page.wait_for_function("() => !document.querySelector('canvas')?.offsetParent")


def _use(console: Window, display: str) -> None:
    """Click into the field of the customer's settings and write something there."""
    canvas = console.page.locator("canvas").first
    box = canvas.bounding_box()
    if box is None:
        raise TimeoutError("the picture is not on the page")
    with MSS(display=display) as screen:
        whole = screen.monitors[0]
    x, y = desk.FIELD
    scale = box["width"] / whole["width"]
    before = _colours(display)
    console.page.mouse.click(box["x"] + x * scale, box["y"] + y * scale)
    console.page.keyboard.type(TYPED)
    _until(lambda: _colours(display) != before, "something was typed at the customer's")


def _colour(display: str) -> tuple[int, int, int]:
    """What the desktop's corner looks like."""
    with MSS(display=display) as screen:
        red, green, blue = screen.grab({"left": 2, "top": 2, "width": 1, "height": 1}).pixel(0, 0)
        return red, green, blue


def _colours(display: str) -> bytes:
    """What the settings' window looks like."""
    left, top, width, height = desk.WINDOW
    with MSS(display=display) as screen:
        area = {"left": left, "top": top, "width": width, "height": height}
        return bytes(screen.grab(area).raw)


def _until(happened: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not happened():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(0.05)
