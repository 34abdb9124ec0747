"""Carries out the client's network effects on the loop that it is made on."""

import asyncio
import dataclasses
import logging
import random
import socket
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Self

import aiohttp

from client.config import ClientConfig
from client.net.backoff import delays
from client.net.files.carrier import Carrier
from client.net.join import use_key
from client.net.link import Link
from client.net.photo import fetch_photo, fetch_picture
from client.net.surroundings import Surroundings
from client.net.survey import post_survey
from client.net.target import VOICE, Target
from client.net.trust import tls_context
from client.session.effects import (
    Connect,
    Disconnect,
    DropPictures,
    FetchLogo,
    FetchPhoto,
    NetEffect,
    PostSurvey,
    Send,
    StartOver,
    UseKey,
)
from client.session.file_effects import Download, HurryFiles, LookAt, StopFile, Upload
from client.session.inputs import LinkClosed
from client.session.state import Verdict
from client.session.working_inputs import LogoCame
from protocol.channel import Header
from protocol.site_api import LOGO_BYTES
from protocol.version import VERSION

SEND_BUFFER_BYTES = 64 * 1024
"""Small, so that what was written but not sent is little, and stale pictures cannot pile up."""

CLOSE_S = 1.5
"""How long the end of the program waits for a polite close before it breaks the connection."""

_log = logging.getLogger(__name__)


class Switchboard:
    """An asynchronous context: on leaving it, the link is closed and no task is left."""

    def __init__(self, config: ClientConfig, around: Surroundings) -> None:
        self._around = around
        self._tell = around.tell
        self._http = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(socket_factory=_socket),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": f"{VOICE}/{VERSION}"},
        )
        self._target = Target(
            self._http,
            config.relay,
            config.identity,
            tls_context(Path(config.ca) if config.ca else None),
        )
        self._files = Carrier(self._target, around.place, self._tell, _fresh_delays)
        self._calls: set[asyncio.Task[None]] = set()
        self._link: Link | None = None
        self._running: asyncio.Task[None] | None = None

    def carry_out(self, effect: NetEffect) -> None:
        """Begin `effect`; its outcome is told as inputs."""
        match effect:
            case UseKey() | PostSurvey() | FetchLogo() | FetchPhoto():
                self._call(self._ask(effect))
            case LookAt() | Upload() | Download() | StopFile() | HurryFiles():
                self._files.carry_out(effect)
            case Connect():
                self._link = Link(self._target, effect.token, self._around, _fresh_delays)
                self._running = self._task(self._link.run())
            case Send() if self._link is not None:
                self._link.send(effect.request)
            case DropPictures() if self._link is not None:
                self._link.drop_pictures()
            case StartOver() if self._link is not None:
                self._link.start_over()
            case Disconnect() if self._link is not None:
                self._link.close()
            case _:
                _log.debug("no link for %s", type(effect).__name__)

    def offer(self, header: Header, payload: bytes) -> None:
        """Send a message of the channel."""
        if self._link is not None:
            self._link.offer(header, payload)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._files.close()
        for call in self._calls:
            call.cancel()
        if self._calls:
            await asyncio.wait(self._calls)
        if self._link is not None and self._running is not None:
            self._link.close()
            await asyncio.wait({self._running}, timeout=CLOSE_S)
            self._link.abort()
            await asyncio.wait({self._running})
        await self._http.close()

    async def _ask(self, effect: UseKey | PostSurvey | FetchLogo | FetchPhoto) -> None:
        """One HTTPS call, and what came of it."""
        match effect:
            case UseKey():
                answer = await use_key(self._target, effect.join)
                self._tell(dataclasses.replace(answer, attempt=effect.attempt))
            case PostSurvey():
                self._tell(await post_survey(self._target, effect.answers))
            case FetchLogo():
                content = await fetch_picture(self._target, effect.path, LOGO_BYTES)
                if content:
                    self._tell(LogoCame(content))
            case FetchPhoto():
                came = await fetch_photo(self._target, effect.sha256)
                if came is not None:
                    self._tell(came)

    def _call(self, work: Coroutine[None, None, None]) -> None:
        """An HTTPS call; the end of the program does not wait for it."""
        call = self._task(work)
        self._calls.add(call)
        call.add_done_callback(self._calls.discard)

    def _task(self, work: Coroutine[None, None, None]) -> "asyncio.Task[None]":
        task = asyncio.get_running_loop().create_task(work)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: "asyncio.Task[None]") -> None:
        """A bug in the network thread must not look like a network that is merely slow."""
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("network task failed", exc_info=error)
            self._tell(LinkClosed(Verdict.REFUSED))


def _fresh_delays() -> Iterator[float]:
    return delays(lambda most: random.uniform(0, most))  # noqa: S311 - spreads load, guards nothing


def _socket(info: aiohttp.AddrInfoType) -> socket.socket:
    family, kind, number, _, _ = info
    made = socket.socket(family, kind, number)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
    return made
