"""The relay is killed ten times amid a conversation: nothing acknowledged is lost."""

import asyncio
import contextlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest

from protocol import limits
from protocol.codec import decode_stored_fact
from protocol.facts import ChatPosted
from protocol.requests import ChatPost
from protocol.signals import Ack, Welcome
from tests.peers import Customer, Representative, Socket, calling, client_id

KILLS = 10
LINES_A_LIFE = 15
NAME = "ada"


class RelayProcess:
    """`python -m relay serve` on one port and data folder, as often as it is started."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._port = 0
        self._process: asyncio.subprocess.Process | None = None
        self.origin = ""

    async def start(self) -> None:
        command = [sys.executable, "-m", "relay", "serve", "--data", str(self._data)]
        more = ["--port", str(self._port), "--development-certificates", "--ready-json"]
        self._process = await asyncio.create_subprocess_exec(
            *command,
            *more,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            with contextlib.suppress(json.JSONDecodeError):
                self.origin = json.loads(line)["origin"]
                self._port = int(self.origin.rpartition(":")[2])
                return
        raise AssertionError("the relay did not start")

    async def kill(self) -> None:
        """End it as a power cut would."""
        assert self._process is not None
        self._process.kill()
        await self._process.communicate()

    def command(self, *words: str) -> str:
        """What a command of the relay prints."""
        ran = subprocess.run(
            [sys.executable, "-m", "relay", *words, "--data", str(self._data)],
            capture_output=True,
            text=True,
            check=True,
        )
        return ran.stdout.strip()


@dataclass
class Talker:
    """Somebody who says numbered lines, and says again under the same id what was not acked."""

    person: Customer | Representative
    session: str
    told: list[ChatPosted] = field(default_factory=list)
    acked: set[str] = field(default_factory=set)
    unacked: dict[str, ChatPost] = field(default_factory=dict)
    more: asyncio.Event = field(default_factory=asyncio.Event)
    _last: int | None = None

    async def talk(self) -> None:
        """Until cancelled: connect, catch up, say what is not acked, listen."""
        while True:
            with contextlib.suppress(aiohttp.ClientError, ConnectionError, TimeoutError):
                socket, welcome = await self._connect()
                async with socket:
                    self._start_from(welcome)
                    for line in list(self.unacked.values()):
                        await socket.ask(line)
                    await self._listen(socket)
            await asyncio.sleep(limits.RECONNECT_FIRST_S)

    async def say(self, socket: Socket, text: str) -> None:
        line = ChatPost(id=client_id(), text=text)
        self.unacked[line.id] = line
        with contextlib.suppress(ConnectionError, aiohttp.ClientError):
            await socket.ask(line)

    async def _connect(self) -> tuple[Socket, Welcome]:
        if isinstance(self.person, Customer):
            return await self.person.connect(last=self._last)
        return await self.person.session(self.session, last=self._last)

    def _start_from(self, welcome: Welcome) -> None:
        assert not welcome.gap
        if welcome.snapshot is not None:
            assert self._last is None
            self._last = welcome.snapshot.seq

    async def _listen(self, socket: Socket) -> None:
        number = 0
        await self.say(socket, f"line {number}")
        while True:
            event = await socket.event()
            seq = getattr(event, "seq", 0)
            if isinstance(event, Ack):
                self.acked.add(event.id)
                self.unacked.pop(event.id, None)
                number += 1
                self.more.set()
                await self.say(socket, f"line {number}")
            elif isinstance(event, ChatPosted):
                assert self._last is not None
                assert seq == self._last + 1, "a hole or a repetition"
                self._last = seq
                self.told.append(event)
            elif seq and hasattr(event, "at"):
                self._last = seq


@asynccontextmanager
async def talking(*talkers: Talker) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(one.talk()) for one in talkers]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest.mark.whole
async def test_nothing_acknowledged_is_lost_and_nothing_told_twice(tmp_path: Path) -> None:
    relay = RelayProcess(tmp_path / "relay")
    await relay.start()
    relay.command("create-user", "--name", NAME, "--shown-name", "Ada")
    link = relay.command("sign-in-link", "--name", NAME)
    authority = tmp_path / "relay" / "development-ca.pem"
    async with (
        calling(relay.origin, authority) as theirs,
        calling(relay.origin, authority) as mine,
    ):
        ada, grace = Representative(theirs, relay.origin), Customer(mine, relay.origin)
        await ada.sign_in_by_link(link)
        desk = await ada.desk()
        joined = await grace.join((await ada.make_key(desk)).key)
        await ada.accept(desk, joined.session)
        await desk.close()
        talkers = [Talker(grace, joined.session), Talker(ada, joined.session)]
        async with talking(*talkers):
            for _ in range(KILLS):
                await _until_acked(talkers, LINES_A_LIFE)
                await relay.kill()
                await relay.start()
            await _until_acked(talkers, LINES_A_LIFE)
    await relay.kill()
    ids = stored_lines(tmp_path / "relay" / "relay.db")
    assert len(ids) == len(set(ids)), "a line was stored twice"
    for talker in talkers:
        assert talker.acked <= set(ids), "an acknowledged line is gone"
        heard = [one.id for one in talker.told]
        begin = ids.index(heard[0])
        assert heard == ids[begin : begin + len(heard)], "told twice, or in another order"


def stored_lines(database: Path) -> list[str]:
    """The ids of all chat lines on disk, in the order of their numbers."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT body FROM fact WHERE topic = 'session' ORDER BY seq")
        facts = [decode_stored_fact(body.encode()) for (body,) in rows]
    assert [one.seq for one in facts] == list(range(1, len(facts) + 1)), "a number is missing"
    return [one.id for one in facts if isinstance(one, ChatPosted)]


async def _until_acked(talkers: list[Talker], more: int) -> None:
    wanted = [len(one.acked) + more for one in talkers]
    async with asyncio.timeout(60):
        for talker, least in zip(talkers, wanted, strict=True):
            while len(talker.acked) < least:
                talker.more.clear()
                await talker.more.wait()
