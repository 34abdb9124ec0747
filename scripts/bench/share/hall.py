"""Where both sides play: a screen, what is painted on it, and the relay."""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from scripts.bench.share.desktop import Desktop, running_desktop
from scripts.bench.share.plan import HEIGHT, WIDTH
from scripts.display import virtual_display
from scripts.stage.relay import Relay, ensure_representative, running_relay


class Hall(NamedTuple):
    """The name of the screen, the program that paints on it, and the relay."""

    display: str
    desktop: Desktop
    relay: Relay


@contextlib.contextmanager
def open_hall() -> Iterator[Hall]:
    """All of it, ended with the block."""
    with contextlib.ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bridge-share-")))
        ensure_representative(data)
        display = stack.enter_context(virtual_display(WIDTH, HEIGHT))
        relay = stack.enter_context(running_relay(data, 0))
        yield Hall(display, stack.enter_context(running_desktop(display)), relay)
