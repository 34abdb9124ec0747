"""What the viewer's page shows, read from its canvas; the same script looks at both sides."""

import base64
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from playwright.sync_api import CDPSession, Page

from scripts.bench.share import bar_code, quality
from scripts.bench.share.plan import HEIGHT, MARKER, WIDTH

SCRIPT = Path(__file__).with_name("probe.js")
CLOCKS_APART_S = 0.1
LOOK_MS = 20

SPOTS = {"columns": quality.COLUMNS, "rows": quality.ROWS, "stride": quality.STRIDE}

Seen = list[tuple[int, float]]
"""Numbers of steps in the order seen, and when (seconds of the monotonic clock)."""


class Box(NamedTuple):
    """Where the picture is on the page, in CSS pixels."""

    left: float
    top: float
    width: float
    height: float


class Probe:
    """Looks at one page from now on; `origin_s` is when its clock began. Raises `RuntimeError` when
    that clock is not ours."""

    def __init__(self, page: Page) -> None:
        self._page = page
        session = page.context.new_cdp_session(page)
        self.origin_s = _origin(page, session)
        session.detach()
        places = {
            "code": bar_code.place(WIDTH, HEIGHT)._asdict(),
            "cells": bar_code.CELLS,
            "cell": bar_code.CELL,
            "number_bits": bar_code.NUMBER_BITS,
            "marker": MARKER,
            "width": WIDTH,
            "height": HEIGHT,
            "spots": SPOTS,
        }
        page.evaluate(f"{SCRIPT.read_text('utf-8')} null;")  # a class as result would be called
        page.evaluate("(places) => { window.benchProbe = new BenchProbe(places); }", places)

    def wait_for(self, number: int, patience_s: float) -> bool:
        """Whether `number` is seen in time."""
        deadline = time.monotonic() + patience_s
        while bar_code.read(self._page.evaluate("benchProbe.latest()")) != number:
            if time.monotonic() > deadline:
                return False
            self._page.wait_for_timeout(LOOK_MS)
        return True

    def take(self) -> Seen:
        """What was seen since the last call; it begins with what was there already."""
        return self._read(self._page.evaluate("benchProbe.take()"))

    def expect(self, first: int, pictures: Sequence[str], counted: quality.Mask) -> None:
        """From now on tells when each picture can be read: step `first` shows the first of them,
        and so on, over and over. `pictures` are what `Desktop.pictures` gives; of the screen only
        what is `counted` is looked at."""
        spots = base64.b64encode(quality.spots(counted).tobytes()).decode()
        most = quality.largest_error(quality.READABLE_DB)
        given = [first, pictures, spots, most]
        self._page.evaluate("(given) => benchProbe.expect(...given)", given)

    def keep(self) -> None:
        """Sets the whole picture aside as it is now, in the page."""
        self._page.evaluate("benchProbe.keep()")

    def kept(self) -> quality.Pixels:
        """The oldest that was set aside; it is let go."""
        url = str(self._page.evaluate("benchProbe.kept()"))
        packed = base64.b64decode(url.partition(",")[2])
        return np.frombuffer(packed, np.uint8).reshape(HEIGHT, WIDTH, 4)[..., :3]

    def readable(self) -> Seen:
        """The steps whose picture could be read since `expect`, and since when."""
        return self._read(self._page.evaluate("benchProbe.judgements()"))

    def click(self, patience_s: float) -> float | None:
        """Presses the square; seconds until it had another colour, None when it kept its own."""
        box = Box(*self._page.evaluate("benchProbe.place()"))
        left, top, width, height = MARKER
        x = box.left + (left + width / 2) * box.width / WIDTH
        y = box.top + (top + height / 2) * box.height / HEIGHT
        flips = self._page.evaluate("benchProbe.flips()")
        self._page.mouse.click(x, y)
        found = self._page.evaluate(
            "([from, patience]) => benchProbe.flipped(from, patience)", [flips, patience_s * 1000]
        )
        return None if found is None else float(found[1] - found[0]) / 1000

    def _read(self, drawn: Sequence[tuple[Sequence[float], float]]) -> Seen:
        read = ((bar_code.read(values), self.origin_s + at / 1000) for values, at in drawn)
        return [(number, at) for number, at in read if number is not None]

    def stop(self) -> None:
        """Looks no more."""
        self._page.evaluate("benchProbe.stop()")


def _origin(page: Page, session: CDPSession) -> float:
    """When `performance.now()` was 0, in seconds of the monotonic clock that is read here, too."""
    session.send("Performance.enable")
    metrics = session.send("Performance.getMetrics")["metrics"]
    session.send("Performance.disable")
    origin = float({one["name"]: one["value"] for one in metrics}["NavigationStart"])
    before = time.monotonic()
    there = origin + page.evaluate("performance.now()") / 1000
    apart = max(before - there, there - time.monotonic())
    if apart > CLOCKS_APART_S:
        raise RuntimeError(f"the page's clock is {apart:.3f} s from the machine's")
    return origin
