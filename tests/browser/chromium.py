"""One Chromium for the whole run. Each test reaches it over CDP and opens contexts of its own."""

import contextlib
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from typing import IO

ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-extensions", "--disable-default-apps", "--no-default-browser-check"),
    *("--disable-background-timer-throttling", "--disable-renderer-backgrounding"),
    *("--disable-backgrounding-occluded-windows", "--disable-dev-shm-usage", "--disable-breakpad"),
    *("--password-store=basic", "--mute-audio", "--hide-scrollbars"),
)
_LISTENING = re.compile(rb"^DevTools listening on (ws://\S+)")


@contextlib.contextmanager
def running_chromium() -> Iterator[str]:
    """A headless Chromium with a profile of its own; yields the address of its DevTools.

    Raises `RuntimeError` with what it said when it ends before it listens.
    """
    program = shutil.which("chromium")
    if program is None:
        raise RuntimeError("there is no chromium on this machine")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        own = (f"--user-data-dir={profile}", "--remote-debugging-port=0", "about:blank")
        with subprocess.Popen([program, *ARGUMENTS, *own], stderr=subprocess.PIPE) as process:
            try:
                assert process.stderr
                yield _address(process.stderr)
            finally:
                process.terminate()


def _address(said: IO[bytes]) -> str:
    lines = []
    for line in said:
        lines.append(line)
        if found := _LISTENING.match(line):
            # A pipe that nobody reads would fill and stop the browser.
            threading.Thread(target=said.read, daemon=True).start()
            return found[1].decode()
    raise RuntimeError(b"".join(lines).decode(errors="replace"))
