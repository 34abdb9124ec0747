"""What a session decides, without a socket or a clock."""

import itertools

import pytest

from protocol import acts
from protocol.acts import (
    SessionClose,
)
from protocol.errors import ErrorCode
from protocol.facts import EndReason, SessionEnded, Topic, topic_of
from protocol.machines import SESSION, SESSION_REQUESTS, SessionState
from protocol.requests import (
    ChatPost,
    ChatSeen,
    ChatTyping,
    CodeMake,
    NotePost,
    Request,
    SessionAccept,
    SessionLeave,
)
from protocol.roles import Role
from protocol.signals import Ack, Refused, Seen, Typing
from relay.domain.session import (
    Answer,
    Note,
    Pass,
    Store,
    Tell,
    after,
    decide,
)
from tests.relay.domain import cast
from tests.relay.domain.cast import (
    ADA,
    GRACE,
    KEN,
    RELAY,
    SENDERS,
    accepted,
    carried_out,
    in_state,
)
from tests.relay.domain.requests import EXAMPLES, GIVEN, ID, refused, stage

EVERYTHING = list(itertools.product(SessionState, EXAMPLES, Role))


def test_every_request_of_the_table_has_an_example() -> None:
    """A code is made beside the session: no fact tells of it."""
    assert EXAMPLES.keys() == set(SESSION_REQUESTS) - {CodeMake}


@pytest.mark.parametrize(
    ("state", "request_type", "role"),
    EVERYTHING,
    ids=lambda part: part.__name__ if isinstance(part, type) else str(part),
)
def test_the_table_alone_decides(
    state: SessionState, request_type: type[Request], role: Role
) -> None:
    session = stage(state, request_type, role)
    request = EXAMPLES[request_type]
    effects = decide(session, request, SENDERS[role], 9, GIVEN)
    becomes = SESSION.get((state, request_type, role))
    if becomes is None:
        assert all(isinstance(one, Answer) and isinstance(one.signal, Refused) for one in effects)
        return
    assert effects, "what is allowed and fits is carried out"
    assert not any(isinstance(one, Answer) and isinstance(one.signal, Refused) for one in effects)
    moved = session
    for one in effects:
        if isinstance(one, Store):
            moved = after(moved, one)
        elif isinstance(one, Tell):
            assert one.fact in (*moved.snapshot.log, *moved.snapshot.notes), "stored before told"
    assert moved.state is becomes
    if isinstance(effects[0], Store):
        known = getattr(request, "id", "")
        acked = [Answer(Ack(id=ID, seq=effects[0].fact.seq))] if known else []
        assert [one for one in effects if isinstance(one, Answer)] == acked
        assert effects[-len(acked) :] == acked or not acked, "acknowledged last"


@pytest.mark.parametrize("request_type", EXAMPLES, ids=lambda kind: kind.__name__)
def test_the_relays_acts_are_never_answered_and_requests_always_are(
    request_type: type[Request],
) -> None:
    has_id = "id" in request_type.__struct_fields__
    for state in SessionState:
        for role in Role:
            effects = decide(
                stage(state, request_type, role),
                EXAMPLES[request_type],
                SENDERS[role],
                9,
                GIVEN,
            )
            answers = [one for one in effects if isinstance(one, Answer)]
            assert len(answers) == has_id
    assert has_id is (
        request_type.__module__ != acts.__name__ and request_type not in (ChatSeen, ChatTyping)
    )


def test_a_repeated_request_is_carried_out_once() -> None:
    session = carried_out(in_state(SessionState.ACTIVE), ChatPost(id="line-0001", text="a"), ADA)
    effects = decide(session, ChatPost(id="line-0001", text="a"), ADA, 9)
    assert effects == [Answer(Ack(id="line-0001", seq=session.snapshot.seq))]


@pytest.mark.parametrize("request_type", EXAMPLES, ids=lambda kind: kind.__name__)
def test_every_request_with_an_id_is_carried_out_once_whatever_has_happened_since(
    request_type: type[Request],
) -> None:
    request = EXAMPLES[request_type]
    if "id" not in request_type.__struct_fields__:
        return
    allowed = [(state, role) for state, kind, role in SESSION if kind is request_type]
    for state, role in allowed:
        session = carried_out(stage(state, request_type, role), request, SENDERS[role], GIVEN)
        for later in (session, carried_out(session, EXAMPLES[SessionClose])):
            (answer,) = decide(later, request, SENDERS[role], 99, GIVEN)
            assert answer == Answer(Ack(id=ID, seq=session.done[SENDERS[role].id, ID]))


def test_the_same_id_of_another_sender_is_another_request() -> None:
    session = carried_out(in_state(SessionState.ACTIVE), ChatPost(id="line-0001", text="a"), ADA)
    effects = decide(session, ChatPost(id="line-0001", text="b"), GRACE, 9)
    assert isinstance(effects[0], Store)


def test_who_comes_second_hears_who_came_first() -> None:
    effects = decide(in_state(SessionState.ACTIVE), EXAMPLES[SessionAccept], KEN, 9)
    assert effects == refused(ErrorCode.TAKEN, "Ada")


def test_who_comes_second_hears_who_is_there_now() -> None:
    left = carried_out(in_state(SessionState.ACTIVE), SessionLeave(id="leave-0001"), ADA)
    assert decide(left, EXAMPLES[SessionAccept], KEN, 9) == refused(ErrorCode.TAKEN, "Linus")


def test_nothing_is_said_after_the_end() -> None:
    effects = decide(in_state(SessionState.ENDED), EXAMPLES[ChatPost], GRACE, 9)
    assert effects == refused(ErrorCode.ENDED)


def test_notes_count_in_their_own_topic() -> None:
    session = carried_out(accepted(cast.session()), NotePost(id="note-0001", text="x"), ADA)
    assert (session.snapshot.seq, session.snapshot.desk_seq) == (2, 1)
    assert [topic_of(one) for one in session.snapshot.notes] == [Topic.DESK]


@pytest.mark.parametrize("reason", EndReason)
def test_the_relay_ends_a_session_with_its_reason_and_the_last_word(reason: EndReason) -> None:
    close = SessionClose(reason=reason, text="Goodbye.", url="https://acme.example/")
    (store, *_rest) = decide(cast.session(), close, RELAY, 9)
    assert isinstance(store, Store)
    assert store.fact == SessionEnded(
        seq=2, at=9, by="", reason=reason, text="Goodbye.", url="https://acme.example/"
    )


def test_seen_only_rises_and_never_runs_ahead() -> None:
    session = in_state(SessionState.ACTIVE)
    newest = session.snapshot.seq
    assert decide(session, ChatSeen(seq=999), ADA, 9) == [
        Note(ADA.id, newest),
        Pass(Seen(by=ADA.id, seq=newest)),
    ]
    session.seen[ADA.id] = newest
    assert decide(session, ChatSeen(seq=newest), ADA, 9) == []


def test_typing_is_passed_on_and_not_stored() -> None:
    effects = decide(in_state(SessionState.ACTIVE), ChatTyping(on=True), GRACE, 9)
    assert effects == [Pass(Typing(by=GRACE.id, on=True))]
