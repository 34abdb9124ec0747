"""Puts the relay together: the only place where all its parts meet."""

import datetime as dt
import secrets
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from argon2 import PasswordHasher

from protocol import catalogue, limits
from relay import folderlock, release
from relay.clock import Clock, SystemClock
from relay.config import RelayConfig, masked
from relay.fault import StartFault
from relay.follow_up import FollowUp
from relay.http.caller import Callers
from relay.http.health import metrics_application
from relay.http.pages import Pages
from relay.http.parts import Parts
from relay.http.routes import application
from relay.http.static import StaticFiles
from relay.identity import Identity
from relay.listening import listen, port_of, site
from relay.mail import Mailer
from relay.metrics import Metrics
from relay.passwords import Passwords
from relay.realtime.depot import FREE_BYTES, Quota
from relay.realtime.hub import Hub
from relay.realtime.surroundings import Surroundings
from relay.realtime.tickets import Tickets
from relay.scanner import Scanner
from relay.sealing import Seal
from relay.secretfile import read_or_make
from relay.storage.accounts import AccountStore
from relay.storage.blobs import BlobStore
from relay.storage.database import Database
from relay.storage.keys import KeyStore
from relay.storage.notices import NoticeStore
from relay.storage.people import PeopleStore
from relay.storage.second_factors import SecondFactorStore
from relay.tls import server_context

WEB_FOLDER = Path(__file__).parent / "web"
KEYS_SECRET_FILE = "keys.secret"  # noqa: S105 (names the file)
KEYS_SECRET_BYTES = 32
BLOBS_FOLDER = "blobs"
MB = 1000 * 1000
KEEP_ALIVE_S = 75.0
LINGER_S = 3.0
"""So long a body that is refused may go on coming, so that its sender reads the answer."""
SHUTDOWN_S = 5.0


@dataclass(frozen=True, slots=True)
class Relay:
    """A relay that runs. `config` holds the real port and origin; `metrics_url` is empty when
    there is no such listener."""

    parts: Parts
    metrics_url: str
    _stack: AsyncExitStack

    @property
    def config(self) -> RelayConfig:
        return self.parts.config

    @property
    def origin(self) -> str:
        return self.parts.config.public_url

    @property
    def port(self) -> int:
        return self.parts.config.port

    @property
    def hub(self) -> Hub:
        return self.parts.hub

    @property
    def database(self) -> Database:
        return self.parts.database

    @property
    def identity(self) -> Identity:
        return self.parts.identity

    async def close(self) -> None:
        """Take no more callers, ask every peer to come back later, write what waits, and stop.

        Doing so twice does no harm.
        """
        await self._stack.aclose()


@dataclass(frozen=True, slots=True)
class Tuning:
    """What only tests and benchmarks change."""

    grace_s: float = limits.RECONNECT_GRACE_S
    tick_s: float = 1.0
    trial_pace: float = 1.0
    batch: int = 500
    free_bytes: int = FREE_BYTES
    hasher: PasswordHasher | None = None


@asynccontextmanager
async def running(
    config: RelayConfig, clock: Clock | None = None, tuning: Tuning | None = None
) -> AsyncIterator[Relay]:
    """A relay that runs until the block ends. Raises `StartFault`."""
    async with AsyncExitStack() as stack:
        relay = await build(config, clock or SystemClock(), tuning or Tuning(), stack)
        yield relay
        await relay.close()


async def build(config: RelayConfig, clock: Clock, tuning: Tuning, stack: AsyncExitStack) -> Relay:
    """Start everything; what must be stopped again is put on `stack`. Raises `StartFault`."""
    prepare_data_folder(config)
    stack.enter_context(folderlock.held(config.data_folder))
    bound = stack.enter_context(listen(config.host, config.port))
    config = config.at_port(port_of(bound))
    now = dt.datetime.fromtimestamp(clock.now_ms() / 1000, dt.UTC)
    context = server_context(config, now)
    database = await stack.enter_async_context(opened_database(config))
    parts = _parts(config, clock, tuning, database)
    stack.callback(parts.passwords.close)
    stack.callback(parts.blobs.close)
    metrics_url = await _start_metrics(parts, stack)
    runner = web.AppRunner(
        application(parts),
        access_log=None,
        keepalive_timeout=KEEP_ALIVE_S,
        lingering_time=LINGER_S,
        shutdown_timeout=SHUTDOWN_S,
    )
    stack.push_async_callback(runner.cleanup)
    stack.push_async_callback(parts.hub.stop)
    await runner.setup()
    await parts.hub.start()
    parts.follow_up.start()
    stack.push_async_callback(parts.follow_up.stop)
    listener = site(runner, bound, context, fast_tls=config.fast_tls)
    await listener.start()
    stack.push_async_callback(listener.stop)
    return Relay(parts, metrics_url, stack)


def prepare_data_folder(config: RelayConfig) -> None:
    """Make the data folder, for the relay's user only. Raises `StartFault`."""
    folder = config.data_folder
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        why = error.strerror or str(error)
        raise StartFault("data", path=str(folder), why=why) from None


@asynccontextmanager
async def opened_database(config: RelayConfig) -> AsyncIterator[Database]:
    """The database, its tables in their newest shape. Raises `StartFault`."""
    database: Database | None = None
    try:
        if config.database_file is not None:
            # Opened here first: a failed connection of aiosqlite leaves a thread behind that
            # still calls the loop a moment later.
            config.database_file.open("ab").close()
        database = await Database.open(config.database_url)
        await database.migrate()
    except Exception as error:  # whatever a driver raises: the operator must know
        if database is not None:
            await database.close()
        known = error.strerror if isinstance(error, OSError) else None
        why = known or str(error).partition("\n")[0] or type(error).__name__
        raise StartFault("database", url=masked(config.database_url), why=why) from error
    try:
        yield database
    finally:
        await database.close()


def key_store(config: RelayConfig, database: Database) -> KeyStore:
    """The session keys, hashed under the secret in the data folder. Raises `StartFault`."""
    path = config.data_folder / KEYS_SECRET_FILE
    secret = read_or_make(path, lambda: secrets.token_bytes(KEYS_SECRET_BYTES))
    if len(secret) != KEYS_SECRET_BYTES:
        raise StartFault("keys_secret", path=str(path))
    return KeyStore(database, secret)


def _surroundings(
    config: RelayConfig, clock: Clock, tuning: Tuning, database: Database
) -> Surroundings:
    return Surroundings(
        database=database,
        clock=clock,
        keys=key_store(config, database),
        identity=Identity.load(config.data_folder),
        metrics=Metrics(),
        origin=lambda: config.public_url,
        organisation=config.organisation,
        mail=config.sends_mail,
        grace_s=tuning.grace_s,
        blobs=BlobStore(config.data_folder / BLOBS_FOLDER),
        quota=Quota(config.files_session_mb * MB, config.files_relay_mb * MB, tuning.free_bytes),
        scanner=Scanner(config.scanner) if config.scanner else None,
        tick_s=tuning.tick_s,
        trial_pace=tuning.trial_pace,
        batch=tuning.batch,
    )


def _parts(config: RelayConfig, clock: Clock, tuning: Tuning, database: Database) -> Parts:
    around = _surroundings(config, clock, tuning, database)
    hub = Hub(around)
    return Parts(
        config=config,
        clock=clock,
        database=database,
        accounts=AccountStore(database),
        people=PeopleStore(database),
        second_factors=SecondFactorStore(database),
        seal=Seal.load(config.data_folder),
        keys=around.keys,
        passwords=Passwords(tuning.hasher),
        identity=around.identity,
        metrics=around.metrics,
        blobs=around.blobs,
        programs=release.store_of(config),
        callers=Callers(config),
        pages=Pages(WEB_FOLDER / "pages", config.organisation),
        static=StaticFiles.read(WEB_FOLDER),
        tickets=Tickets(clock),
        hub=hub,
        follow_up=_follow_up(around, config, hub),
    )


def _follow_up(around: Surroundings, config: RelayConfig, hub: Hub) -> FollowUp:
    return FollowUp(
        NoticeStore(around.database),
        Mailer(config),
        around.clock,
        {one: catalogue.load(one) for one in catalogue.LANGUAGES},
        organisation=config.organisation,
        origin=config.public_url,
        changed=hub.content_changed,
    )


async def _start_metrics(parts: Parts, stack: AsyncExitStack) -> str:
    config = parts.config
    if config.metrics_port is None:
        return ""
    bound = stack.enter_context(listen(config.metrics_host, config.metrics_port))
    runner = web.AppRunner(metrics_application(parts.metrics), access_log=None)
    stack.push_async_callback(runner.cleanup)
    await runner.setup()
    await web.SockSite(runner, bound).start()
    host = f"[{config.metrics_host}]" if ":" in config.metrics_host else config.metrics_host
    return f"http://{host}:{port_of(bound)}/metrics"
