#!/usr/bin/env python3
"""How fast a chat line is, against a relay that only echoes; what a commit and a session cost.

Our relay stores and syncs every line before anybody hears of it; the baseline passes bytes on.
Both run as processes of their own over TLS, in turn, on the same machine in the same minutes, so
the ratios mean something where absolute times do not.
"""

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.environment import TOOLS, enter  # noqa: E402

if __name__ == "__main__":
    enter(TOOLS)

import ssl  # noqa: E402
import subprocess  # noqa: E402
from typing import NamedTuple  # noqa: E402

import aiohttp  # noqa: E402
import uvloop  # noqa: E402

from scripts.bench.commits import acked_per_second  # noqa: E402
from scripts.bench.disk import sync_ms  # noqa: E402
from scripts.bench.load import Pair, drained, measured, trusting  # noqa: E402
from scripts.bench.report import Figure, middle, options, percentile, progress, show  # noqa: E402
from scripts.bench.sessions import Staff  # noqa: E402
from scripts.processes import started  # noqa: E402
from scripts.stage.relay import Relay, ask, running_relay  # noqa: E402

ACTIVE = 50
SENDERS = 50


class Size(NamedTuple):
    """How much is measured: idle sessions, rounds, seconds a round, seconds a commit run."""

    idle: int
    rounds: int
    seconds: float
    commit_seconds: float


QUICK = Size(idle=100, rounds=3, seconds=3.0, commit_seconds=1.0)
FULL = Size(idle=500, rounds=7, seconds=8.0, commit_seconds=3.0)


def main() -> None:
    """Measure, show, and leave nothing running."""
    chosen = options(__doc__.splitlines()[0] if __doc__ else "")
    size = QUICK if chosen.quick else FULL
    with tempfile.TemporaryDirectory(dir=ROOT) as folder:
        data = Path(folder)
        ask(data, "create-user", "--name", "ada", "--shown-name", "Ada")
        with running_relay(data, 0) as relay, echo(data) as echo_port:
            figures = uvloop.run(chat_figures(relay, echo_port, size))
        figures.append(uvloop.run(commit_figure(size, data)))
    show(figures, chosen)


@contextlib.contextmanager
def echo(data: Path) -> Iterator[int]:
    """The baseline with the relay's own certificate; yields its port."""
    files = [str(data / "development.pem"), str(data / "development.key")]
    command = [sys.executable, "-m", "scripts.bench.echo", *files]
    with started(command, stdout=subprocess.PIPE) as process:
        line = process.stdout.readline() if process.stdout else b""
        yield int(line)


async def chat_figures(relay: Relay, echo_port: int, size: Size) -> list[Figure]:
    """Latency ratios and the memory of an idle session."""
    context = trusting(str(relay.authority))
    async with http(context) as staff_http, http(context) as guests, http(context) as echo_http:
        staff = Staff(staff_http, guests, relay.origin)
        await staff.sign_in(relay.sign_in_link("ada"))
        progress(f"opening {ACTIVE} sessions")
        ours = [await staff.open_pair() for _ in range(ACTIVE)]
        before = resident_kb(relay)
        progress(f"opening {size.idle} idle sessions")
        idle = [await staff.open_pair() for _ in range(size.idle)]
        per_session = (resident_kb(relay) - before) / size.idle
        origin = f"https://localhost:{echo_port}"
        theirs = [await echo_pair(echo_http, origin, index) for index in range(ACTIVE)]
        silent = [await echo_pair(echo_http, origin, ACTIVE + index) for index in range(size.idle)]
        unread = [one.receiver for one in (*idle, *silent)]
        unread += [one.sender for one in (*ours, *theirs, *idle, *silent)]
        kept = [asyncio.create_task(drained(socket)) for socket in unread]
        ratios = await rounds(ours, theirs, size, relay.data)
        for task in kept:
            task.cancel()
        await asyncio.gather(*kept, return_exceptions=True)
        await staff.close()
    return [
        *ratios,
        Figure("chat.idle_session_kb", per_session, "KB"),
    ]


async def rounds(ours: list[Pair], theirs: list[Pair], size: Size, folder: Path) -> list[Figure]:
    """Both in turn, several times; the median of the rounds' ratios.

    The floor is what a relay without any cost of its own would have: the echo and the disk.
    """
    floor: list[float] = []
    fast: list[tuple[float, float]] = []
    slow: list[tuple[float, float]] = []
    for number in range(size.rounds):
        turns = [("relay", ours), ("echo", theirs)]
        times: dict[str, list[float]] = {}
        for name, pairs in turns if number % 2 else reversed(turns):
            times[name] = await measured(pairs, size.seconds)
        fast.append((percentile(times["relay"], 0.5), percentile(times["echo"], 0.5)))
        slow.append((percentile(times["relay"], 0.99), percentile(times["echo"], 0.99)))
        sync = percentile(await asyncio.to_thread(sync_ms, folder), 0.5)
        floor.append((fast[-1][1] + sync) / fast[-1][1])
        progress(
            f"round {number + 1}/{size.rounds}: relay {fast[-1][0]:.2f} / {slow[-1][0]:.2f} ms, "
            f"echo {fast[-1][1]:.2f} / {slow[-1][1]:.2f} ms (p50 / p99), disk {sync:.2f} ms"
        )
    return [
        Figure("chat.p50_ratio", middle(a / b for a, b in fast), "x echo", 2.0),
        Figure("chat.p99_ratio", middle(a / b for a, b in slow), "x echo"),
        Figure("chat.p50_floor_ratio", middle(floor), "x echo"),
        Figure("chat.p50_ms", middle(a for a, _ in fast), "ms"),
        Figure("chat.p99_ms", middle(a for a, _ in slow), "ms"),
        Figure("chat.echo_p50_ms", middle(b for _, b in fast), "ms"),
        Figure("chat.echo_p99_ms", middle(b for _, b in slow), "ms"),
    ]


async def commit_figure(size: Size, folder: Path) -> Figure:
    """Group commit against one commit a fact, in turn."""
    ratios = []
    for number in range(size.rounds):
        single = await acked_per_second(SENDERS, 1, size.commit_seconds, folder)
        grouped = await acked_per_second(SENDERS, 500, size.commit_seconds, folder)
        ratios.append(grouped / single)
        progress(f"commits {number + 1}/{size.rounds}: {grouped:.0f} grouped, {single:.0f} single")
    return Figure("chat.commit_ratio", middle(ratios), "x single", 10.0, most=False)


async def echo_pair(session: aiohttp.ClientSession, origin: str, index: int) -> Pair:
    """Two sockets of one pair at the baseline."""
    url = f"{origin}/{index}"
    sender = await session.ws_connect(url)
    return Pair(sender, await session.ws_connect(url), lambda socket, text: socket.send_str(text))


@contextlib.asynccontextmanager
async def http(context: ssl.SSLContext) -> AsyncIterator[aiohttp.ClientSession]:
    """A session without a limit on its connections."""
    connector = aiohttp.TCPConnector(limit=0, ssl=context)
    async with aiohttp.ClientSession(connector=connector) as session:
        yield session


def resident_kb(relay: Relay) -> int:
    """Memory of the relay's process that is its own or its share (PSS), in KB."""
    smaps = Path(f"/proc/{relay.process.pid}/smaps_rollup").read_text("ascii")
    return next(int(line.split()[1]) for line in smaps.splitlines() if line.startswith("Pss:"))


if __name__ == "__main__":
    main()
