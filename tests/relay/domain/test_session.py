"""What a session decides, without a socket or a clock."""

import itertools

import pytest

from protocol.errors import ErrorCode
from protocol.facts import EndReason, Participant, SessionEnded, SessionOpened, topic_of
from protocol.machines import SESSION, SESSION_REQUESTS, SessionState
from protocol.requests import (
    ChatPost,
    ChatSeen,
    ChatTyping,
    NotePost,
    Request,
    SessionAccept,
    SessionEnd,
)
from protocol.roles import Door, Role
from protocol.signals import Ack, Refused, Seen, Typing
from protocol.snapshot import Snapshot, apply
from relay.domain.session import (
    Answer,
    Note,
    Pass,
    Session,
    SessionRequest,
    Store,
    Tell,
    admitted,
    after,
    decide,
)

CUSTOMER = Participant(id="c1", role=Role.CUSTOMER, name="Grace", door=Door.CLIENT)
ADA = Participant(id="r1", role=Role.REPRESENTATIVE, name="Ada", door=Door.SESSION)
LINUS = Participant(id="r2", role=Role.REPRESENTATIVE, name="Linus", door=Door.SESSION)
RELAY = Participant(id="", role=Role.RELAY, name="", door=Door.SESSION)
SENDERS = {Role.CUSTOMER: CUSTOMER, Role.REPRESENTATIVE: ADA, Role.RELAY: RELAY}
ID = "request-1"

EXAMPLES: dict[type[Request], SessionRequest] = {
    ChatPost: ChatPost(id=ID, text="hello"),
    ChatSeen: ChatSeen(seq=1),
    ChatTyping: ChatTyping(on=True),
    NotePost: NotePost(id=ID, text="knows Linux"),
    SessionAccept: SessionAccept(id=ID, session="0" * 32),
    SessionEnd: SessionEnd(id=ID),
}


def waiting() -> Session:
    opened = SessionOpened(seq=1, at=1, participant=CUSTOMER, queue="")
    return Session(apply(Snapshot(session="s"), opened), number=1, opened_at=1)


def carried_out(session: Session, request: SessionRequest, sender: Participant) -> Session:
    for effect in decide(session, request, sender, 5):
        if isinstance(effect, Store):
            session = after(session, effect)
    return session


def in_state(state: SessionState) -> Session:
    session = waiting()
    if state is not SessionState.WAITING:
        session = admitted(carried_out(session, EXAMPLES[SessionAccept], ADA), "ada", ADA)
    if state is SessionState.ENDED:
        session = carried_out(session, SessionEnd(id="end-it-now"), CUSTOMER)
    return session


@pytest.mark.parametrize(
    ("state", "request_type", "role"), list(itertools.product(SessionState, SESSION_REQUESTS, Role))
)
def test_the_table_alone_decides(
    state: SessionState, request_type: type[Request], role: Role
) -> None:
    session = in_state(state)
    session = Session(session.snapshot, 1, session.opened_at, users=session.users)
    request = EXAMPLES[request_type]
    effects = decide(session, request, SENDERS[role], 9)
    if (state, request_type, role) not in SESSION:
        assert not any(isinstance(one, (Store, Tell, Pass, Note)) for one in effects)
        return
    assert not any(isinstance(one, Answer) and isinstance(one.signal, Refused) for one in effects)
    stored = [one for one in effects if isinstance(one, Store)]
    if stored:
        assert isinstance(effects[0], Store), "stored before told"
        assert effects[1:] == [Tell(stored[0].fact), Answer(Ack(id=ID, seq=stored[0].fact.seq))]
        assert after(session, stored[0]).state is SESSION[state, request_type, role]


def test_a_repeated_request_is_carried_out_once() -> None:
    session = carried_out(in_state(SessionState.ACTIVE), ChatPost(id="line-0001", text="a"), ADA)
    effects = decide(session, ChatPost(id="line-0001", text="a"), ADA, 9)
    assert effects == [Answer(Ack(id="line-0001", seq=session.snapshot.seq))]


def test_the_same_id_of_another_sender_is_another_request() -> None:
    session = carried_out(in_state(SessionState.ACTIVE), ChatPost(id="line-0001", text="a"), ADA)
    effects = decide(session, ChatPost(id="line-0001", text="b"), CUSTOMER, 9)
    assert isinstance(effects[0], Store)


def test_who_comes_second_hears_who_came_first() -> None:
    effects = decide(
        in_state(SessionState.ACTIVE), SessionAccept(id=ID, session="0" * 32), LINUS, 9
    )
    assert effects == [Answer(Refused(id=ID, code=ErrorCode.TAKEN, detail="Ada"))]


def test_nothing_is_said_after_the_end() -> None:
    effects = decide(in_state(SessionState.ENDED), EXAMPLES[ChatPost], CUSTOMER, 9)
    assert effects == [Answer(Refused(id=ID, code=ErrorCode.ENDED))]


def test_notes_count_in_their_own_topic() -> None:
    session = carried_out(
        in_state(SessionState.ACTIVE), NotePost(id="note-0001", text="knows Linux"), ADA
    )
    assert (session.snapshot.seq, session.snapshot.desk_seq) == (2, 1)
    assert [topic_of(one) for one in session.snapshot.notes] == ["desk"]


def test_the_relay_gives_the_lost_link_as_its_reason() -> None:
    (store, *_rest) = decide(waiting(), EXAMPLES[SessionEnd], RELAY, 9)
    assert isinstance(store, Store)
    assert store.fact == SessionEnded(seq=2, at=9, by="", reason=EndReason.LINK_LOST)


def test_seen_only_rises_and_never_runs_ahead() -> None:
    session = in_state(SessionState.ACTIVE)
    newest = session.snapshot.seq
    assert decide(session, ChatSeen(seq=999), ADA, 9) == [
        Note("r1", newest),
        Pass(Seen(by="r1", seq=newest)),
    ]
    session.seen["r1"] = newest
    assert decide(session, ChatSeen(seq=newest), ADA, 9) == []


def test_typing_is_passed_on_and_not_stored() -> None:
    effects = decide(in_state(SessionState.ACTIVE), ChatTyping(on=True), CUSTOMER, 9)
    assert effects == [Pass(Typing(by="c1", on=True))]
