"""Keeps what customers were promised: tells them that a problem is solved, deletes what is over.

A notice that is closed tells those who asked at once. One that only ended tells them when it is
deleted, since until then somebody may still close it. An address is kept until its owner is told,
and for at most `UNTOLD_MS`.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping

import structlog

from protocol.catalogue import Catalogue
from relay.clock import Clock
from relay.domain.content import Notice, in_language
from relay.domain.notices import is_expired_for_good
from relay.mail import Mailer, MailFailed, MailRefused
from relay.storage.database import StorageUnavailable
from relay.storage.notices import Asker, NoticeStore

log = structlog.get_logger("follow_up")

EVERY_S = 60.0
RETRY_MOST_S = 3600.0


class FollowUp:
    """Made on the running loop, `start`ed, in the end `stop`ped. `changed` is called after notices
    were deleted; `origin` is where people find us again."""

    def __init__(
        self,
        notices: NoticeStore,
        mailer: Mailer,
        clock: Clock,
        catalogues: Mapping[str, Catalogue],
        organisation: str,
        origin: str,
        changed: Callable[[], Awaitable[None]],
    ) -> None:
        self._notices = notices
        self._mailer = mailer
        self._clock = clock
        self._catalogues = catalogues
        self._organisation = organisation
        self._origin = origin
        self._changed = changed
        self._woken = asyncio.Event()
        self._stopping = False
        self._task: asyncio.Task[None] | None = None
        self._not_before = 0.0
        self._pause_s = EVERY_S

    def start(self) -> None:
        """Begin to look now and then, on the running loop."""
        self._task = asyncio.create_task(self._run())

    def wake(self) -> None:
        """Look at once: a notice was closed."""
        self._not_before = 0.0
        self._woken.set()

    async def stop(self) -> None:
        """Let a mail that is under way be sent, and stop."""
        self._stopping = True
        self._woken.set()
        if self._task is not None:
            await self._task

    async def round(self) -> None:
        """Tell everybody who can be told now, then delete what is over.

        Raises `StorageUnavailable`.
        """
        if self._mailer.can_send and self._clock.monotonic() >= self._not_before:
            for notice in await self._notices.everything():
                now = self._clock.now_ms()
                if notice.closed_at is not None or is_expired_for_good(notice, now):
                    await self._tell_all(notice)
        if await self._notices.delete_expired(self._clock.now_ms()):
            await self._changed()

    async def _run(self) -> None:
        while not self._stopping:
            self._woken.clear()
            try:
                await self.round()
            except StorageUnavailable:
                log.warning("follow_up.storage")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), EVERY_S)

    async def _tell_all(self, notice: Notice) -> None:
        for asker in await self._notices.to_tell(notice.id):
            if self._stopping:
                return
            try:
                await self._tell(notice, asker)
            except MailRefused:
                log.info("mail.refused", notice=notice.id)
            except MailFailed as failed:
                self._rest(failed.why)
                return
            self._pause_s = EVERY_S
            await self._notices.told([asker.id], self._clock.now_ms())

    async def _tell(self, notice: Notice, asker: Asker) -> None:
        texts, site = self._catalogues[asker.language], self._organisation
        words = {
            "site": site,
            "notice": in_language(notice.texts, asker.language),
            "url": self._origin,
        }
        if notice.closed_at is None:
            subject, text = texts("mail.ended_subject", site=site), texts("mail.ended", **words)
        else:
            subject, text = texts("mail.solved_subject", site=site), texts("mail.solved", **words)
        await self._mailer.send(asker.email, subject, text, asker.language)
        log.info("mail.sent", notice=notice.id)

    def _rest(self, why: str) -> None:
        """The server does not work now: leave it alone for a while, then for longer."""
        log.warning("mail.failed", why=why, again_in_s=round(self._pause_s))
        self._not_before = self._clock.monotonic() + self._pause_s
        self._pause_s = min(self._pause_s * 2, RETRY_MOST_S)
