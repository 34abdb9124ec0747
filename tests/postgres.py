"""A real PostgreSQL server for the tests: our own, on a free port, gone afterwards."""

import contextlib
import itertools
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

BINARIES = Path("/usr/lib/postgresql")
START_S = 30
USER = "bridge"


class Server:
    """Accepts everybody on the loopback address; makes as many databases as one wants."""

    def __init__(self, binaries: Path, port: int) -> None:
        self._binaries = binaries
        self._port = port
        self._numbers = itertools.count()

    def new_database(self) -> str:
        """The URL of a fresh, empty database."""
        name = f"test{next(self._numbers)}"
        create = [str(self._binaries / "createdb"), *self._address, "-U", USER, name]
        subprocess.run(create, check=True)
        return f"postgresql+asyncpg://{USER}@127.0.0.1:{self._port}/{name}"

    def is_ready(self) -> bool:
        """Whether it takes connections."""
        asked = [str(self._binaries / "pg_isready"), *self._address, "-q"]
        return subprocess.run(asked, check=False).returncode == 0

    @property
    def _address(self) -> list[str]:
        return ["-h", "127.0.0.1", "-p", str(self._port)]


@contextlib.contextmanager
def running_server(folder: Path) -> Iterator[Server]:
    """A server whose data lies in `folder`, until the block ends."""
    binaries = sorted(BINARIES.glob("*/bin"))[-1]
    prefix = _as_other_user(folder)
    data, log, port = folder / "data", folder / "log", _free_port()
    made = ["-D", str(data), "-U", USER, "-A", "trust", "-E", "UTF8"]
    subprocess.run([*prefix, str(binaries / "initdb"), *made], check=True, capture_output=True)
    options = ["-D", str(data), "-p", str(port), "-k", str(folder)]
    listen = ["-c", "listen_addresses=127.0.0.1"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*prefix, str(binaries / "postgres"), *options, *listen], stdout=out, stderr=out
        )
    try:
        server = Server(binaries, port)
        deadline = time.monotonic() + START_S
        while not server.is_ready():
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, "PostgreSQL did not start"
        yield server
    finally:
        stop = [str(binaries / "pg_ctl"), "-D", str(data), "-m", "immediate", "-s", "stop"]
        subprocess.run([*prefix, *stop], check=True)
        process.wait(START_S)


def _as_other_user(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: then its own user runs it, and owns `folder`."""
    if sys.platform != "win32" and os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        for parent in folder.parents:
            if not parent.stat().st_mode & 0o001:
                parent.chmod(parent.stat().st_mode | 0o011)
        return [shutil.which("runuser") or "runuser", "-u", "postgres", "--"]
    return []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
