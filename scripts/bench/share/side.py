"""One way for the picture to the viewer's page, running."""

from typing import NamedTuple

from playwright.sync_api import Page, ViewportSize

VIEWER: ViewportSize = {"width": 1920, "height": 1080}
"""Both pages have the room of a usual screen and are left as they open."""


class Side(NamedTuple):
    """`page` shows the picture, which comes from `port` of this machine; `agent` is the process
    that the customer would run."""

    name: str
    page: Page
    port: int
    agent: int
