"""What the relay does by itself: one act at a time, each possible, and soon none."""

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.acts import RepresentativeDrop, SessionClose, SessionQueue, StepAsk, StepTimeOut
from protocol.facts import EndReason, SessionOpened, SessionQueued
from protocol.machines import SessionState
from protocol.queues import GENERAL, QueueCause, QueueKind
from protocol.requests import SessionEnd, SessionTransfer
from protocol.roles import Door
from protocol.snapshot import Snapshot, apply, representatives
from protocol.steps import Step
from relay.domain.content import Content, Notice, SiteSettings, Team
from relay.domain.given import Given
from relay.domain.minding import Moment, next_act
from relay.domain.notices import active
from relay.domain.orphans import PATIENCE_MS
from relay.domain.session import Session, SessionAct, Store, after, decide
from relay.domain.sharing import is_idle
from relay.domain.texts import TextName
from relay.domain.waiting import QueueKey, key_of
from tests.protocol.histories import STAFF, Story, stories
from tests.relay.domain import cast
from tests.relay.domain.cast import (
    ADA,
    BILLING,
    GRACE,
    LINUS,
    RELAY,
    SITE,
    WISH,
    accepted,
    carried_out,
    joined,
)

NOW = 40_000
"""Later than any fact of a `Story`."""

KEYS = (
    QueueKey(),
    QueueKey(QueueKind.TEAM, "b1"),
    QueueKey(QueueKind.TEAM, "billing"),
    QueueKey(QueueKind.PERSONAL, "ada"),
)
MOST_ACTS = 30
"""More than a session can ever need: 7 notices, 2 lost representatives, 3 queues, an end; 6
questions, 6 grants, the end of a share."""


def moment(now: int = NOW, **around: object) -> Moment:
    """A customer who is connected, and somebody on duty for every queue."""
    known = {"site": SITE, "present": True, "nobody_ms": None, "served": lambda _queue: True}
    return Moment(now=now, **(known | around))  # type: ignore[arg-type]


def acts(session: Session, content: Content, at: Moment) -> list[SessionAct]:
    """Everything the relay does until it has nothing left to do."""
    return settled(session, content, at)[1]


def settled(session: Session, content: Content, at: Moment) -> tuple[Session, list[SessionAct]]:
    """The session afterwards, and what was done; each act is one that the table allows."""
    done: list[SessionAct] = []
    while (act := next_act(session, content, at)) is not None:
        stored = [one for one in decide(session, act, RELAY, at.now) if isinstance(one, Store)]
        assert stored, f"{act} was refused"
        session = reduce(after, stored, session)
        done.append(act)
        assert len(done) <= MOST_ACTS, done
    return session, done


def session_of(story: Story) -> Session:
    """A session with this history."""
    opened = story.facts[0]
    assert isinstance(opened, SessionOpened)
    snapshot = reduce(apply, story.facts, Snapshot(session=cast.SESSION_ID))
    queued = [fact for fact in story.facts if isinstance(fact, SessionQueued)]
    return Session(snapshot, 1, opened, queued[-1] if queued else None)


SESSIONS = stories().map(session_of)
SWITCHES = {
    name: st.booleans()
    for name in (
        "agreement_client",
        "agreement_chat",
        "recording",
        "orphaned_at_once",
        "lost_last",
        "lost_entry",
        "lost_general",
    )
}
SETTINGS = st.builds(
    SiteSettings,
    **SWITCHES,
    orphaned_after_s=st.none() | st.integers(10, 60),
    lost_after_s=st.integers(10, 60),
)
NOTICES = st.lists(
    st.builds(
        Notice,
        st.sampled_from(["n1", "n2", "n3", "n4"]),
        st.just("name"),
        st.just({"en": "Broken."}),
        st.integers(NOW - 2, NOW + 2),
        st.none() | st.integers(NOW - 2, NOW + 2),
        st.booleans(),
        systems=st.sampled_from([frozenset[str](), frozenset({"linux"}), frozenset({"windows"})]),
    ),
    unique_by=lambda one: one.id,
)
TEAMS = st.sampled_from([{}, {"b1": Team("b1", "Billing")}])
SITES = st.builds(
    lambda settings, notices, teams: cast.content(None, *notices, settings=settings, teams=teams),
    SETTINGS,
    NOTICES,
    TEAMS,
)
MOMENTS = st.builds(
    lambda served, **around: moment(served=lambda queue: key_of(queue) in served, **around),
    st.frozensets(st.sampled_from(KEYS)),
    now=st.integers(NOW, NOW + 200_000),
    present=st.booleans(),
    nobody_ms=st.none() | st.integers(0, 2 * PATIENCE_MS),
    absent_ms=st.dictionaries(st.sampled_from([one.id for one in STAFF]), st.integers(0, 100_000)),
    can_record=st.booleans(),
)


@given(session=SESSIONS, content=SITES, at=MOMENTS)
def test_whatever_has_happened_it_is_soon_done(
    session: Session, content: Content, at: Moment
) -> None:
    done, _ = settled(session, content, at)
    assert next_act(done, content, at) is None


@given(session=SESSIONS, content=SITES, at=MOMENTS)
def test_afterwards_all_is_as_it_should_be(session: Session, content: Content, at: Moment) -> None:
    done, _ = settled(session, content, at)
    patience = content.settings.lost_after_s * 1000
    lost = {one for one, ms in at.absent_ms.items() if ms >= patience}
    match done.state:
        case SessionState.PREPARING:
            assert done.snapshot.question is not None or not at.present
        case SessionState.WAITING:
            queue = done.snapshot.queue
            assert queue.kind is not QueueKind.TEAM or queue.id in content.teams
            deserted = at.nobody_ms is not None and at.nobody_ms >= PATIENCE_MS
            assert not (content.settings.orphaned_at_once and deserted)
        case SessionState.ACTIVE:
            assert not lost & {one.id for one in representatives(done.snapshot)}
            assert at.present or is_idle(done.snapshot.sharing)
    if done.state in (SessionState.WAITING, SessionState.ACTIVE):
        shown = [one.notice for one in done.snapshot.notices]
        assert all(active(content.notices[one], at.now) for one in shown)


@given(story=stories(), content=SITES, at=MOMENTS)
def test_after_the_end_the_relay_does_nothing(story: Story, content: Content, at: Moment) -> None:
    session = session_of(story)
    if session.state is not SessionState.ENDED:
        session = carried_out(session, SessionEnd(id="end-it-now"), GRACE)
    assert next_act(session, content, at) is None


@pytest.mark.parametrize(
    ("door", "text"),
    [(Door.CLIENT, TextName.AGREEMENT_CLIENT), (Door.CHAT, TextName.AGREEMENT_CHAT)],
)
@pytest.mark.parametrize("language", cast.CATALOGUES)
def test_the_agreement_is_the_doors_own_in_the_customers_language(
    door: Door, text: TextName, language: str
) -> None:
    settings = SiteSettings(agreement_client=True, agreement_chat=True, agreement_limit_s=30)
    own = {(name, language): f"{name} of %SITE%" for name in TextName}
    session = cast.session(door=door, language=language, preparing=True)
    assert next_act(session, cast.content(own, settings=settings), moment()) == StepAsk(
        step=Step.AGREEMENT,
        title="agreement_title of Acme Support",
        text=f"{text} of Acme Support",
        limit_s=30,
    )


def test_a_customer_is_asked_one_question_after_the_other_and_then_waits() -> None:
    settings = SiteSettings(agreement_chat=True, agreement_limit_s=120)
    content = cast.content(settings=settings)
    session, done = settled(cast.session(BILLING, preparing=True), content, moment(can_record=True))
    assert [type(act) for act in done] == [StepAsk]
    late = moment(NOW + 120_000, can_record=True)
    session, done = settled(session, content, late)
    assert [type(act) for act in done] == [StepTimeOut, SessionClose]
    ended = done[-1]
    assert isinstance(ended, SessionClose)
    assert ended.reason is EndReason.UNANSWERED
    assert ended.text == cast.words().default(TextName.DECLINED, "en")


def test_the_last_word_to_an_orphan_is_the_organisations_with_where_to_go() -> None:
    settings = SiteSettings(orphaned_url="https://acme.example/help")
    content = cast.content({(TextName.ORPHANED, "de"): "%SITE% schläft."}, settings=settings)
    waiting = cast.session(language="de")
    assert acts(waiting, content, moment(nobody_ms=PATIENCE_MS)) == [
        SessionClose(
            reason=EndReason.ORPHANED, text="Acme Support schläft.", url="https://acme.example/help"
        )
    ]


def test_who_is_passed_on_begins_to_wait_anew() -> None:
    content = cast.content(settings=SiteSettings(orphaned_after_s=60))
    passed = carried_out(
        accepted(cast.session()),
        SessionTransfer(id="pass-0001", queue=WISH),
        ADA,
        Given(queue=BILLING),
        now=NOW,
    )
    assert acts(passed, content, moment(NOW + 59_999)) == []
    assert [type(act) for act in acts(passed, content, moment(NOW + 60_000))] == [SessionClose]


@pytest.mark.parametrize("nobody_ms", [None, PATIENCE_MS])
def test_who_waits_for_a_team_that_was_removed_waits_for_everybody(nobody_ms: int | None) -> None:
    content = cast.content(teams={})
    first, *rest = acts(cast.session(BILLING), content, moment(nobody_ms=nobody_ms))
    assert first == SessionQueue(queue=GENERAL, cause=QueueCause.ENTRY)
    assert [type(act) for act in rest] == ([] if nobody_ms is None else [SessionClose])


@pytest.mark.parametrize(("absent_ms", "lost"), [(59_999, False), (60_000, True)])
def test_a_representative_is_lost_after_the_sites_patience(absent_ms: int, lost: bool) -> None:
    content = cast.content(settings=SiteSettings(lost_after_s=60))
    alone = accepted(cast.session(BILLING))
    both = joined(alone, LINUS)
    at = moment(absent_ms={ADA.id: absent_ms})
    queue = SessionQueue(queue=BILLING, cause=QueueCause.LOST)
    assert acts(alone, content, at) == [queue] * lost
    assert acts(both, content, at) == [RepresentativeDrop(by=ADA.id)] * lost


def test_an_old_notice_is_taken_away_in_a_running_talk_but_none_comes_by_itself() -> None:
    over = Notice("n1", "n1", {"en": "Broken."}, 0, ends_at=NOW)
    other = Notice("n2", "n2", {"en": "Broken, too."}, 0)
    waiting, _ = settled(cast.session(), cast.content(None, over), moment(NOW - 1))
    assert [one.notice for one in waiting.snapshot.notices] == ["n1"]
    talk, _ = settled(accepted(waiting), cast.content(None, over, other), moment())
    assert talk.snapshot.notices == ()


def test_a_session_without_helpers_goes_back_to_the_queue_it_came_in_by() -> None:
    content = cast.content(settings=SiteSettings(lost_last=False))
    passed = carried_out(
        accepted(cast.session(BILLING)),
        SessionTransfer(id="pass-0001", queue=WISH),
        ADA,
        Given(queue=GENERAL),
    )
    at = moment(absent_ms={LINUS.id: 60_000})
    first, *_ = acts(accepted(passed, LINUS), content, at)
    assert first == SessionQueue(queue=BILLING, cause=QueueCause.LOST)
