"""What the steps of the rehearsal share."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from scripts.stage.browser import Chromium
from scripts.stage.relay import Relay
from scripts.wine.machine import Machine

PATIENCE_S = 20.0


class Failed(Exception):
    """Something did not happen, or something happened that should not."""


class Scene(NamedTuple):
    """Everything a step needs; pictures go to `out`."""

    out: Path
    work: Path
    machine: Machine
    display: str
    relay: Relay
    browser: Chromium


def until(happened: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
    """Returns once it has `happened`. Raises `Failed`."""
    deadline = time.monotonic() + patience_s
    while not happened():
        if time.monotonic() > deadline:
            raise Failed(f"this did not happen: {what}")
        time.sleep(0.1)


def announce(what: str) -> None:
    """Tells whoever waits which step comes."""
    print(f"  {what}", flush=True)
