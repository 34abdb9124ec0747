"""The peer: x0vncserver, websockify with TLS, and noVNC's own page, each at its defaults."""

import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from scripts.bench.share.side import VIEWER, Side, Stage
from scripts.processes import started
from scripts.stage.relay import free_port

PAGES = Path("/usr/share/novnc")
FIRST_PORT = 5900
PATIENCE_S = 20
LOOK_S = 0.05

SERVER = "X0tigervnc"
"""The program behind Debian's `x0vncserver`, which only starts it and goes."""

OPTIONS = ("-SecurityTypes", "None", "-localhost")
"""No password: it would only be asked for once. Quality, rate and the rest are the defaults."""


@contextlib.contextmanager
def novnc(stage: Stage) -> Iterator[Side]:
    """noVNC looking at the stage's screen; websockify shows the certificate of the relay.

    Raises `RuntimeError` when a program does not come up.
    """
    data = stage.relay.data
    with contextlib.ExitStack() as stack:
        port = free_port(FIRST_PORT)
        server = [_program(SERVER), "-display", stage.display, "-rfbport", str(port), *OPTIONS]
        agent = stack.enter_context(_listening(server, port, data))
        inner = stack.enter_context(stage.near(port))
        outer = free_port(port + 1)
        shown = data / "development"
        files = [f"--cert={shown}.pem", f"--key={shown}.key"]
        bridge = [_program("websockify"), *files, "--ssl-only", f"--web={PAGES}"]
        bridge += [f"localhost:{outer}", f"localhost:{inner}"]
        stack.enter_context(_listening(bridge, outer, data))
        entrance = stack.enter_context(stage.far(outer))
        page = stage.browser.window(VIEWER).page
        stack.callback(page.context.close)
        stage.prepare(page)
        page.goto(f"https://localhost:{entrance}/vnc.html?autoconnect=true")
        page.locator("#noVNC_container canvas").first.wait_for()
        yield Side("novnc", page, entrance, agent.pid)


@contextlib.contextmanager
def _listening(command: list[str], port: int, logs: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program that has begun to listen on `port`; what it says is in its log in `logs`."""
    name = Path(command[0]).name
    log = logs / f"{name}.log"
    with started(command, log=log) as process:
        deadline = time.monotonic() + PATIENCE_S
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > deadline:
                said = log.read_text("utf-8", "replace").strip()[-500:]
                raise RuntimeError(f"{name} does not listen on {port}: {said}")
            time.sleep(LOOK_S)
        yield process


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("localhost", port), 1):
        return True
    return False


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise RuntimeError(f"{name} is not installed")
    return found
