"""Notices: what administrators see and change of them, and the page that tells how one stands."""

import datetime as dt

import structlog
from aiohttp import web

from protocol import limits
from protocol.errors import ErrorCode
from protocol.site_api import (
    MATCH_WORD_CHARS,
    Made,
    NoticeClosed,
    NoticeRow,
    Notices,
    NoticeSendWish,
    NoticeSent,
    NoticeWish,
    PortalChoice,
)
from relay.domain.content import Notice
from relay.domain.notices import (
    KEPT_MS,
    NoticeState,
    folded,
    is_expired_for_good,
    over_since,
    state_of,
)
from relay.http.answers import Refusal, answer, read_json
from relay.http.parts import Parts
from relay.http.site_input import done, id_of, line_of, new_id, texts_of, told
from relay.http.teams import issue_row
from relay.http.who import ACCOUNT
from relay.storage.notices import Helped, NoticeStore, notice_version

log = structlog.get_logger("notices")


class NoticePages:
    """The handlers; all but `public`, which anybody may look at, ask for `notices.manage`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._store = NoticeStore(parts.database)

    async def state(self, _request: web.Request) -> web.Response:
        """GET /api/notices"""
        now = self._parts.clock.now_ms()
        content = self._parts.hub.content
        notices = [
            one for one in await self._store.everything() if not is_expired_for_good(one, now)
        ]
        helped = await self._store.counts()
        return answer(
            Notices(
                now=now,
                mail=content.mail,
                notices=tuple(_row(one, helped.get(one.id, Helped()), now) for one in notices),
                portals=tuple(
                    PortalChoice(id=one.id, slug=one.slug, name=one.name)
                    for one in content.portals.values()
                ),
                issues=tuple(issue_row(one) for one in content.issues.values()),
            )
        )

    async def add(self, request: web.Request) -> web.Response:
        """POST /api/notices"""
        notice = self._notice(new_id(), await read_json(request, NoticeWish))
        with told():
            await self._store.add(notice, request[ACCOUNT].id)
        log.info("notices.added", by=request[ACCOUNT].id, id=notice.id)
        await self._parts.hub.content_changed()
        return answer(Made(id=notice.id))

    async def change(self, request: web.Request) -> web.Response:
        """POST /api/notices/{id}"""
        wish = await read_json(request, NoticeWish)
        with told():
            await self._store.change(self._notice(id_of(request), wish), wish.version)
        log.info("notices.changed", by=request[ACCOUNT].id, id=id_of(request))
        await self._parts.hub.content_changed()
        return done()

    async def send(self, request: web.Request) -> web.Response:
        """POST /api/notices/{id}/send: show it now, whatever its rules say."""
        wish, me = await read_json(request, NoticeSendWish), request[ACCOUNT]
        notice = await self._store.find(id_of(request))
        if notice is None:
            raise Refusal(ErrorCode.NOT_FOUND)
        if state_of(notice, self._parts.clock.now_ms()) is not NoticeState.ACTIVE:
            raise Refusal(ErrorCode.NOT_NOW, detail="notice_not_active")
        sessions = await self._parts.hub.entrance.send_notice(
            notice.id, waiting=wish.waiting, running=wish.running
        )
        log.info("notices.sent", by=me.id, id=notice.id, sessions=sessions)
        return answer(NoticeSent(sessions=sessions))

    async def close(self, request: web.Request) -> web.Response:
        """POST /api/notices/{id}/close: what it tells of is solved."""
        with told():
            people = await self._store.close(id_of(request), self._parts.clock.now_ms())
        log.info("notices.closed", by=request[ACCOUNT].id, id=id_of(request), people=people)
        await self._parts.hub.content_changed()
        self._parts.follow_up.wake()
        return answer(NoticeClosed(people=people))

    async def public(self, request: web.Request) -> web.Response:
        """GET /notice/{id}: still open, or solved since when. It tells nothing else."""
        now = self._parts.clock.now_ms()
        notice = await self._store.find(id_of(request))
        if notice is None or is_expired_for_good(notice, now):
            return self._parts.pages.render(request, "notice", status=404, state="unknown", at="")
        over_at = over_since(notice)
        if over_at is None or over_at > now:
            return self._parts.pages.render(request, "notice", state="open", at="")
        state = "ended" if notice.closed_at is None else "solved"
        since = dt.datetime.fromtimestamp(over_at / 1000, dt.UTC)
        return self._parts.pages.render(
            request, "notice", state=state, at=f"{since:%Y-%m-%d %H:%M}"
        )

    def _notice(self, notice_id: str, wish: NoticeWish) -> Notice:
        now = self._parts.clock.now_ms()
        starts_at = now if wish.starts_at is None else wish.starts_at
        if wish.ends_at is not None and wish.ends_at <= max(now, starts_at):
            late = "ends_past" if wish.ends_at <= now else "ends_early"
            raise Refusal(ErrorCode.BAD_INPUT, field="endsAt", detail=late)
        return Notice(
            notice_id,
            line_of(wish.name, "name"),
            texts_of(wish.texts, "texts", limits.NOTICE_CHARS),
            starts_at,
            wish.ends_at,
            wish.automatic,
            frozenset(wish.portals),
            frozenset(wish.issues),
            frozenset(wish.systems),
            _words(wish.words),
        )


def _words(typed: tuple[str, ...]) -> tuple[str, ...]:
    """Each once, as words are compared, in the order in which they were typed."""
    kept: dict[str, str] = {}
    for word in (line_of(one, "words", MATCH_WORD_CHARS) for one in typed if one.strip()):
        kept.setdefault(folded(word), " ".join(word.split()))
    return tuple(kept.values())


def _row(notice: Notice, helped: Helped, now: int) -> NoticeRow:
    over_at = over_since(notice)
    return NoticeRow(
        id=notice.id,
        name=notice.name,
        texts=dict(notice.texts),
        starts_at=notice.starts_at,
        ends_at=notice.ends_at,
        closed_at=notice.closed_at,
        deleted_at=None if over_at is None else over_at + KEPT_MS,
        automatic=notice.automatic,
        portals=tuple(sorted(notice.portals)),
        issues=tuple(sorted(notice.issues)),
        systems=tuple(sorted(notice.systems)),
        words=notice.words,
        state=state_of(notice, now).value,
        saved=helped.saved,
        to_tell=helped.to_tell,
        told=helped.told,
        version=notice_version(notice),
    )
