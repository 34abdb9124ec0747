"""One Chromium for the whole run. Each test reaches it over CDP and opens contexts of its own."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from typing import IO

ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-extensions", "--disable-default-apps", "--no-default-browser-check"),
    *("--disable-background-timer-throttling", "--disable-renderer-backgrounding"),
    *("--disable-backgrounding-occluded-windows", "--disable-dev-shm-usage", "--disable-breakpad"),
    *("--password-store=basic", "--mute-audio", "--hide-scrollbars"),
)
SHELL = "chromium-headless-shell"
"""Chromium without the browser's own window, which would be built anew for every person."""

WHOLE = "chromium"
"""With all that a desktop gets to see of a browser: notifications, too."""

_LISTENING = re.compile(rb"^DevTools listening on (ws://\S+)")


@contextlib.contextmanager
def running_chromium(name: str = SHELL) -> Iterator[str]:
    """A headless Chromium with a profile of its own; yields the address of its DevTools.

    Raises `RuntimeError` with what it said when it ends before it listens.
    """
    program = shutil.which(name)
    if program is None:
        raise RuntimeError(f"there is no {name} on this machine")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        own = (f"--user-data-dir={profile}", "--remote-debugging-port=0", "about:blank")
        command = [program, "--headless", *ARGUMENTS, *own]
        with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True) as process:
            try:
                assert process.stderr
                yield _address(process.stderr)
            finally:
                # The program may be a script that has started another.
                os.kill(-process.pid, signal.SIGTERM)


def _address(said: IO[bytes]) -> str:
    lines = []
    for line in said:
        lines.append(line)
        if found := _LISTENING.match(line):
            # A pipe that nobody reads would fill and stop the browser.
            threading.Thread(target=said.read, daemon=True).start()
            return found[1].decode()
    raise RuntimeError(b"".join(lines).decode(errors="replace"))
