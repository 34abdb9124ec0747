"""What all tests share: real databases, and silence as a test result."""

import os
import pwd
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from relay.storage.database import Database

POSTGRES_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """A test ends the threads it started."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 5
    for thread in set(threading.enumerate()) - before:
        if not thread.daemon:
            thread.join(max(0, deadline - time.monotonic()))
    left = [one.name for one in set(threading.enumerate()) - before if not one.daemon]
    assert not left, f"threads left behind: {left}"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server of our own on a free port; yields its URL without a database name."""
    binaries = POSTGRES_BINARIES[-1] if POSTGRES_BINARIES else Path("/usr/local/bin")
    folder = Path(tmp_path_factory.mktemp("postgres"))
    prefix = _as_other_user(folder)
    data = folder / "data"
    subprocess.run(
        [*prefix, binaries / "initdb", "-D", data, "-U", "bridge", "-A", "trust", "-E", "UTF8"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    port = _free_port()
    options = ["-D", data, "-p", str(port), "-k", folder, "-c", "listen_addresses=127.0.0.1"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [*prefix, binaries / "postgres", *options], stdout=log, stderr=log
        )
    try:
        ready = [binaries / "pg_isready", "-h", "127.0.0.1", "-p", str(port), "-q"]
        deadline = time.monotonic() + 30
        while subprocess.run(ready, check=False).returncode:
            assert server.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < deadline, "PostgreSQL did not start"
        yield f"postgresql+asyncpg://bridge@127.0.0.1:{port}"
    finally:
        subprocess.run(
            [*prefix, binaries / "pg_ctl", "-D", data, "-m", "immediate", "-s", "stop"], check=True
        )
        server.wait(10)


def _as_other_user(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: then its own user runs it, and owns `folder`."""
    if os.getuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    for parent in folder.parents:
        if parent.stat().st_uid == 0 and parent != Path("/") and not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)
    return [shutil.which("runuser") or "runuser", "-u", "postgres", "--"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh, empty database of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'relay.db'}"
    server: str = request.getfixturevalue("postgres")
    name = f"t{time.monotonic_ns()}"
    address = server.split("@")[1]
    host, port = address.split(":")
    subprocess.run(["createdb", "-h", host, "-p", port, "-U", "bridge", name], check=True)
    return f"{server}/{name}"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open database of each kind in turn, with its tables."""
    opened = await Database.open(database_url)
    try:
        await opened.migrate()
        yield opened
    finally:
        await opened.close()
