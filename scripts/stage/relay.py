"""A relay as a process of its own, and the commands that prepare it."""

import contextlib
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from scripts.processes import started

REPRESENTATIVE = "ada"
SHOWN_NAME = "Ada Lovelace"
ORGANISATION = "Acme Support"

USUAL_PORT = 8443
PORTS = 50


class Relay(NamedTuple):
    """A relay's process, its folder, and the origin (`https://host:port`) it answers at."""

    process: subprocess.Popen[bytes]
    data: Path
    origin: str

    def is_running(self) -> bool:
        """Whether the process has not ended."""
        return self.process.poll() is None

    @property
    def port(self) -> int:
        """That of its origin."""
        return urlsplit(self.origin).port or 443

    @property
    def authority(self) -> Path:
        """The certificate that vouches for this relay on this machine."""
        return self.data / "development-ca.pem"

    @property
    def database(self) -> Path:
        """Its SQLite file."""
        return self.data / "relay.db"

    def identity(self) -> str:
        """The public identity a client is built for."""
        return ask(self.data, "identity")

    def make_key(self, name: str) -> str:
        """A session key, made by representative `name`, that leads to the general queue."""
        return ask(self.data, "make-key", "--name", name)

    def sign_in_link(self, name: str) -> str:
        """A link that signs `name` in at the console, once."""
        return ask(self.data, "sign-in-link", "--name", name, "--public-url", self.origin)


def ask(data: Path, command: str, *options: str) -> str:
    """What a command of the relay prints last. Raises `RuntimeError` with its complaint."""
    ran = subprocess.run(
        [sys.executable, "-m", "relay", command, "--data", str(data), *options],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    if ran.returncode:
        raise RuntimeError(f"relay {command}: {ran.stderr.strip()}")
    return ran.stdout.strip().splitlines()[-1]


def ensure_representative(data: Path) -> None:
    """Makes the account `REPRESENTATIVE`, unless an earlier demo in this folder has done so."""
    if not (data / "relay.db").exists():
        who = ["--name", REPRESENTATIVE, "--shown-name", SHOWN_NAME]
        ask(data, "create-user", *who, "--administrator")


def free_port(first: int = USUAL_PORT) -> int:
    """`first`, or the next port nobody listens on."""
    for port in range(first, first + PORTS):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise RuntimeError(f"no free port from {first} to {first + PORTS - 1}")


@contextlib.contextmanager
def running_relay(data: Path, port: int, public: str | None = None) -> Iterator[Relay]:
    """A relay with development certificates that is ready for the first customer, and reached at
    the origin `public` where that is not its own.

    Its log is `relay.log` in its folder. Raises `RuntimeError` when it ends before it is ready.
    """
    serve = [sys.executable, "-m", "relay", "serve", "--data", str(data), "--host", "localhost"]
    more = ["--development-certificates", "--ready-json", "--organisation", ORGANISATION]
    reached = ["--public-url", public] if public else []
    command = [*serve, "--port", str(port), *more, *reached]
    log = data / "relay.log"
    with started(command, stdout=subprocess.PIPE, log=log) as process:
        yield Relay(process, data, _origin_when_ready(process, log))


def _origin_when_ready(process: subprocess.Popen[bytes], log: Path) -> str:
    for line in process.stdout or ():
        with contextlib.suppress(json.JSONDecodeError):
            said = json.loads(line)
            if isinstance(said, dict) and said.get("event") == "ready":
                return str(said["origin"])
    raise RuntimeError(f"the relay ended with code {process.wait()}; see {log}")
