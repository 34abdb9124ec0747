"""The law: a snapshot moved on by later facts is the snapshot taken afterwards."""

from collections.abc import Callable, Iterable
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import codec, limits
from protocol.errors import CloseCode, RemoteProtocolError
from protocol.facts import (
    AnyFact,
    ChatPosted,
    EndReason,
    NotePosted,
    Participant,
    SessionAccepted,
    SessionEnded,
    SessionOpened,
    Topic,
    topic_of,
)
from protocol.machines import SessionState
from protocol.roles import Door, Role
from protocol.signals import Welcome
from protocol.snapshot import Snapshot, apply, for_customer

SESSION = "0" * 32
START = Snapshot(session=SESSION)
GRACE = Participant(id="c1", role=Role.CUSTOMER, name="Grace", door=Door.CLIENT, system="Linux")
ADA = Participant(id="r1", role=Role.REPRESENTATIVE, name="Ada", door=Door.SESSION)


def history(accepted: bool, lines: list[str], notes: list[str], ended: bool) -> list[AnyFact]:
    """A session from its opening on, each topic numbered from 1; notes after the lines."""
    moves: list[Callable[[int], AnyFact]] = [
        lambda seq: SessionOpened(seq=seq, at=seq, participant=GRACE, queue="ada")
    ]
    if accepted:
        moves.append(lambda seq: SessionAccepted(seq=seq, at=seq, participant=ADA))
    moves += [
        lambda seq, text=text: ChatPosted(seq=seq, at=seq, by="c1", id=f"line-{seq:04}", text=text)  # type: ignore[misc]
        for text in lines
    ]
    if ended:
        moves.append(lambda seq: SessionEnded(seq=seq, at=seq, by="c1", reason=EndReason.CLOSED))
    told: list[AnyFact] = [move(seq) for seq, move in enumerate(moves, start=1)]
    written: list[AnyFact] = [
        NotePosted(seq=seq, at=seq, by="r1", id=f"note-{seq:04}", text=text)
        for seq, text in enumerate(notes, start=1)
    ]
    return told + written


def taken(facts: list[AnyFact]) -> Snapshot:
    """The snapshot as one would write it down from the whole history, without `apply`."""
    told = [fact for fact in facts if not isinstance(fact, NotePosted)]
    notes = [fact for fact in facts if isinstance(fact, NotePosted)]
    people = [f.participant for f in told if isinstance(f, SessionOpened | SessionAccepted)]
    kinds = {type(fact) for fact in told}
    state = SessionState.ACTIVE if SessionAccepted in kinds else SessionState.WAITING
    return Snapshot(
        session=SESSION,
        state=SessionState.ENDED if SessionEnded in kinds else state,
        queue="ada" if told else "",
        participants=tuple(people),
        log=tuple(told[-limits.LOG_LINES :]),
        notes=tuple(notes[-limits.LOG_LINES :]),
        seq=len(told),
        desk_seq=len(notes),
    )


def after(start: Snapshot, facts: Iterable[AnyFact]) -> Snapshot:
    """`start` moved on by each fact."""
    return reduce(apply, facts, start)


TEXTS = st.lists(st.text(min_size=1, max_size=20), max_size=8)
HISTORIES = st.builds(history, st.booleans(), TEXTS, TEXTS, st.booleans())


@st.composite
def mixed_histories(draw: st.DrawFn) -> list[AnyFact]:
    """Histories whose two topics come in any order; within a topic the order stays."""
    facts = draw(HISTORIES)
    queues = {topic: [fact for fact in facts if topic_of(fact) is topic] for topic in Topic}
    order = draw(st.permutations([topic_of(fact) for fact in facts]))
    return [queues[topic].pop(0) for topic in order]


@given(facts=mixed_histories(), cut=st.integers(0, 20))
def test_any_history_cut_anywhere_ends_in_the_same_snapshot(facts: list[AnyFact], cut: int) -> None:
    assert after(taken(facts[:cut]), facts[cut:]) == taken(facts)


@given(facts=mixed_histories(), cut=st.integers(0, 20))
def test_a_snapshot_that_has_travelled_goes_on_the_same_way(facts: list[AnyFact], cut: int) -> None:
    welcome = Welcome(participant="c1", snapshot=taken(facts[:cut]), seq=0)
    arrived = codec.decode_event(codec.encode(welcome))
    assert isinstance(arrived, Welcome)
    assert arrived.snapshot is not None
    assert after(arrived.snapshot, facts[cut:]) == taken(facts)


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
    facts = history(True, lines, lines, False)
    whole = after(START, facts)
    assert whole == taken(facts)
    assert len(whole.log) == limits.LOG_LINES
    assert len(whole.notes) == limits.LOG_LINES
    assert whole.log[-1] is facts[len(lines) + 1]


@given(facts=mixed_histories())
def test_customers_learn_nothing_of_the_desk(facts: list[AnyFact]) -> None:
    shown = for_customer(taken(facts))
    told = [fact for fact in facts if topic_of(fact) is Topic.SESSION]
    assert shown == after(START, told)
