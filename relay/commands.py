"""What `bridge-relay` can do. Every command but `serve` works beside a relay that runs."""

import argparse
import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import NamedTuple

import msgspec
import structlog

from protocol import keys, limits
from protocol.api import LoginName
from protocol.catalogue import Catalogue
from protocol.queues import QueueKind
from relay import app, links
from relay.clock import SystemClock
from relay.config import RelayConfig
from relay.domain.accounts import Account, UserRole, is_weak
from relay.domain.names import tidy
from relay.domain.waiting import QueueKey
from relay.fault import StartFault
from relay.identity import Identity
from relay.passwords import Passwords
from relay.storage.accounts import AccountStore, NameTaken
from relay.storage.second_factors import SecondFactorStore

log = structlog.get_logger("relay")

LINK_MINUTES = limits.SIGN_IN_LINK_S // 60


class Call(NamedTuple):
    """One call of a command."""

    config: RelayConfig
    options: argparse.Namespace
    texts: Catalogue


Command = Callable[[Call], Awaitable[None]]


async def serve(call: Call) -> None:
    """Run until SIGINT or SIGTERM."""
    stop = _stop_signal()
    async with app.running(call.config) as relay:
        accounts = relay.parts.accounts
        if not await accounts.has_administrator():
            link = await links.setup_link(accounts, relay.parts.clock, relay.origin)
            sentence = call.texts("relay.setup_link", link=link, minutes=LINK_MINUTES)
            # With --ready-json, stdout is for programs.
            print(sentence, file=sys.stderr if call.options.ready_json else sys.stdout, flush=True)
        _print_ready(call, relay)
        log.info("relay.ready", origin=relay.origin, port=relay.port)
        await stop.wait()
        log.info("relay.stopping")
    log.info("relay.stopped")


def _print_ready(call: Call, relay: app.Relay) -> None:
    line = call.texts("relay.ready", origin=relay.origin)
    if call.options.ready_json:
        line = json.dumps(
            {
                "event": "ready",
                "origin": relay.origin,
                "pid": os.getpid(),
                "metrics": relay.metrics_url or None,
            }
        )
    print(line, flush=True)


def _stop_signal() -> asyncio.Event:
    """Set by SIGINT (Ctrl+C) and SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        if sys.platform == "win32":
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
        else:
            loop.add_signal_handler(number, stop.set)
    return stop


async def setup_link(call: Call) -> None:
    """Print a new one-time link for making the first administrator."""
    at = origin(call.config)
    async with _accounts(call.config) as accounts:
        if await accounts.has_administrator():
            raise StartFault("set_up_already")
        print(await links.setup_link(accounts, SystemClock(), at))


async def sign_in_link(call: Call) -> None:
    """Print a one-time sign-in link for somebody."""
    at = origin(call.config)
    async with _accounts(call.config) as accounts:
        account = await _account(accounts, call.options.name)
        print(await links.sign_in_link(accounts, SystemClock(), at, account))


async def create_user(call: Call) -> None:
    """Make an account, with a password from stdin or with none (sign-in by link only)."""
    name, shown_name = call.options.name, tidy(call.options.shown_name, limits.NAME_CHARS)
    try:
        msgspec.convert(name, LoginName)
    except msgspec.ValidationError:
        raise StartFault("name_shape", name=name) from None
    if not shown_name:
        raise StartFault("shown_name")
    role = UserRole.ADMINISTRATOR if call.options.administrator else UserRole.REPRESENTATIVE
    password_hash = await _password_hash(name, shown_name) if call.options.password_stdin else None
    async with _accounts(call.config) as accounts:
        now = SystemClock().now_ms()
        try:
            await accounts.create(name, shown_name, role, password_hash, now)
        except NameTaken:
            raise StartFault("name_taken", name=name) from None
    print(call.texts(f"relay.created_{role}", name=name))


async def _password_hash(*names: str) -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    if is_weak(password, *names) or len(password) > limits.PASSWORD_CHARS_MOST:
        raise StartFault("password_weak", least=limits.PASSWORD_CHARS_LEAST)
    passwords = Passwords()
    try:
        return await passwords.hash(password)
    finally:
        passwords.close()


async def remove_second_factor(call: Call) -> None:
    """Let somebody who has lost their app and recovery codes sign in without a code."""
    app.prepare_data_folder(call.config)
    async with app.opened_database(call.config) as database:
        account = await _account(AccountStore(database), call.options.name)
        await SecondFactorStore(database).remove(account.id)
    print(call.texts("relay.second_factor_removed", name=account.name))


async def make_key(call: Call) -> None:
    """Print a new session key of somebody's."""
    app.prepare_data_folder(call.config)
    async with app.opened_database(call.config) as database:
        account = await _account(AccountStore(database), call.options.name)
        store = app.key_store(call.config, database)
        own = QueueKey(QueueKind.PERSONAL, account.id)
        queue = own if call.options.own else QueueKey()
        key, _ = await store.make(account.id, queue, SystemClock().now_ms())
        print(keys.shown(key))


async def migrate(call: Call) -> None:
    """Bring the database to its newest shape."""
    async with _accounts(call.config):
        print(call.texts("relay.migrated"))


async def identity(call: Call) -> None:
    """Print the public half of the relay's identity."""
    app.prepare_data_folder(call.config)
    print(Identity.load(call.config.data_folder).public_text)


@asynccontextmanager
async def _accounts(config: RelayConfig) -> AsyncIterator[AccountStore]:
    app.prepare_data_folder(config)
    async with app.opened_database(config) as database:
        yield AccountStore(database)


async def _account(accounts: AccountStore, name: str) -> Account:
    found = await accounts.by_name(name)
    if found is None:
        raise StartFault("user_unknown", name=name)
    return found[0]


def origin(config: RelayConfig) -> str:
    """Where the running relay is reached. Raises `StartFault` when only it could know."""
    if config.port == 0 and not config.public_url:
        raise StartFault("origin_unknown")
    return config.at_port(config.port).public_url
