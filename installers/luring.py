"""Tries to lead a release to another relay: by names, arguments, environment, files and bytes.

Two listeners count who calls: one where the release's own relay would be, one for the lures.
"""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from installers.computer import PATIENCE_S, Computer
from installers.rehearsal import Odd
from protocol import joincodes

FOREIGN_PORT = 18_744
FOREIGN = f"https://localhost:{FOREIGN_PORT}"
TRY_S = 0.05

CODE = "K7PQ2M9XAB" + joincodes.check("K7PQ2M9XAB")
SHOWN = joincodes.shown(CODE)

BUILT = (
    b'BUILT = b\'{"commit":"","day":"2026-01-01","release":{"relay":"' + FOREIGN.encode()
    + b'","organisation":"Evil","identity":""}}\'\n'
)  # fmt: skip
JSON = f'{{"relay": "{FOREIGN}", "organisation": "Evil", "identity": ""}}'.encode()
TOML = f'relay = "{FOREIGN}"\n'.encode()


class Lure(NamedTuple):
    """`refused`: the program says that it does not take this, and ends."""

    what: str
    name: str = f"Support-{SHOWN}"
    arguments: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()
    appended: bytes = b""
    refused: bool = False


def _arguments() -> Iterator[Lure]:
    for option in ("relay", "identity", "organisation", "ca", "language"):
        for words in ((f"--{option}", FOREIGN), (f"--{option}={FOREIGN}",)):
            yield Lure(f"argument {' '.join(words)}", arguments=words, refused=True)
    for words in (
        (FOREIGN,),
        ("-m", "client"),
        ("--relay",),
        ("-c", "print()"),
        ("/relay", FOREIGN),
    ):
        yield Lure(f"argument {' '.join(words)}", arguments=words, refused=True)


def _environment() -> Iterator[Lure]:
    names = (
        "RELAY", "BRIDGE_RELAY", "SUPPORT_BRIDGE_RELAY", "CLIENT_RELAY", "BRIDGE_PUBLIC_URL",
        "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "WSS_PROXY", "wss_proxy",
    )  # fmt: skip
    for name in names:
        yield Lure(f"environment {name}", environment=((name, FOREIGN),))
    for name in ("PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE", "PYTHONPLATLIBDIR"):
        yield Lure(
            f"environment {name}",
            environment=((name, "{folder}"),),
            files=(("client/__init__.py", b""), ("client/built_for.py", BUILT)),
        )
    for name in ("PYTHONSTARTUP", "PYTHONINSPECT", "BRIDGE_CONFIG"):
        yield Lure(
            f"environment {name}",
            environment=((name, "{folder}/relay.toml"),),
            files=(("relay.toml", TOML),),
        )


def _files() -> Iterator[Lure]:
    contents = {
        "built.json": JSON, "built_for.py": BUILT, "client/built_for.py": BUILT,
        "client/built.json": JSON, "config.json": JSON, "relay.toml": TOML, "bridge.toml": TOML,
        "support-bridge.toml": TOML, "support-bridge.ini": TOML, ".env": TOML,
        "_internal/client/built_for.py": BUILT, "sitecustomize.py": BUILT,
        "usercustomize.py": BUILT, "pyvenv.cfg": b"home = /tmp\n",
        "python._pth": b"import client.built_for\n", f"Support-{SHOWN}.json": JSON,
        f"Support-{SHOWN}.toml": TOML, f"Support-{SHOWN}.pkg": JSON,
    }  # fmt: skip
    for name, content in contents.items():
        yield Lure(f"file {name}", files=((name, content),))


def _names() -> Iterator[Lure]:
    for name in (
        f"Support-{SHOWN}-localhost-{FOREIGN_PORT}",
        f"Support-{SHOWN} https---localhost-{FOREIGN_PORT}",
        f"Support-{SHOWN} host=localhost:{FOREIGN_PORT}",
        f"relay=localhost:{FOREIGN_PORT},code={SHOWN}",
        f"--relay=https:localhost:{FOREIGN_PORT} {SHOWN}",
    ):
        yield Lure(f"name {name}", name=name)


def _bytes() -> Iterator[Lure]:
    for appended in (JSON, b"BUILT_FOR" + JSON, FOREIGN.encode() * 1_000, BUILT, os.urandom(4_096)):
        yield Lure(f"{len(appended)} bytes behind its end", appended=appended)


LURES = (*_arguments(), *_environment(), *_files(), *_names(), *_bytes())

QUICK = (*LURES[:2], LURES[15], LURES[26], LURES[35], LURES[-7], LURES[-1])


class Listener:
    """Counts who calls at a port of this machine, and hangs up."""

    def __init__(self, port: int) -> None:
        self.calls = 0
        self._socket = socket.create_server(("localhost", port))
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Listens no longer."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._socket.accept()
                self.calls += 1
                caller.close()


@contextmanager
def listening(port: int) -> Iterator[Listener]:
    """A listener for the block."""
    listener = Listener(port)
    try:
        yield listener
    finally:
        listener.close()


def foreign_calls(computer: Computer, file: Path, port: int, lures: tuple[Lure, ...]) -> int:
    """How often the lures were called, while the own relay's `port` was tried each time that the
    program did not refuse outright. Raises `Odd` where it did neither."""
    with listening(port) as own, listening(FOREIGN_PORT) as foreign:
        for lure in lures:
            _try(computer, file, lure, own)
        return foreign.calls


def _try(computer: Computer, file: Path, lure: Lure, own: Listener) -> None:
    folder = computer.downloads
    program = computer.downloaded(file, lure.name)
    beside = [_written(folder / name, content) for name, content in lure.files]
    if lure.appended:
        with program.open("ab") as end:
            end.write(lure.appended)
    around = {name: value.format(folder=folder) for name, value in lure.environment}
    calls = own.calls
    started = computer.start(program, *lure.arguments, around=around)
    try:
        if lure.refused:
            _expect(lambda: started.process.poll() == 2, f"{lure.what}: it was not refused")
        else:
            _expect(lambda: own.calls > calls, f"{lure.what}: the own relay was not called")
            started.process.terminate()
            started.wait_for_end()
    finally:
        started.end()
        for path in (program, *beside):
            path.unlink(missing_ok=True)


def _written(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _expect(what: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not what():
        if time.monotonic() > deadline:
            raise Odd(otherwise)
        time.sleep(TRY_S)
