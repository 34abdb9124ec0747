#!/usr/bin/env python3
"""Files through the relay over TLS beside nginx: how fast, how much memory, and what chats feel.

The same file goes up and down through both, in turn, moved by the same program. Our relay takes
pieces, stores each before it says yes, and checks the sum; nginx takes one body.
"""

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.environment import FILE_BENCH, enter  # noqa: E402

if __name__ == "__main__":
    enter(FILE_BENCH)

import os  # noqa: E402
import ssl  # noqa: E402
from typing import NamedTuple  # noqa: E402

import aiohttp  # noqa: E402
import msgspec  # noqa: E402
import uvloop  # noqa: E402

from scripts.bench.files.broken import resent_bytes  # noqa: E402
from scripts.bench.files.mover import Done, Job  # noqa: E402
from scripts.bench.files.nginx import running_nginx, version  # noqa: E402
from scripts.bench.files.parties import Parties  # noqa: E402
from scripts.bench.load import Pair, measured, trusting  # noqa: E402
from scripts.bench.report import Figure, middle, options, percentile, progress, show  # noqa: E402
from scripts.bench.sessions import Staff  # noqa: E402
from scripts.interruption import interruptible  # noqa: E402
from scripts.stage.relay import REPRESENTATIVE, Relay, ensure_representative, running_relay  # noqa: E402

MB = 1024 * 1024
CHATS = 10
SAMPLE_S = 0.02
BROKEN_BYTES = 24 * MB


class Size(NamedTuple):
    """Bytes of the file, rounds, and seconds that chats are measured."""

    file: int
    rounds: int
    chat_s: float


QUICK = Size(file=128 * MB, rounds=2, chat_s=3.0)
FULL = Size(file=1024 * MB, rounds=5, chat_s=10.0)


class Speed(NamedTuple):
    """Bytes a second, up and down."""

    up: float
    down: float


class Round(NamedTuple):
    relay: Speed
    nginx: Speed
    memory_mb: float
    mover_mb: float


def main() -> None:
    """Measure both in turn, show, and leave nothing running."""
    chosen = options(__doc__.splitlines()[0] if __doc__ else "")
    size = QUICK if chosen.quick else FULL
    try:
        with interruptible(), _hall() as (relay, origin, folder):
            figures = uvloop.run(measure(relay, origin, folder, size))
    except RuntimeError as why:
        sys.exit(f"The benchmark stopped: {why}")
    show(figures, chosen, more={"nginx": version(), "file_bytes": size.file})


@contextlib.contextmanager
def _hall() -> Iterator[tuple[Relay, str, Path]]:
    """Relay and nginx on the same disk, which is a real one."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=ROOT)))
        ensure_representative(folder / "relay")
        relay = stack.enter_context(running_relay(folder / "relay", 0))
        origin = stack.enter_context(running_nginx(folder / "nginx", relay))
        yield relay, origin, folder


async def measure(relay: Relay, nginx: str, folder: Path, size: Size) -> list[Figure]:
    """All figures."""
    file = folder / "file"
    await asyncio.to_thread(_make, file, size.file)
    context = trusting(str(relay.authority))
    async with _http(context) as staff_http, _http(context) as guests:
        staff = Staff(staff_http, guests, relay.origin)
        await staff.sign_in(relay.sign_in_link(REPRESENTATIVE))
        parties = Parties(relay, staff, staff_http)
        await parties.allow(2000)
        place = Place(relay, nginx, parties, file)
        rounds = [await one_round(place, number, size) for number in range(size.rounds)]
        pairs = [await staff.open_pair() for _ in range(CHATS)]
        ratios = [await chat_ratio(place, pairs, size) for _ in range(size.rounds)]
        agreed = await parties.agreed(BROKEN_BYTES)
        wasted = await resent_bytes(guests, agreed, os.urandom(BROKEN_BYTES))
        await staff.close()
    return [*figures_of(rounds), *chat_figures(ratios), resent_figure(wasted)]


class Place(NamedTuple):
    """What takes part, and the file that is moved."""

    relay: Relay
    nginx: str
    parties: Parties
    file: Path


async def one_round(place: Place, number: int, size: Size) -> Round:
    """Both once; who begins changes from round to round."""
    found: dict[str, tuple[Speed, float, float]] = {}
    for name in ("relay", "nginx") if number % 2 == 0 else ("nginx", "relay"):
        found[name] = await (_through_relay if name == "relay" else _through_nginx)(place, size)
    (ours, memory, mover), (theirs, _, _) = found["relay"], found["nginx"]
    progress(
        f"round {number + 1}/{size.rounds}, MiB/s up and down: "
        f"relay {ours.up / MB:.0f} {ours.down / MB:.0f}, nginx {theirs.up / MB:.0f} "
        f"{theirs.down / MB:.0f}; relay +{memory:.0f} MB"
    )
    return Round(ours, theirs, memory, mover)


async def _through_relay(place: Place, size: Size) -> tuple[Speed, float, float]:
    async with Memory(place.relay) as memory:
        agreed = await place.parties.agreed(size.file)
        up = await _move(agreed.up(str(place.file)))
        down = await _move(agreed.down())
        _same(up, down)
        await agreed.taken(down)
    return _speed(size, up, down), memory.peak_mb, max(up.peak_mb, down.peak_mb)


async def _through_nginx(place: Place, size: Size) -> tuple[Speed, float, float]:
    authority = str(place.relay.authority)
    url = f"{place.nginx}/file"
    up = await _move(Job("whole", url, str(place.file), authority))
    down = await _move(Job("down", url, "", authority))
    _same(up, down)
    return _speed(size, up, down), 0.0, 0.0


def _same(up: Done, down: Done) -> None:
    """Raises `RuntimeError` when another file came down than went up."""
    if up.sha256 != down.sha256:
        raise RuntimeError("the file has changed on its way")


def _speed(size: Size, up: Done, down: Done) -> Speed:
    return Speed(size.file / up.seconds, size.file / down.seconds)


async def _move(job: Job) -> Done:
    """Carry `job` out in a process of its own. Raises `RuntimeError`."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "scripts.bench.files.mover"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    said, _ = await process.communicate(msgspec.json.encode(job))
    if process.returncode:
        raise RuntimeError(f"a file was not moved ({job.way})")
    return msgspec.json.decode(said, type=Done)


class Memory:
    """Looks at the relay's memory while the block lasts; `peak_mb` is the most beyond the start."""

    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        self.peak_mb = 0.0

    async def __aenter__(self) -> "Memory":
        self._before = _resident_mb(self._relay)
        self._task = asyncio.create_task(self._look())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _look(self) -> None:
        while True:
            self.peak_mb = max(self.peak_mb, _resident_mb(self._relay) - self._before)
            await asyncio.sleep(SAMPLE_S)


def _resident_mb(relay: Relay) -> float:
    """Memory of the relay's process that is not of files on the disk (RssAnon)."""
    status = Path(f"/proc/{relay.process.pid}/status").read_text("ascii").splitlines()
    return next(int(one.split()[1]) for one in status if one.startswith("RssAnon:")) / 1024


async def chat_ratio(place: Place, pairs: list[Pair], size: Size) -> tuple[float, float]:
    """The p99 (ms) of chat lines while nothing else goes on, and while a file goes up and down."""
    idle = percentile(await measured(pairs, size.chat_s), 0.99)
    moving = asyncio.create_task(_keep_moving(place, size))
    await asyncio.sleep(0.5)
    busy = percentile(await measured(pairs, size.chat_s), 0.99)
    moving.cancel()
    await asyncio.gather(moving, return_exceptions=True)
    progress(f"chats: p99 {idle:.2f} ms alone, {busy:.2f} ms beside a file")
    return idle, busy


async def _keep_moving(place: Place, size: Size) -> None:
    while True:
        await _through_relay(place, size)


def figures_of(rounds: list[Round]) -> list[Figure]:
    """Throughput beside nginx, and memory."""
    up = middle(one.relay.up / one.nginx.up for one in rounds)
    down = middle(one.relay.down / one.nginx.down for one in rounds)
    return [
        Figure("files.up_ratio", up, "x nginx", 0.7, most=False),
        Figure("files.down_ratio", down, "x nginx", 0.7, most=False),
        Figure("files.relay_mb", max(one.memory_mb for one in rounds), "MB", 64.0),
        Figure("files.client_mb", max(one.mover_mb for one in rounds), "MB", 64.0),
        Figure("files.up_mb_s", middle(one.relay.up for one in rounds) / MB, "MiB/s"),
        Figure("files.down_mb_s", middle(one.relay.down for one in rounds) / MB, "MiB/s"),
        Figure("files.nginx_up_mb_s", middle(one.nginx.up for one in rounds) / MB, "MiB/s"),
        Figure("files.nginx_down_mb_s", middle(one.nginx.down for one in rounds) / MB, "MiB/s"),
    ]


def chat_figures(ratios: list[tuple[float, float]]) -> list[Figure]:
    """What chats feel of it."""
    return [
        Figure("files.chat_p99_ratio", middle(busy / idle for idle, busy in ratios), "x idle", 3.0),
        Figure("files.chat_idle_p99_ms", middle(idle for idle, _ in ratios), "ms"),
        Figure("files.chat_busy_p99_ms", middle(busy for _, busy in ratios), "ms"),
    ]


def resent_figure(wasted: list[int]) -> Figure:
    """The most that one of the interruptions cost."""
    return Figure("files.resent_bytes_max", max(wasted), "bytes", float(MB))


def _make(file: Path, size: int) -> None:
    with file.open("wb") as out:
        for _ in range(size // MB):
            out.write(os.urandom(MB))


@contextlib.asynccontextmanager
async def _http(context: ssl.SSLContext) -> AsyncIterator[aiohttp.ClientSession]:
    connector = aiohttp.TCPConnector(limit=0, ssl=context)
    async with aiohttp.ClientSession(connector=connector) as session:
        yield session


if __name__ == "__main__":
    main()
