"""The law: whatever a relay says, in whatever state, nothing passes that the customer has not
allowed on this machine."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import get_args

import msgspec
import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from client.session import inputs
from client.session import share_inputs as deed
from client.session.asking import prompt_of
from client.session.effects import DropPictures
from client.session.machines import Page
from client.session.permit import NOTHING_ALLOWED, Permit
from client.session.share_inputs import ShareAnswer
from client.session.share_machines import RUNNING, Mode
from client.session.state import Verdict
from protocol import facts as fact
from protocol import share_facts as told
from protocol import signals as signal
from protocol import working_facts as beside
from protocol.errors import ErrorCode
from protocol.facts import AnyFact, Participant
from protocol.queues import GENERAL, QueueCause
from protocol.roles import Door, Presence, Role
from protocol.share_machine import ShareState
from protocol.share_snapshot import Sharing
from protocol.sharing import CLIPBOARD, Grant, GrantEnd, PauseCause, Scope, ShareCause
from protocol.signals import AnySignal
from protocol.snapshot import Snapshot
from protocol.steps import Reply, Step
from protocol.working import Checks, Hurdle, NudgeMark
from tests.client.mind import (
    ACCEPTED,
    ADA,
    ALAN,
    AT,
    CHOSEN,
    GRACE,
    OPENED,
    Mind,
    line,
    snapshot_of,
    welcome,
    wish,
)
from tests.client.session.hostile_files import hostile_file_facts, hostile_progress

HIGH = 2**32 - 1
PEOPLE = (GRACE, ADA, ALAN)
MALLORY = Participant(id="ada", role=Role.CUSTOMER, name="Mallory", door=Door.CLIENT)


def asking() -> Mind:
    mind = Mind().talk()
    mind.ask(Grant.CONTROL, reason="To look.")
    return mind


def after(mind: Mind, *given: inputs.Input) -> Mind:
    mind.take(*given)
    return mind


def picking() -> Mind:
    mind = asking()
    mind.answer(ShareAnswer.CHOOSE)
    return mind


def unstored() -> Mind:
    mind = asking()
    mind.answer()
    return mind


CHANGE, PAUSE = deed.ChangeWanted("change01"), deed.PauseWanted("pause001")


def asked_for_the_clipboard() -> Mind:
    mind = Mind().share(Grant.CONTROL)
    for grant in CLIPBOARD:
        mind.ask(grant)
    return mind


STATES: dict[str, Callable[[], Mind]] = {
    "at the door": Mind,
    "joining": lambda: Mind().join(),
    "preparing": lambda: Mind().prepare(),
    "waiting": lambda: Mind().wait_in_queue(),
    "talking": lambda: Mind().talk(),
    "asked": asking,
    "picking": picking,
    "on, not stored": unstored,
    "on, to see": lambda: Mind().share(),
    "on, to control": lambda: Mind().share(Grant.CONTROL),
    "on, to copy": lambda: Mind().share(Grant.COPY),
    "on, to paste": lambda: Mind().share(Grant.PASTE),
    "asked for the clipboard": asked_for_the_clipboard,
    "on, chosen": lambda: Mind().share_chosen(),
    "paused": lambda: after(Mind().share(Grant.CONTROL), PAUSE),
    "changing": lambda: after(Mind().share_chosen(), CHANGE),
    "changing in a pause": lambda: after(Mind().share_chosen(), PAUSE, CHANGE),
    "lost": lambda: after(Mind().share(), inputs.LinkLost()),
    "lost while picking": lambda: after(Mind().share_chosen(), CHANGE, inputs.LinkLost()),
    "ended": lambda: after(Mind().share(Grant.CONTROL), deed.EndShareWanted("end00001")),
    "left": lambda: after(Mind().share(), inputs.EndWanted(), inputs.EndAnswered(True, "end1")),
    "cut": lambda: after(Mind().share(), inputs.LinkClosed(Verdict.GONE)),
}


def hostile_facts(seq: int) -> list[AnyFact]:
    """Every fact there is, with the values that might do harm."""
    made: list[AnyFact] = [
        msgspec.structs.replace(OPENED, seq=seq),
        msgspec.structs.replace(ACCEPTED, seq=seq),
        fact.SessionAccepted(seq=seq, at=AT, participant=ALAN),
        fact.SessionAccepted(seq=seq, at=AT, participant=MALLORY),
        fact.QuestionAsked(seq=seq, at=AT, step=Step.AGREEMENT, title="", text="", limit_s=9),
        fact.QuestionAnswered(seq=seq, at=AT, step=Step.AGREEMENT, reply=Reply.YES),
        *(fact.SessionQueued(seq=seq, at=AT, queue=GENERAL, cause=cause) for cause in QueueCause),
        fact.RepresentativeJoined(seq=seq, at=AT, participant=ALAN, by=ADA.id),
        fact.RepresentativeJoined(seq=seq, at=AT, participant=MALLORY, by=ADA.id),
        *(fact.RepresentativeLeft(seq=seq, at=AT, by=ADA.id, why=why) for why in fact.Departure),
        fact.NoticeTold(seq=seq, at=AT, notice="n1", text="Hello", by=ADA.id),
        fact.NoticeOver(seq=seq, at=AT, notice="n1"),
        fact.ClientOffered(seq=seq, at=AT, by=ADA.id),
        fact.CustomerMoved(seq=seq, at=AT, participant=GRACE),
        fact.CustomerMoved(seq=seq, at=AT, participant=MALLORY),
        line(seq, ADA, "You allow everything."),
        line(seq, GRACE, "I allow everything."),
        *(fact.SessionEnded(seq=seq, at=AT, by=ADA.id, reason=why) for why in fact.EndReason),
        fact.NotePosted(seq=seq, at=AT, by=ADA.id, id="note0001", text="Note"),
        fact.InvitationMade(seq=seq, at=AT, by=ADA.id, id="inv1", queue=GENERAL),
        fact.InvitationOver(seq=seq, at=AT, by=ADA.id, id="inv1"),
    ]
    return made + hostile_working_facts(seq) + hostile_share_facts(seq) + hostile_file_facts(seq)


def hostile_working_facts(seq: int) -> list[AnyFact]:
    """The same of what goes on beside the conversation."""
    ids = [person.id for person in PEOPLE]
    return [
        *(beside.NudgeSent(seq=seq, at=AT, by=by, id="nudge-001") for by in ids),
        *(beside.NudgeTold(seq=seq, at=AT, id="nudge-001", mark=mark) for mark in NudgeMark),
        beside.LinkPushed(seq=seq, at=AT, by=ADA.id, id="link0001", url="file:///etc/passwd"),
        *(beside.SessionHeld(seq=seq, at=AT, by=by) for by in ids),
        *(beside.SessionResumed(seq=seq, at=AT, by=by) for by in ids),
        beside.CustomerReported(seq=seq, at=AT, checks=Checks(problems=tuple(Hurdle))),
    ]


def hostile_share_facts(seq: int) -> list[AnyFact]:
    """The same of the shared screen."""
    ids = [person.id for person in PEOPLE]
    made: list[AnyFact] = [
        *(told.SharePaused(seq=seq, at=AT, why=why) for why in PauseCause),
        *(
            told.ShareStarted(seq=seq, at=AT, share=share, epoch=epoch, scope=scope)
            for share in (1, 2, HIGH)
            for epoch in (1, 2, 3, HIGH)
            for scope in Scope
        ),
        *(told.ShareEnded(seq=seq, at=AT, by=by, why=why) for by in ids for why in ShareCause),
    ]
    for grant in Grant:
        for to in ids:
            made.append(told.GrantAsked(seq=seq, at=AT, by=to, grant=grant, reason="", limit_s=60))
            made += [
                told.GrantGiven(seq=seq, at=AT, to=to, grant=grant, lasts_s=s) for s in (0, 900)
            ]
            made += [
                told.GrantOver(seq=seq, at=AT, to=to, grant=grant, why=why) for why in GrantEnd
            ]
    return made


def lying(base: Snapshot) -> list[Snapshot]:
    """Sessions in which everything is allowed, by other people under other numbers."""
    held = tuple(
        told.GrantGiven(seq=base.seq, at=AT, to=person.id, grant=grant)
        for person in PEOPLE
        for grant in Grant
    )
    asked = tuple(wish(n, grant, ALAN) for n, grant in enumerate(Grant, 1))
    sharing = Sharing(state=ShareState.ON, share=1, epoch=1, held=held, asked=asked)
    orders = [PEOPLE, (GRACE, ALAN, ADA), (GRACE, ALAN), (ADA, GRACE), (MALLORY,)]
    return [
        msgspec.structs.replace(base, participants=order, sharing=replaced, left=())
        for order in orders
        for replaced in (sharing, msgspec.structs.replace(sharing, epoch=HIGH, share=HIGH))
    ]


def hostile_signals(mind: Mind) -> list[AnySignal]:
    """Every signal there is, with the values that might do harm."""
    base = mind.state.snapshot or snapshot_of([OPENED, ACCEPTED])
    hello = welcome([OPENED, ACCEPTED])
    ids = [one.id for one in mind.state.share.begun] + ["answer0003-1", "end00001-1", "other001"]
    return [
        hello,
        *(msgspec.structs.replace(hello, snapshot=one) for one in [None, base, *lying(base)]),
        *(msgspec.structs.replace(hello, snapshot=base, participant=one.id) for one in PEOPLE),
        signal.DeskWelcome(user="ada", name="Ada", permissions=("screen.view", "screen.control")),
        *(signal.Ack(id=one, seq=seq) for one in ids for seq in (0, base.seq, HIGH)),
        *(signal.Refused(id=one, code=code) for one in ids for code in ErrorCode),
        signal.Pong(n=1),
        signal.Typing(by=ADA.id, on=True),
        signal.Seen(by=ADA.id, seq=HIGH),
        *(signal.Present(by=ADA.id, on=on) for on in (True, False)),
        signal.QueuePlace(position=1, on_duty=1),
        signal.HoldMessage(text="Hold"),
        *hostile_progress(),
        signal.SurveyOffered(title="", questions=(), thanks=""),
        signal.CodeMade(id="code0001", code="", expires_at=0),
        signal.DeskState(now=0, presence=Presence.AVAILABLE, queue=(), sessions=(), colleagues=(),
                         keys=()),
        signal.KeyMade(id="key00001", key="", link="", qr=(), expires_at=0),
    ]  # fmt: skip


Acts = Mapping[int, float]


def within(now: Permit, before: Permit) -> bool:
    """Whether `now` lets nothing through that `before` did not."""
    acts = ((now.controllers, before.controllers), *_clipboards(now, before))
    if not now.shows:
        return not any(there for there, _ in acts)
    return (
        (now.epoch, now.share) == (before.epoch, before.share)
        and now.viewers <= before.viewers
        and all(until <= was.get(who, 0) for there, was in acts for who, until in there.items())
        and (now.apps, now.windows, now.new) == (before.apps, before.windows, before.new)
    )


def _clipboards(now: Permit, before: Permit) -> tuple[tuple[Acts, Acts], ...]:
    return (now.copiers, before.copiers), (now.pasters, before.pasters)


def test_every_kind_of_message_is_among_them() -> None:
    mind = Mind().talk()
    assert {type(one) for one in hostile_facts(3)} == set(_kinds(AnyFact))
    assert {type(one) for one in hostile_signals(mind)} == set(_kinds(AnySignal))


def _kinds(union: object) -> list[type]:
    kinds: list[type] = []
    for one in get_args(union):
        kinds += _kinds(one) if get_args(one) else [one]
    return kinds


@pytest.mark.parametrize("name", STATES)
def test_no_message_of_a_relay_lets_anything_through(name: str) -> None:
    for number in range(len(_messages(STATES[name]()))):
        mind = STATES[name]()
        message = _messages(mind)[number]
        before, mode = mind.permit, mind.mode
        mind.hear(message)
        assert within(mind.permit, before), message
        assert mind.mode is not Mode.ON or mode is Mode.ON, message
        mind.now += 1.5
        mind.take(inputs.Tick())
        assert within(mind.permit, before), message


def _messages(mind: Mind) -> list[AnyFact | AnySignal]:
    return [*hostile_facts(mind.seq), *hostile_signals(mind)]


@pytest.mark.parametrize("name", STATES)
def test_end_leaves_nothing_in_any_state(name: str) -> None:
    mind = STATES[name]()
    running = mind.mode in RUNNING
    effects = mind.take(deed.EndShareWanted("end00002"))
    assert (DropPictures() in effects) is running
    assert (mind.mode, mind.permit) == (Mode.OFF, NOTHING_ALLOWED)
    assert mind.state.share.held == ()
    assert prompt_of(mind.state) is None


DEEDS: list[inputs.Input] = [
    deed.EndShareWanted(),
    deed.EndShareWanted("deed0001"),
    PAUSE,
    deed.ResumeWanted("resume01"),
    CHANGE,
    deed.Picked("picked01", CHOSEN),
    deed.Picked("picked02", CHOSEN, control=True, lasts_s=60),
    deed.Picked("picked03", replace(CHOSEN, apps=frozenset())),
    deed.PickCancelled("cancel01"),
    *(deed.TakeBackWanted("take0001", to.id, grant) for to in PEOPLE for grant in Grant),
    *(deed.MoreTimeWanted("more0001", to.id, grant) for to in PEOPLE for grant in Grant),
    *(deed.AgainAnswered("again001", yes) for yes in (True, False)),
    inputs.EndWanted(),
    inputs.CloseWanted(),
    *(inputs.EndAnswered(yes, "end00003") for yes in (True, False)),
]
PASSING: list[inputs.Input] = [
    inputs.LinkLost(),
    inputs.LinkClosed(Verdict.GONE),
    inputs.Tick(),
    deed.OwnHandMoved(),
    *(deed.EndKeySet(works) for works in (True, False)),
    deed.ObstaclesMet(),
    deed.CaptureFailed("?"),
    deed.Watched(frozenset({1, 2})),
    *(deed.Pointed(sender, 1, 5, 5) for sender in range(3)),
    *(deed.TextPut(sender) for sender in range(3)),
]

ANSWERS = st.tuples(st.sampled_from(ShareAnswer), st.sampled_from([0, 60, 900]))
MOVES = st.one_of(
    st.sampled_from(DEEDS),
    st.sampled_from(PASSING),
    st.integers(min_value=0, max_value=400),
    ANSWERS,
    st.sampled_from([0.1, 2.0, 61.0, 901.0]),
)


@settings(max_examples=300, deadline=None)
@examples(st.sampled_from(sorted(STATES)), st.lists(MOVES, max_size=25))
def test_in_any_history_only_the_customer_widens_what_passes(
    name: str, moves: list[inputs.Input | int | float | tuple[ShareAnswer, int]]
) -> None:
    mind = STATES[name]()
    highest = mind.permit.epoch
    for move in moves:
        before, widens, asked = mind.permit, False, prompt_of(mind.state)
        match move:
            case float():
                mind.now += move
                mind.take(inputs.Tick())
            case int():
                messages = _messages(mind)
                mind.hear(messages[move % len(messages)])
            case (answer, lasts_s):
                key = asked.key if asked else 1
                mind.take(deed.ShareAnswered("answer01", key, answer, lasts_s))
                widens = asked is not None
            case _:
                mind.take(move)
                widens = move in DEEDS
        now = mind.permit
        assert widens or within(now, before), move
        if now.shows:
            assert now.epoch >= highest
            assert mind.state.page is Page.TALKING
            highest = now.epoch
        if isinstance(move, deed.EndShareWanted | inputs.LinkLost):
            assert now is NOTHING_ALLOWED
        due = mind.controller.due()
        assert due is None or due > mind.now or move not in PASSING
