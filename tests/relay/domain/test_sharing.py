"""What must be so for a request around the shared screen to be carried out, and what is due."""

from dataclasses import replace
from itertools import product

import msgspec
import pytest

from protocol import limits
from protocol.acts import GrantExpire, GrantTimeOut, RepresentativeDrop, ShareDrop
from protocol.facts import Participant
from protocol.machines import SessionState
from protocol.requests import Request, SessionLeave, SessionTransfer
from protocol.roles import Door, Role
from protocol.share_facts import GrantAsked, GrantGiven, ShareEnded
from protocol.share_machine import (
    GRANT,
    GRANT_REQUESTS,
    SHARE,
    SHARE_REQUESTS,
    GrantState,
    ShareState,
)
from protocol.share_requests import (
    GrantAsk,
    GrantDeny,
    GrantGive,
    GrantReturn,
    GrantTake,
    ShareEnd,
    SharePause,
    ShareStart,
)
from protocol.share_snapshot import Sharing, ended, grant_state, held_by
from protocol.sharing import CLIPBOARD, Grant, Scope, ShareCause
from protocol.signals import Ack
from relay.domain.session import Answer, Session, decide
from relay.domain.sharing import fits, is_idle, next_act
from tests.relay.domain import cast
from tests.relay.domain.cast import (
    ADA,
    GRACE,
    KEN,
    LINUS,
    RELAY,
    SENDERS,
    accepted,
    carried_out,
    in_state,
    joined,
)
from tests.relay.domain.requests import EXAMPLES, ID, fresh, refused, shown, stage

NOW = 1_000_000


def talk() -> Session:
    """Grace, in the program, with Ada and Linus."""
    return fresh(in_state(SessionState.ACTIVE, Door.CLIENT))


def seen() -> Session:
    """The same, and Ada sees the screen."""
    return fresh(shown(talk()))


def _with(at: Session, sharing: Sharing) -> Session:
    """The session with this, whatever led to it."""
    return replace(fresh(at), snapshot=msgspec.structs.replace(at.snapshot, sharing=sharing))


def view(to: str = ADA.id, **fields: int) -> GrantGiven:
    return GrantGiven(**({"seq": 1, "at": NOW} | fields), to=to, grant=Grant.VIEW)


def control(to: str = ADA.id, **fields: int) -> GrantGiven:
    return GrantGiven(**({"seq": 2, "at": NOW} | fields), to=to, grant=Grant.CONTROL)


def asked(by: str = ADA.id, grant: Grant = Grant.VIEW) -> GrantAsked:
    return GrantAsked(seq=3, at=NOW, by=by, grant=grant, reason="", limit_s=60)


def _name(part: object) -> str:
    return part.__name__ if isinstance(part, type) else str(part)


@pytest.mark.parametrize(
    ("state", "request_", "role"), list(product(ShareState, SHARE_REQUESTS, Role)), ids=_name
)
def test_a_share_goes_as_its_table_says(
    state: ShareState, request_: type[Request], role: Role
) -> None:
    at = _with(talk(), Sharing(state=state, share=1, epoch=1, held=(view(),)))
    request = EXAMPLES[request_]
    if request_ is ShareStart and state is ShareState.OFF:
        request = ShareStart(id=ID, share=2, epoch=2, scope=Scope.ALL)
    assert fits(at.snapshot, request, SENDERS[role]) is ((state, request_, role) in SHARE)


@pytest.mark.parametrize(
    ("state", "request_", "role"), list(product(GrantState, GRANT_REQUESTS, Role)), ids=_name
)
@pytest.mark.parametrize("grant", Grant)
def test_a_grant_goes_as_its_table_says(
    state: GrantState, request_: type[Request], role: Role, grant: Grant
) -> None:
    held: tuple[GrantGiven, ...] = (view(),)
    if grant is not Grant.VIEW and state is GrantState.HELD:
        held = (view(), msgspec.structs.replace(control(), grant=grant))
    elif grant is Grant.VIEW and state is not GrantState.HELD:
        held = ()
    question = (asked(grant=grant),) if state is GrantState.ASKED else ()
    at = _with(talk(), Sharing(held=held, asked=question))
    request = msgspec.structs.replace(EXAMPLES[request_], grant=grant)
    if "to" in request_.__struct_fields__:
        request = msgspec.structs.replace(request, to=ADA.id)
    assert grant_state(at.snapshot.sharing, ADA.id, grant) is state
    assert fits(at.snapshot, request, SENDERS[role]) is ((state, request_, role) in GRANT)


@pytest.mark.parametrize("grant", CLIPBOARD)
def test_the_clipboard_is_for_those_who_see(grant: Grant) -> None:
    at = fresh(in_state(SessionState.ACTIVE, Door.CLIENT))
    assert decide(at, GrantAsk(id=ID, grant=grant), ADA, 9) == refused()


def test_a_customer_in_the_browser_is_not_asked() -> None:
    for door, answered in ((Door.CHAT, refused()), (Door.CLIENT, None)):
        at = _with(fresh(in_state(SessionState.ACTIVE, door)), Sharing(held=(view(),)))
        for grant in set(Grant) - {Grant.VIEW}:
            effects = decide(at, GrantAsk(id=ID, grant=grant), ADA, 9)
            assert (effects == answered) is (door is Door.CHAT)


def test_a_grant_is_given_to_who_is_there_and_to_nobody_else() -> None:
    give = GrantGive(id=ID, grant=Grant.VIEW, to=LINUS.id)
    assert fits(talk().snapshot, give, GRACE)
    left = carried_out(talk(), SessionLeave(id="leave-0001"), LINUS)
    for at, to in (
        (left, LINUS.id),
        (talk(), KEN.id),
        (talk(), GRACE.id),
        (talk(), ""),
        (talk(), "x"),
    ):
        assert not fits(at.snapshot, msgspec.structs.replace(give, to=to), GRACE)


def test_who_has_no_number_on_the_channel_gets_no_grant() -> None:
    """A header has one byte for it; a session that was passed on so often is not refused."""
    crowd = tuple(msgspec.structs.replace(KEN, id=f"r{n}") for n in range(300))
    people = (talk().customer, *crowd)
    snapshot = msgspec.structs.replace(talk().snapshot, participants=people)
    given = [fits(snapshot, GrantGive(id=ID, grant=Grant.VIEW, to=one.id), GRACE) for one in crowd]
    assert given == [True] * 255 + [False] * 45


def test_control_is_given_to_who_sees() -> None:
    give = GrantGive(id=ID, grant=Grant.CONTROL, to=ADA.id)
    assert decide(talk(), give, GRACE, 9) == refused()
    assert decide(seen(), give, GRACE, 9) != refused()
    assert decide(seen(), msgspec.structs.replace(give, to=LINUS.id), GRACE, 9) == refused()


def test_nothing_is_shown_to_nobody() -> None:
    start = ShareStart(id=ID, share=1, epoch=1, scope=Scope.ALL)
    assert decide(talk(), start, GRACE, 9) == refused()
    given = carried_out(talk(), GrantGive(id="let-ada-look", grant=Grant.VIEW, to=ADA.id), GRACE)
    assert decide(given, start, GRACE, 9) != refused()


LAST_SHARE, LAST_EPOCH = 3, 7


@pytest.mark.parametrize("state", ShareState)
@pytest.mark.parametrize("share", [LAST_SHARE - 1, LAST_SHARE, LAST_SHARE + 1, LAST_SHARE + 9])
@pytest.mark.parametrize("epoch", [LAST_EPOCH - 1, LAST_EPOCH, LAST_EPOCH + 1, LAST_EPOCH + 9])
def test_the_numbers_of_a_start_only_grow(state: ShareState, share: int, epoch: int) -> None:
    sharing = Sharing(state=state, share=LAST_SHARE, epoch=LAST_EPOCH, held=(view(),))
    start = ShareStart(id=ID, share=share, epoch=epoch, scope=Scope.CHOSEN)
    new = share > LAST_SHARE if state is ShareState.OFF else share == LAST_SHARE
    found = fits(_with(talk(), sharing).snapshot, start, GRACE)
    assert found is (new and epoch > LAST_EPOCH)


def test_a_second_end_is_a_yes_and_leaves_no_trace() -> None:
    over = carried_out(seen(), ShareEnd(id="end-0001"), GRACE)
    assert isinstance(over.snapshot.log[-1], ShareEnded)
    assert decide(over, ShareEnd(id="end-0002"), GRACE, 9) == [Answer(Ack(id="end-0002"))]
    assert decide(talk(), ShareEnd(id=ID), GRACE, 9) == [Answer(Ack(id=ID))]
    assert decide(talk(), ShareEnd(id=ID), ADA, 9) == refused(), "it is the customer's word"


def test_an_end_without_a_share_still_ends_what_was_asked_and_given() -> None:
    wanted = carried_out(talk(), GrantAsk(id="may-i-look", grant=Grant.VIEW), LINUS)
    given = carried_out(talk(), GrantGive(id="let-ada-look", grant=Grant.VIEW, to=ADA.id), GRACE)
    for at in (wanted, given):
        assert not is_idle(at.snapshot.sharing)
        assert is_idle(carried_out(fresh(at), ShareEnd(id=ID), GRACE).snapshot.sharing)


@pytest.mark.parametrize(
    ("request_", "sender"),
    [
        (SessionTransfer, ADA),
        (ShareEnd, GRACE),
    ],
    ids=_name,
)
def test_who_passes_the_customer_on_takes_no_grant_along(
    request_: type[Request], sender: Participant
) -> None:
    at = carried_out(seen(), EXAMPLES[request_], sender)
    assert at.snapshot.sharing == ended(seen().snapshot.sharing)


def test_who_leaves_and_comes_back_sees_nothing_until_it_is_given_again() -> None:
    at = carried_out(seen(), GrantGive(id="let-linus", grant=Grant.VIEW, to=LINUS.id), GRACE)
    at = carried_out(at, SessionLeave(id="leave-0001"), ADA)
    assert [one.to for one in at.snapshot.sharing.held] == [LINUS.id]
    back = joined(at, ADA, by=LINUS)
    assert held_by(back.snapshot.sharing, ADA.id, Grant.VIEW) is None
    assert back.snapshot.participants == at.snapshot.participants


@pytest.mark.parametrize("missing_ms", [1, 0])
def test_a_question_without_an_answer_is_a_no(missing_ms: int) -> None:
    at = _with(talk(), Sharing(asked=(asked(),))).snapshot
    act = next_act(at, NOW + limits.ASK_S * 1000 - missing_ms, present=True)
    assert act == (None if missing_ms else GrantTimeOut(grant=Grant.VIEW, to=ADA.id))


@pytest.mark.parametrize("missing_ms", [1, 0])
@pytest.mark.parametrize("lasts_s", [0, 1, 900])
def test_a_grant_ends_when_its_time_is_over_and_one_for_the_session_does_not(
    lasts_s: int, missing_ms: int
) -> None:
    held = (view(), control(lasts_s=lasts_s))
    at = _with(talk(), Sharing(state=ShareState.ON, held=held)).snapshot
    act = next_act(at, NOW + lasts_s * 1000 - missing_ms, present=True)
    over = lasts_s and not missing_ms
    assert act == (GrantExpire(grant=Grant.CONTROL, to=ADA.id) if over else None)


@pytest.mark.parametrize("state", [ShareState.ON, ShareState.PAUSED])
def test_a_share_that_nobody_may_see_ends(state: ShareState) -> None:
    sharing = Sharing(state=state, share=1, epoch=1, held=(view(),))
    assert next_act(_with(talk(), sharing).snapshot, NOW, present=True) is None
    for end in (
        GrantTake(id=ID, grant=Grant.VIEW, to=ADA.id),
        GrantReturn(id=ID, grant=Grant.VIEW),
    ):
        sender = ADA if isinstance(end, GrantReturn) else GRACE
        at = carried_out(_with(talk(), sharing), end, sender)
        assert next_act(at.snapshot, NOW, present=True) == ShareDrop(why=ShareCause.NOBODY)
    dropped = carried_out(_with(talk(), sharing), RepresentativeDrop(by=ADA.id))
    assert next_act(dropped.snapshot, NOW, present=True) == ShareDrop(why=ShareCause.NOBODY)


@pytest.mark.parametrize(
    "sharing",
    [
        Sharing(state=ShareState.ON, share=1, epoch=1, held=(view(),)),
        Sharing(state=ShareState.PAUSED, share=1, epoch=1, held=(view(),)),
        Sharing(held=(view(),)),
        Sharing(asked=(asked(),)),
    ],
    ids=["on", "paused", "held", "asked"],
)
def test_without_the_customer_nothing_stays(sharing: Sharing) -> None:
    at = _with(talk(), sharing)
    act = next_act(at.snapshot, NOW, present=False)
    assert act == ShareDrop(why=ShareCause.LINK_LOST)
    over = carried_out(at, act)
    assert is_idle(over.snapshot.sharing)
    assert next_act(over.snapshot, NOW, present=False) is None


@pytest.mark.parametrize("present", [True, False])
def test_where_nothing_is_shared_nothing_is_due(present: bool) -> None:
    for state in SessionState:
        assert next_act(in_state(state).snapshot, NOW, present=present) is None


def test_the_answers_of_others_are_not_touched_by_a_time_out() -> None:
    at = stage(SessionState.ACTIVE, GrantTimeOut)
    late = carried_out(at, EXAMPLES[GrantTimeOut])
    assert (late.snapshot.sharing.state, late.snapshot.sharing.asked) == (ShareState.ON, ())
    assert late.snapshot.sharing.held == at.snapshot.sharing.held


def test_a_pause_keeps_the_grants_and_a_new_start_goes_on_with_them() -> None:
    paused = carried_out(seen(), SharePause(id=ID), GRACE)
    start = ShareStart(id="go-on-0001", share=1, epoch=2, scope=Scope.CHOSEN)
    on = carried_out(paused, start, GRACE).snapshot.sharing
    assert (on.state, on.epoch, on.scope) == (ShareState.ON, 2, Scope.CHOSEN)
    assert on.held == seen().snapshot.sharing.held


def test_nobody_denies_or_takes_back_but_the_customer() -> None:
    at = stage(SessionState.ACTIVE, GrantDeny)
    for request in (EXAMPLES[GrantDeny], EXAMPLES[GrantTake], EXAMPLES[GrantGive]):
        for sender in (ADA, LINUS):
            assert decide(at, request, sender, 9) == refused()
        assert decide(at, request, RELAY, 9) == refused()
        assert decide(at, request, GRACE, 9) != refused()


def test_a_session_nobody_has_taken_shows_nothing() -> None:
    waiting = cast.session(door=Door.CLIENT)
    for request in (ShareStart, GrantGive, ShareEnd):
        assert decide(waiting, EXAMPLES[request], GRACE, 9) == refused()
    assert is_idle(accepted(waiting).snapshot.sharing)
