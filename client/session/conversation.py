"""The conversation as rows: day lines, system lines, runs of bubbles, ticks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from client.session.file_lines import detail, files_in
from client.session.lines import Voice, name_of, system_line
from client.session.outbox import Delivery, OwnLine
from client.session.state import ClientState
from client.session.view import LineKind, LineView, Tick
from protocol import limits
from protocol.catalogue import Catalogue
from protocol.facts import ChatPosted, Participant, SessionFact
from protocol.markup import Span, spans
from protocol.working_facts import LinkPushed

RUN_MS = 5 * 60 * 1000
"""Lines by one person that are closer than this form a run: one name, one time."""

_BUBBLES = (LineKind.THEIRS, LineKind.OWN)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The customer's day and time zone (None: the machine's own)."""

    today: date
    zone: tzinfo | None = None

    def local(self, at: int) -> datetime:
        """`at`, in ms since 1970, on the customer's clock."""
        return datetime.fromtimestamp(at / 1000, self.zone)


@dataclass(frozen=True, slots=True)
class _Row:
    """A line on its way to a view, with what its neighbours need to know of it."""

    view: LineView
    by: str
    at: int
    local: datetime | None


def rows(state: ClientState, t: Catalogue, calendar: Calendar) -> tuple[LineView, ...]:
    """All rows, oldest first: what the relay has stored, then what is still to be stored."""
    if state.snapshot is None:
        return ()
    people = {person.id: person for person in state.snapshot.participants}
    log = state.snapshot.log
    voice = Voice(people, state.me, t, files_in(log), state.photos)
    told = (_stored(fact, voice, calendar) for fact in log)
    stored = _with_pointed([row for row in told if row is not None], state, people, t, calendar)
    own = [_own(line, state.me, t) for line in state.outbox.lines]
    views = list(_grouped([*stored, *own], t, calendar))
    if len(log) == limits.LOG_LINES:
        trimmed = t("chat.trimmed")
        views.insert(0, LineView(key="trim", kind=LineKind.SYSTEM, text=trimmed, spoken=trimmed))
    return _ticked(views, _read_by_representatives(state), t)


def _with_pointed(
    stored: list[_Row],
    state: ClientState,
    people: dict[str, Participant],
    t: Catalogue,
    calendar: Calendar,
) -> list[_Row]:
    """With the lines that only this machine knows of, where they belong in time."""
    for one in state.share.pointed:
        local = calendar.local(one.at)
        text = f"{t('client.line.pointed', name=name_of(people.get(one.by), t))} · {local:%H:%M}"
        key = f"p{one.seq}-{one.at}"
        view = LineView(key=key, kind=LineKind.SYSTEM, text=text, spoken=text)
        after = sum(row.view.seq <= one.seq for row in stored)
        stored.insert(after, _Row(view, "", one.at, local))
    return stored


def initials_of(name: str) -> str:
    """At most two letters for the disc that stands for a photo."""
    words = [word for word in name.split() if word[0].isalnum()]
    picked = words if len(words) < 2 else (words[0], words[-1])
    return "".join(word[0].upper() for word in picked)


@lru_cache(maxsize=2 * limits.LOG_LINES)
def _spans(text: str) -> tuple[Span, ...]:
    return tuple(spans(text))


def _stored(fact: SessionFact, voice: Voice, calendar: Calendar) -> _Row | None:
    t = voice.t
    local = calendar.local(fact.at)
    clock = f"{local:%H:%M}"
    if not isinstance(fact, ChatPosted | LinkPushed):
        told = system_line(fact, voice)
        if not told:
            return None
        text = f"{told} · {clock}"
        view = LineView(
            key=f"s{fact.seq}",
            kind=LineKind.SYSTEM,
            text=text,
            detail=detail(fact, voice),
            spoken=text,
            seq=fact.seq,
        )
        return _Row(view, "", fact.at, local)
    mine = fact.by == voice.me
    said = fact.text if isinstance(fact, ChatPosted) else t("line.link", url=fact.url)
    name = t("person.you") if mine else voice.name(fact.by)
    view = LineView(
        key=f"c{fact.id}" if mine else f"s{fact.seq}",
        kind=LineKind.OWN if mine else LineKind.THEIRS,
        text=said,
        spans=_spans(said),
        name="" if mine else name,
        initials="" if mine else initials_of(name),
        photo=b"" if mine else voice.photo(fact.by),
        caption=clock,
        tick=Tick.STORED if mine else None,
        spoken=f"{name}, {clock}: {said}",
        seq=fact.seq,
    )
    return _Row(view, fact.by, fact.at, local)


def _own(line: OwnLine, me: str, t: Catalogue) -> _Row:
    refused = line.delivery is Delivery.REFUSED
    why = t(f"error.{line.code.value}", detail="") if line.code else ""
    caption = t("chat.refused", why=why) if refused else why
    view = LineView(
        key=f"c{line.id}",
        kind=LineKind.OWN,
        text=line.text,
        spans=_spans(line.text),
        caption=caption,
        tick=Tick.REFUSED if refused else Tick.PENDING,
        spoken=f"{t('person.you')}: {line.text}",
    )
    return _Row(view, me, 0, None)


def _grouped(stored: list[_Row], t: Catalogue, calendar: Calendar) -> Iterator[LineView]:
    day: date | None = None
    for index, row in enumerate(stored):
        before = stored[index - 1] if index else None
        after = stored[index + 1] if index + 1 < len(stored) else None
        if row.local and row.local.date() != day:
            day = row.local.date()
            text = _day_text(day, t, calendar)
            yield LineView(key=f"d{day}", kind=LineKind.DAY, text=text, spoken=text)
        if row.view.kind not in _BUBBLES:
            yield row.view
            continue
        yield replace(row.view, first=not _joins(before, row), last=not _joins(row, after))


def _joins(above: _Row | None, below: _Row | None) -> bool:
    """Whether two neighbours are lines of one run."""
    if above is None or below is None or above.view.kind is not below.view.kind:
        return False
    if above.by != below.by:
        return False
    if above.local is None or below.local is None:
        return True
    return below.at - above.at < RUN_MS and above.local.date() == below.local.date()


def _ticked(views: list[LineView], read: int, t: Catalogue) -> tuple[LineView, ...]:
    """Ticks stand under the customer's last line only, and under each that was refused."""
    last = max((n for n, view in enumerate(views) if view.kind is LineKind.OWN), default=-1)
    ticked: list[LineView] = []
    for n, view in enumerate(views):
        if view.kind is LineKind.OWN:
            view = _with_tick(view, read, t, shown=n == last or view.tick is Tick.REFUSED)
        elif view.kind is LineKind.THEIRS and not view.last:
            view = replace(view, caption="")
        ticked.append(view)
    return tuple(ticked)


def _with_tick(view: LineView, read: int, t: Catalogue, *, shown: bool) -> LineView:
    if not shown:
        return replace(view, tick=None, caption=view.caption if view.last else "")
    if view.tick is Tick.STORED and view.seq <= read:
        view = replace(view, tick=Tick.SEEN)
    if view.tick is Tick.REFUSED or view.tick is None:
        return replace(view, spoken=f"{view.spoken} — {view.caption}")
    word = t(f"chat.{view.tick.value}")
    caption = " · ".join(part for part in (view.caption, word) if part)
    return replace(view, caption=caption, spoken=f"{view.spoken} — {word}")


def _read_by_representatives(state: ClientState) -> int:
    return max((state.seen.get(person.id, 0) for person in state.representatives), default=0)


def _day_text(day: date, t: Catalogue, calendar: Calendar) -> str:
    if day == calendar.today:
        return t("chat.today")
    if day == calendar.today - timedelta(days=1):
        return t("chat.yesterday")
    return t("client.date", day=f"{day:%d}", month=f"{day:%m}", year=f"{day:%Y}")
