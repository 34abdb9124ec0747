"""`bridge-relay` as people run it: whole processes."""

import asyncio
import json
import os
import signal
import socket
import ssl
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp
import pytest

from protocol import PROTOCOL, VERSION, keys
from protocol.errors import CloseCode
from relay.authority import CA_FILE
from relay.secretfile import read_or_make
from tests.relay import pe
from tests.relay.releases import LINUX, WINDOWS, Signer, write
from tests.relay.site import PASSWORD, close_code

pytestmark = pytest.mark.whole

ROOT = Path(__file__).parents[2]
PATIENCE_S = 30


class Finished(NamedTuple):
    code: int
    out: str
    err: str


class Serving(NamedTuple):
    process: asyncio.subprocess.Process
    ready: dict[str, Any]
    data: Path

    async def stop(self, number: signal.Signals) -> Finished:
        self.process.send_signal(number)
        out, err = await asyncio.wait_for(self.process.communicate(), PATIENCE_S)
        return Finished(self.process.returncode or 0, out.decode(), err.decode())

    def session(self) -> aiohttp.ClientSession:
        context = ssl.create_default_context(cafile=self.data / CA_FILE)
        return aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=context))

    async def post(self, path: str, body: object) -> tuple[int, Any]:
        origin = self.ready["origin"]
        async with (
            self.session() as session,
            session.post(origin + path, json=body, headers={"Origin": origin}) as answer,
        ):
            return answer.status, await answer.json(content_type=None)


async def start(*arguments: str, **environment: str) -> asyncio.subprocess.Process:
    """`bridge-relay` with these arguments and nothing of ours in its environment."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BRIDGE_")}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-W", "error", "-m", "relay"),
        *arguments,
        cwd=ROOT,
        env=clean | {"LC_ALL": "C"} | environment,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def run(*arguments: str, stdin: str = "", **environment: str) -> Finished:
    process = await start(*arguments, **environment)
    out, err = await asyncio.wait_for(process.communicate(stdin.encode()), PATIENCE_S)
    assert "Traceback" not in err.decode(), err.decode()
    return Finished(process.returncode or 0, out.decode(), err.decode())


@asynccontextmanager
async def serving(data: Path, *arguments: str) -> AsyncIterator[Serving]:
    """A relay that has said it is ready; killed in the end if it still runs."""
    process = await start(
        "serve", "--ready-json", "--port", "0", "--data", str(data),
        "--development-certificates", *arguments,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        line = await asyncio.wait_for(process.stdout.readline(), PATIENCE_S)
        assert line, (await process.communicate())[1].decode()
        yield Serving(process, json.loads(line), data)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


def sentence(finished: Finished) -> str:
    """The one sentence with which a command gave up."""
    assert finished.code == 2, finished
    (line,) = finished.err.splitlines()
    assert line.startswith("bridge-relay: ")
    return line.removeprefix("bridge-relay: ")


async def test_version() -> None:
    assert (await run("--version")).out == f"bridge-relay {VERSION}\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_serves_and_stops_leaving_nothing(tmp_path: Path, number: signal.Signals) -> None:
    async with serving(tmp_path, "--metrics-port", "0") as relay:
        assert relay.ready.keys() == {"event", "origin", "pid", "metrics"}
        assert (relay.ready["event"], relay.ready["pid"]) == ("ready", relay.process.pid)
        async with (
            aiohttp.ClientSession() as session,
            session.get(relay.ready["metrics"]) as answer,
        ):
            assert "bridge_sockets" in await answer.text()
        finished = await relay.stop(number)
    assert finished.code == 0
    assert finished.out == ""
    assert "event=relay.stopped" in finished.err
    assert "Traceback" not in finished.err
    port = int(relay.ready["origin"].rpartition(":")[2])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))
    with pytest.raises(ProcessLookupError):
        os.kill(relay.process.pid, 0)


async def test_whoever_is_connected_is_asked_to_come_back(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path))
    await run("create-user", "--name", "ada", "--shown-name", "Ada", *data)
    key = (await run("make-key", "--name", "ada", *data)).out.strip()
    async with serving(tmp_path) as relay, relay.session() as session:
        origin = relay.ready["origin"]
        async with session.post(f"{origin}/api/join", json={"key": key}) as answer:
            token = (await answer.json())["token"]
        async with session.ws_connect(f"{origin}/ws/customer") as customer:
            await customer.send_json({"t": "hello", "version": PROTOCOL, "token": token})
            assert (await customer.receive_json())["t"] == "welcome"
            stopped = asyncio.create_task(relay.stop(signal.SIGINT))
            assert await close_code(customer) == CloseCode.RESTART
        assert (await stopped).code == 0


async def test_the_first_start_prints_a_link_that_works(tmp_path: Path) -> None:
    async with serving(tmp_path) as relay:
        finished = relay.process.stderr
        assert finished is not None
        link = ""
        while "/setup#" not in link:
            link = (await asyncio.wait_for(finished.readline(), PATIENCE_S)).decode().strip()
        assert link.startswith(relay.ready["origin"] + "/setup#")
        wish = {"name": "ada", "shownName": "Ada", "password": PASSWORD}
        token = link.partition("#")[2]
        assert (await relay.post("/api/setup", wish | {"token": token}))[0] == 200
        await relay.stop(signal.SIGTERM)
    async with serving(tmp_path) as relay:
        assert "/setup#" not in (await relay.stop(signal.SIGTERM)).err
    told = sentence(await run("setup-link", "--data", str(tmp_path)))
    assert told.startswith("The relay has been set up already.")


async def test_without_ready_json_it_speaks_to_people(tmp_path: Path) -> None:
    arguments = ("--port", "0", "--data", str(tmp_path), "--development-certificates")
    process = await start("serve", *arguments, LC_ALL="de_AT.UTF-8")
    assert process.stdout is not None
    text = b""
    while "ist bereit unter https://localhost:" not in text.decode():
        text += await asyncio.wait_for(process.stdout.readline(), PATIENCE_S)
    assert "/setup#" in text.decode()
    process.send_signal(signal.SIGINT)
    await asyncio.wait_for(process.communicate(), PATIENCE_S)
    assert process.returncode == 0


async def test_commands_work_beside_a_relay_that_runs(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path))
    async with serving(tmp_path) as relay:
        person = ("--name", "ada", "--shown-name", "Ada Lovelace")
        made = await run("create-user", *person, "--password-stdin", *data, stdin=f"{PASSWORD}\n")
        assert made.out == "ada can now sign in as a representative.\n"
        status, _ = await relay.post("/api/login", {"name": "ada", "password": PASSWORD})
        assert status == 200
        at = ("--public-url", relay.ready["origin"])
        link = (await run("sign-in-link", "--name", "ada", *data, *at)).out.strip()
        address, _, token = link.partition("#")
        assert address == relay.ready["origin"] + "/sign-in"
        assert [(await relay.post("/api/login/link", {"token": token}))[0] for _ in range(2)] == [
            200,
            410,
        ]
        key = (await run("make-key", "--name", "ada", *data)).out.strip()
        assert keys.is_right(keys.normalise(key))
        assert key == keys.shown(keys.normalise(key))
        link = (await run("setup-link", *data, *at)).out.strip()
        wish = {"name": "eve", "shownName": "Eve", "password": PASSWORD}
        token = link.partition("#")[2]
        assert (await relay.post("/api/setup", wish | {"token": token}))[0] == 200
        removed = await run("remove-second-factor", "--name", "ada", *data)
        assert removed.out == "ada signs in without a second factor now.\n"
        assert (await run("migrate", *data)).out == "The database is up to date.\n"
        identity = (await run("identity", *data)).out.strip()
        assert len(identity) == 43
        await relay.stop(signal.SIGTERM)


async def test_programs_for_customers_are_added_listed_and_removed(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path / "data"))
    at, signer, out = "https://help.example.org", Signer(), tmp_path / "dist"
    add = ("downloads", "add", "--public-url", at, "--release-key", signer.public, *data)
    identity = (await run("identity", *data)).out.strip()
    assert (await run("downloads", "list", *data)).out == "No program is handed out.\n"
    for name, content in ((LINUX, b"\x7fELF"), (WINDOWS, pe.program())):
        path = write(out, name, content, signer, relay=at, identity=identity)
        added = await run(*add, str(path))
        assert added.out.startswith(f"{name} is handed out now (0.1 MB, SHA-256 "), added
    assert "It carries no Authenticode signature" in added.out
    listed = (await run("downloads", "list", *data)).out.splitlines()
    assert [line.split()[0] for line in listed] == [WINDOWS, LINUX]
    removed = await run("downloads", "remove", LINUX, *data)
    assert removed.out == f"{LINUX} is handed out no longer.\n"
    assert sentence(await run("downloads", "remove", LINUX, *data)) == f"{LINUX} is not handed out."
    path = write(out, LINUX, b"\x7fELF", signer, relay="https://a.example", identity=identity)
    told = "This client is for https://a.example, this relay is https://help.example.org."
    assert sentence(await run(*add, str(path))) == told
    for path in (tmp_path / "data").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


@pytest.mark.parametrize(
    ("arguments", "stdin", "told"),
    [
        (("sign-in-link", "--name", "bob"), "", "Nobody signs in as bob."),
        (("make-key", "--name", "bob"), "", "Nobody signs in as bob."),
        (("create-user", "--name", "Bob", "--shown-name", "B"), "", "Bob cannot be a name"),
        (("create-user", "--name", "bob", "--shown-name", " "), "", "The shown name is empty."),
        (
            ("create-user", "--name", "bob", "--shown-name", "B", "--password-stdin"),
            "password1234\n",
            "Please choose a password",
        ),
        (("downloads", "add", "x"), "", "Nobody vouches for programs yet."),
        (("downloads", "add", "x", "--release-key", "RWx"), "", "release_key must be the public"),
        (("downloads", "add", "x", "--release-key", Signer().public), "", "x is not the name of"),
        (("downloads", "remove", "../x"), "", "../x is not the name of"),
        (("downloads", "list", "--unsigned-ok"), "", "There is no setting --unsigned-ok"),
        (("setup-link", "--port", "0"), "", "With port 0 only the running relay"),
        (("serve", "--port", "0"), "", "There is no certificate."),
        (("serve", "--public-url", "http://x"), "", "public_url must be"),
        (("serve", "--development-certificates", "--host", "no.invalid"), "", "This machine has"),
        (
            ("serve", "--port", "0", "--certificate", "/a", "--certificate-key", "/b"),
            "",
            "The file /a cannot be used",
        ),
        (
            ("serve", "--development-certificates", "--port", "0", "--database",
             "sqlite+aiosqlite:////nowhere/relay.db"),
            "",
            "The database sqlite+aiosqlite:////nowhere/relay.db cannot be used",
        ),
        (
            ("serve", "--development-certificates", "--port", "0", "--database",
             "postgresql+asyncpg://nobody@127.0.0.1:1/none"),
            "",
            "The database postgresql+asyncpg://nobody@127.0.0.1:1/none cannot be used",
        ),
    ],
)  # fmt: skip
async def test_what_goes_wrong_is_told_in_a_sentence(
    tmp_path: Path, arguments: tuple[str, ...], stdin: str, told: str
) -> None:
    assert sentence(await run(*arguments, "--data", str(tmp_path), stdin=stdin)).startswith(told)


async def test_a_name_is_given_once(tmp_path: Path) -> None:
    arguments = ("create-user", "--name", "ada", "--shown-name", "A", "--administrator")
    data = ("--data", str(tmp_path))
    assert (await run(*arguments, *data)).out == "ada can now sign in as an administrator.\n"
    assert sentence(await run(*arguments, *data)) == "Somebody already signs in as ada."


async def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        arguments = ("--development-certificates", "--port", port, "--data", str(tmp_path))
        told = sentence(await run("serve", *arguments))
    assert told.startswith(f"Port {port} on 127.0.0.1 is already in use.")


async def test_a_data_folder_that_cannot_be_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for command in ("serve", "migrate", "identity"):
        told = sentence(await run(command, "--data", str(tmp_path / "file")))
        assert told.startswith("The data folder ")


async def test_a_database_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "relay.db").write_text("nonsense " * 1000)
    told = sentence(await run("migrate", "--data", str(tmp_path)))
    assert told.startswith("The database sqlite+aiosqlite:///")


async def test_a_key_that_others_can_read_is_told(tmp_path: Path) -> None:
    read_or_make(tmp_path / "identity.key", lambda: b"x" * 32)
    (tmp_path / "identity.key").chmod(0o644)
    told = sentence(await run("identity", "--data", str(tmp_path)))
    assert told.startswith("Other users can read ")


async def test_what_it_writes_is_its_users_own(tmp_path: Path) -> None:
    assert (await run("migrate", "--data", str(tmp_path / "data"))).code == 0
    for path in (tmp_path / "data", *(tmp_path / "data").iterdir()):
        assert path.stat().st_mode & 0o077 == 0, path
