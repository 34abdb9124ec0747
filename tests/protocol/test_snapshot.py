"""The law: a snapshot moved on by later facts is the snapshot taken afterwards."""

from collections.abc import Iterable
from functools import reduce

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from protocol import codec, limits
from protocol.errors import CloseCode, RemoteProtocolError
from protocol.facts import (
    AnyFact,
    ChatPosted,
    CustomerMoved,
    Departure,
    DeskFact,
    InvitationMade,
    InvitationOver,
    NotePosted,
    NoticeOver,
    NoticeTold,
    Participant,
    QuestionAnswered,
    QuestionAsked,
    RepresentativeJoined,
    RepresentativeLeft,
    SessionAccepted,
    SessionEnded,
    SessionFact,
    SessionOpened,
    SessionQueued,
    Topic,
    topic_of,
)
from protocol.machines import SessionState
from protocol.queues import GENERAL
from protocol.roles import Role
from protocol.share_snapshot import ended, held_by
from protocol.sharing import Grant
from protocol.signals import Welcome
from protocol.snapshot import Snapshot, apply, for_customer, representatives
from protocol.working import Checks
from protocol.working_facts import CustomerReported, SessionHeld, SessionResumed
from scripts.generate import vocabulary
from tests.protocol.file_histories import files_of
from tests.protocol.histories import (
    ADA,
    GRACE,
    KEN,
    LINUS,
    Story,
    histories,
    mixed_histories,
    stories,
)
from tests.protocol.share_histories import sharing_of

SESSION = "0" * 32
START = Snapshot(session=SESSION)


def taken(facts: list[AnyFact]) -> Snapshot:
    """The snapshot as one would write it down from the whole history, without `apply`."""
    told = [fact for fact in facts if isinstance(fact, SessionFact)]
    notes = [fact for fact in facts if isinstance(fact, DeskFact)]
    over = {fact.id for fact in notes if isinstance(fact, InvitationOver)}
    queues = [f.queue for f in told if isinstance(f, SessionOpened | SessionQueued)]
    people = arrivals(told)
    return Snapshot(
        session=SESSION,
        state=state_after(told),
        queue=queues[-1] if queues else GENERAL,
        participants=tuple(sorted(people.values(), key=lambda one: arrivals_of(told, one.id)[0])),
        left=left(told),
        question=standing(told),
        answers=tuple(fact for fact in told if isinstance(fact, QuestionAnswered)),
        notices=shown(told),
        invitations=tuple(f for f in notes if isinstance(f, InvitationMade) and f.id not in over),
        sharing=sharing_of(told),
        files=files_of(told),
        holder=holder(told),
        checks=checks(told),
        log=tuple(told[-limits.LOG_LINES :]),
        notes=tuple(notes[-limits.LOG_LINES :]),
        seq=len(told),
        desk_seq=len(notes),
    )


def holder(told: list[SessionFact]) -> str:
    """Who put the customer on hold last, unless they came back, left, or the talk was over."""
    held = [fact for fact in told if isinstance(fact, SessionHeld)]
    if not held:
        return ""
    for fact in told[held[-1].seq :]:
        own = isinstance(fact, RepresentativeLeft) and fact.by == held[-1].by
        if own or isinstance(fact, SessionResumed | SessionQueued | SessionEnded):
            return ""
    return held[-1].by


def checks(told: list[SessionFact]) -> Checks | None:
    """What the customer's program found last."""
    found = [fact.checks for fact in told if isinstance(fact, CustomerReported)]
    return found[-1] if found else None


def state_after(told: list[SessionFact]) -> SessionState:
    """What the last fact that says anything about the state says."""
    for fact in reversed(told):
        match fact:
            case SessionEnded():
                return SessionState.ENDED
            case SessionAccepted():
                return SessionState.ACTIVE
            case SessionOpened(preparing=True):
                return SessionState.PREPARING
            case SessionQueued():
                return SessionState.WAITING
    return SessionState.WAITING


def arrivals(told: list[SessionFact]) -> dict[str, Participant]:
    """Everybody who ever came, as they came last."""
    coming = (SessionOpened, CustomerMoved, SessionAccepted, RepresentativeJoined)
    return {f.participant.id: f.participant for f in told if isinstance(f, coming)}


def arrivals_of(told: list[SessionFact], person: str) -> list[int]:
    """The places in history at which somebody came, and came back."""
    coming = (SessionOpened, SessionAccepted, RepresentativeJoined)
    return [f.seq for f in told if isinstance(f, coming) and f.participant.id == person]


def left(told: list[SessionFact]) -> tuple[str, ...]:
    """Who is no longer there: those whose last leaving is later than their last coming."""
    gone: list[tuple[int, int, str]] = []
    for person in arrivals(told).values():
        came = arrivals_of(told, person.id)
        for fact in told:
            own = isinstance(fact, RepresentativeLeft) and fact.by == person.id
            all_left = isinstance(fact, SessionQueued) and person.role is Role.REPRESENTATIVE
            if fact.seq > came[-1] and (own or all_left):
                gone.append((fact.seq, came[0], person.id))
    last = {person: (seq, first) for seq, first, person in sorted(gone)}
    return tuple(sorted(last, key=lambda person: last[person]))


def standing(told: list[SessionFact]) -> QuestionAsked | None:
    """The question nobody has answered yet, unless all is over."""
    kinds = (QuestionAsked, QuestionAnswered, SessionEnded)
    last = [fact for fact in told if isinstance(fact, kinds)][-1:]
    return last[0] if last and isinstance(last[0], QuestionAsked) else None


def shown(told: list[SessionFact]) -> tuple[NoticeTold, ...]:
    """The newest telling of each notice that was not over afterwards."""
    about = [fact for fact in told if isinstance(fact, NoticeTold | NoticeOver)]
    newest = {fact.notice: fact for fact in about}
    return tuple(f for f in about if newest[f.notice] is f and isinstance(f, NoticeTold))


def after(start: Snapshot, facts: Iterable[AnyFact]) -> Snapshot:
    """`start` moved on by each fact."""
    return reduce(apply, facts, start)


def talk(lines: list[str], notes: list[str]) -> list[AnyFact]:
    """A running session in which this was said, and noted."""
    return [
        SessionOpened(seq=1, at=1, participant=GRACE, queue=GENERAL),
        SessionAccepted(seq=2, at=2, participant=ADA),
        *(
            ChatPosted(seq=seq, at=seq, by="c1", id=f"line-{seq:04}", text=text)
            for seq, text in enumerate(lines, start=3)
        ),
        *(
            NotePosted(seq=seq, at=seq, by=ADA.id, id=f"note-{seq:04}", text=text)
            for seq, text in enumerate(notes, start=1)
        ),
    ]


@given(facts=mixed_histories(), cut=st.integers(0, 26))
def test_any_history_cut_anywhere_ends_in_the_same_snapshot(facts: list[AnyFact], cut: int) -> None:
    assert after(START, facts) == taken(facts)
    assert after(taken(facts[:cut]), facts[cut:]) == taken(facts)


@given(facts=mixed_histories(), cut=st.integers(0, 26))
def test_a_snapshot_that_has_travelled_goes_on_the_same_way(facts: list[AnyFact], cut: int) -> None:
    welcome = Welcome(participant="c1", snapshot=taken(facts[:cut]), seq=0)
    arrived = codec.decode_event(codec.encode(welcome))
    assert isinstance(arrived, Welcome)
    assert arrived.snapshot is not None
    assert after(arrived.snapshot, facts[cut:]) == taken(facts)


@pytest.mark.parametrize("kind", vocabulary.FACTS, ids=lambda kind: kind.__name__)
def test_the_histories_hold_every_kind_of_fact(kind: type[AnyFact]) -> None:
    some = settings(phases=[Phase.generate], derandomize=True, max_examples=20_000)
    assert find(histories(), lambda facts: kind in map(type, facts), settings=some)


@given(facts=mixed_histories(), data=st.data())
def test_what_comes_twice_changes_nothing(facts: list[AnyFact], data: st.DataObject) -> None:
    whole = taken(facts)
    again = data.draw(st.lists(st.sampled_from(facts)))
    assert after(whole, again) == whole


@given(facts=mixed_histories(), data=st.data())
def test_a_missing_fact_is_noticed_at_once(facts: list[AnyFact], data: st.DataObject) -> None:
    lost = data.draw(st.sampled_from(facts))
    topic = [fact for fact in facts if topic_of(fact) is topic_of(lost)]
    later = topic[topic.index(lost) + 1 :]
    before = after(START, topic[: topic.index(lost)])
    for fact in later:
        with pytest.raises(RemoteProtocolError) as broken:
            apply(before, fact)
        assert broken.value.close is CloseCode.OUT_OF_ORDER


@pytest.mark.parametrize("extra", [0, 1, 150])
def test_only_the_last_lines_are_kept(extra: int) -> None:
    lines = [f"line {n}" for n in range(limits.LOG_LINES + extra)]
    facts = talk(lines, lines)
    whole = after(START, facts)
    assert whole == taken(facts)
    assert len(whole.log) == limits.LOG_LINES
    assert len(whole.notes) == limits.LOG_LINES
    assert whole.log[-1] is facts[len(lines) + 1]


def test_what_stands_is_kept_when_its_fact_has_left_the_log() -> None:
    early: list[AnyFact] = [
        SessionOpened(seq=1, at=1, participant=GRACE, queue=GENERAL),
        NoticeTold(seq=2, at=2, notice="n1", text="Printing fails."),
        InvitationMade(seq=1, at=3, by=ADA.id, id="i1", queue=GENERAL),
    ]
    lines = [f"line {n}" for n in range(limits.LOG_LINES)]
    later = [fact for fact in talk(["", *lines], ["", *lines]) if fact.seq > topic_start(fact)]
    whole = after(START, [*early, *later])
    assert [one.notice for one in whole.notices] == ["n1"]
    assert [one.id for one in whole.invitations] == ["i1"]
    assert whole.participants == (GRACE,)
    assert not any(isinstance(fact, NoticeTold | SessionOpened) for fact in whole.log)


def topic_start(fact: AnyFact) -> int:
    """How many facts of this topic came before the lines of the test above."""
    return 2 if topic_of(fact) is Topic.SESSION else 1


@given(facts=mixed_histories())
def test_customers_learn_nothing_of_the_desk(facts: list[AnyFact]) -> None:
    seen = for_customer(taken(facts))
    told = [fact for fact in facts if topic_of(fact) is Topic.SESSION]
    assert seen == after(START, told)


@given(facts=mixed_histories())
def test_the_customer_is_first_and_nobody_is_listed_twice(facts: list[AnyFact]) -> None:
    people = after(START, [f for f in facts if topic_of(f) is Topic.SESSION]).participants
    assert [one.role for one in people].index(Role.CUSTOMER) == 0
    assert len({one.id for one in people}) == len(people)


@given(story=stories())
def test_who_helps_now_is_told_in_the_order_they_first_came(story: Story) -> None:
    whole = after(START, story.facts)
    helping = representatives(whole)
    if story.state is SessionState.ENDED:
        return
    assert sorted(one.id for one in helping) == sorted(one.id for one in story.here)
    assert list(helping) == [one for one in whole.participants if one in story.here]
    assert bool(helping) is (story.state is SessionState.ACTIVE)


@given(facts=histories(), cut=st.integers(0, 26))
def test_whoever_comes_back_keeps_the_number_on_the_channel(facts: list[AnyFact], cut: int) -> None:
    before = [one.id for one in after(START, facts[:cut]).participants]
    later = [one.id for one in after(START, facts).participants]
    assert later[: len(before)] == before


@given(facts=mixed_histories())
def test_nothing_is_shown_or_held_but_in_a_running_talk_and_by_who_is_there(
    facts: list[AnyFact],
) -> None:
    whole = after(START, facts)
    here = {one.id for one in representatives(whole)}
    sharing = whole.sharing
    assert {*(one.by for one in sharing.asked), *(one.to for one in sharing.held)} <= here
    assert whole.state is SessionState.ACTIVE or sharing == ended(sharing)
    for one in sharing.held:
        assert held_by(sharing, one.to, Grant.VIEW), "who acts also sees"


@given(facts=mixed_histories())
def test_a_question_stands_only_before_the_queue(facts: list[AnyFact]) -> None:
    whole = after(START, facts)
    assert whole.question is None or whole.state is SessionState.PREPARING


def test_those_who_left_one_by_one_all_stay_gone() -> None:
    helpers = [RepresentativeJoined(seq=3 + n, at=3, participant=one, by=ADA.id)
               for n, one in enumerate((LINUS, KEN))]  # fmt: skip
    leaving = [RepresentativeLeft(seq=5 + n, at=5, by=one.id, why=Departure.LEFT)
               for n, one in enumerate((KEN, ADA))]  # fmt: skip
    whole = after(START, [*talk([], []), *helpers, *leaving])
    assert whole.left == (KEN.id, ADA.id)
    assert representatives(whole) == (LINUS,)
