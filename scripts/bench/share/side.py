"""One way for the picture to the viewer's page, running, and what it needs for that."""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import NamedTuple

from playwright.sync_api import Page, ViewportSize

from scripts.stage.browser import Chromium
from scripts.stage.relay import Relay

VIEWER: ViewportSize = {"width": 1920, "height": 1080}
"""Both pages have the room of a usual screen and are left as they open."""

Through = Callable[[int], AbstractContextManager[int]]
"""Given a port of this machine, one that leads to it."""


@contextlib.contextmanager
def direct(port: int) -> Iterator[int]:
    """There at once."""
    yield port


class Stage(NamedTuple):
    """What a side is set up with: the screen that is shown, the relay, the browser that shows it.

    `prepare` is done with the viewer's page before it opens. `near` is the way between customer and
    middle, `far` the one between middle and viewer. A relay works at one address only, so relay and
    browser have to be ones for which that address leads through the ways.
    """

    display: str
    relay: Relay
    browser: Chromium
    prepare: Callable[[Page], object] = lambda _page: None
    near: Through = direct
    far: Through = direct


class Side(NamedTuple):
    """`page` shows the picture, which comes from `port` of this machine; `agent` is the process
    that the customer would run. `window` is the X server's number of its window, where there is one
    to chat from."""

    name: str
    page: Page
    port: int
    agent: int
    window: int | None = None


Way = Callable[[Stage], AbstractContextManager[Side]]
