"""The fact that each request becomes: its own words, the next number of its topic, the moment."""

from typing import Any

import msgspec
import pytest

from protocol import acts
from protocol.facts import (
    AnyFact,
    ChatPosted,
    ClientOffered,
    CustomerMoved,
    Departure,
    EndReason,
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
    SessionOpened,
    SessionQueued,
    Topic,
    topic_of,
)
from protocol.file_facts import (
    FileAccepted,
    FileAsked,
    FileOffered,
    FileOver,
    FileStored,
    FileTaken,
)
from protocol.files import FileEnd
from protocol.machines import SESSION_REQUESTS, SessionState
from protocol.queues import QueueCause
from protocol.requests import ChatSeen, ChatTyping, CodeMake, Request, StepAnswer
from protocol.share_facts import (
    GrantAsked,
    GrantGiven,
    GrantOver,
    ShareEnded,
    SharePaused,
    ShareStarted,
)
from protocol.share_requests import GrantReturn
from protocol.sharing import Grant, GrantEnd, PauseCause, Scope, ShareCause
from protocol.steps import Reply, Step
from protocol.working import NudgeMark
from protocol.working_facts import (
    CustomerReported,
    LinkPushed,
    NudgeSent,
    NudgeTold,
    SessionHeld,
    SessionResumed,
)
from relay.domain.facts_of import MAKERS
from scripts.generate import vocabulary
from tests.relay.domain.cast import ADA, BILLING, GRACE, KEN, LINUS, LINUSS, RELAY
from tests.relay.domain.requests import CHECKS, EXAMPLES, FILE, GIVEN, ID, MOVED, SUM, stage

TOLD: dict[str, tuple[Participant, type[AnyFact], dict[str, Any]]] = {
    "chat.post": (GRACE, ChatPosted, {"by": "c1", "id": ID, "text": "hello"}),
    "note.post": (ADA, NotePosted, {"by": "r-ada", "id": ID, "text": "knows Linux"}),
    "session.accept": (ADA, SessionAccepted, {"participant": ADA}),
    "session.end": (GRACE, SessionEnded, {"by": "c1", "reason": EndReason.CLOSED}),
    "session.close": (RELAY, SessionEnded, {"by": "", "reason": EndReason.LINK_LOST}),
    "notice.mine": (
        GRACE,
        SessionEnded,
        {"by": "c1", "reason": EndReason.NOTICE, "text": "Goodbye."},
    ),
    "step.ask": (
        RELAY,
        QuestionAsked,
        {"step": Step.RECORDING, "title": "T", "text": "?", "limit_s": 60},
    ),
    "step.answer": (GRACE, QuestionAnswered, {"step": Step.AGREEMENT, "reply": Reply.YES}),
    "step.time_out": (RELAY, QuestionAnswered, {"step": Step.AGREEMENT, "reply": Reply.NONE}),
    "session.queue": (RELAY, SessionQueued, {"queue": BILLING, "cause": QueueCause.ENTRY}),
    "session.transfer": (
        ADA,
        SessionQueued,
        {"queue": LINUSS, "cause": QueueCause.TRANSFER, "by": "r-ada"},
    ),
    "session.leave": (ADA, RepresentativeLeft, {"by": "r-ada", "why": Departure.LEFT}),
    "representative.drop": (RELAY, RepresentativeLeft, {"by": "r-ada", "why": Departure.LOST}),
    "invitation.make": (ADA, InvitationMade, {"by": "r-ada", "id": "i2", "queue": LINUSS}),
    "invitation.withdraw": (ADA, InvitationOver, {"by": "r-ada", "id": "i1"}),
    "invitation.accept": (KEN, RepresentativeJoined, {"participant": KEN, "by": "r-ada"}),
    "notice.send": (
        ADA,
        NoticeTold,
        {"notice": "n2", "text": "Printing fails.", "by": "r-ada"},
    ),
    "notice.tell": (RELAY, NoticeTold, {"notice": "n2", "text": "Scanning fails."}),
    "notice.end": (RELAY, NoticeOver, {"notice": "n1"}),
    "client.offer": (ADA, ClientOffered, {"by": "r-ada"}),
    "customer.move": (RELAY, CustomerMoved, {"participant": MOVED}),
    "grant.ask": (
        ADA,
        GrantAsked,
        {"by": "r-ada", "grant": Grant.CONTROL, "reason": "I'll show you.", "limit_s": 60},
    ),
    "grant.return": (
        ADA,
        GrantOver,
        {"to": "r-ada", "grant": Grant.VIEW, "why": GrantEnd.RETURNED},
    ),
    "grant.give": (
        GRACE,
        GrantGiven,
        {"to": "r-ada", "grant": Grant.CONTROL, "lasts_s": 900},
    ),
    "grant.deny": (
        GRACE,
        GrantOver,
        {"to": "r-linus", "grant": Grant.VIEW, "why": GrantEnd.DENIED},
    ),
    "grant.take": (
        GRACE,
        GrantOver,
        {"to": "r-ada", "grant": Grant.VIEW, "why": GrantEnd.TAKEN},
    ),
    "grant.time_out": (
        RELAY,
        GrantOver,
        {"to": "r-linus", "grant": Grant.VIEW, "why": GrantEnd.LATE},
    ),
    "grant.expire": (
        RELAY,
        GrantOver,
        {"to": "r-ada", "grant": Grant.VIEW, "why": GrantEnd.EXPIRED},
    ),
    "share.start": (GRACE, ShareStarted, {"share": 1, "epoch": 2, "scope": Scope.CHOSEN}),
    "share.pause": (GRACE, SharePaused, {"why": PauseCause.CHOOSING}),
    "share.end": (GRACE, ShareEnded, {"by": "c1", "why": ShareCause.CUSTOMER}),
    "share.stop": (ADA, ShareEnded, {"by": "r-ada", "why": ShareCause.REPRESENTATIVE}),
    "share.drop": (RELAY, ShareEnded, {"by": "", "why": ShareCause.NOBODY}),
    "nudge.send": (ADA, NudgeSent, {"by": "r-ada", "id": ID}),
    "nudge.tell": (GRACE, NudgeTold, {"id": "nudge-001", "mark": NudgeMark.DELIVERED}),
    "link.push": (
        ADA,
        LinkPushed,
        {"by": "r-ada", "id": ID, "url": "https://acme.example/driver"},
    ),
    "session.hold": (ADA, SessionHeld, {"by": "r-ada"}),
    "session.resume": (ADA, SessionResumed, {"by": "r-ada"}),
    "session.join": (KEN, RepresentativeJoined, {"participant": KEN, "by": ""}),
    "representative.remove": (
        ADA,
        RepresentativeLeft,
        {"by": "r-linus", "why": Departure.REMOVED, "remover": "r-ada"},
    ),
    "file.ask": (ADA, FileAsked, {"by": "r-ada", "id": ID, "reason": "The log, please."}),
    "file.offer": (
        GRACE,
        FileOffered,
        {"by": "c1", "id": "transfer-2", "name": "b.log", "size": 7},
    ),
    "file.accept": (ADA, FileAccepted, {"by": "r-ada", "id": FILE}),
    "file.decline": (ADA, FileOver, {"by": "r-ada", "id": FILE, "why": FileEnd.DECLINED}),
    "file.cancel": (ADA, FileOver, {"by": "r-ada", "id": FILE, "why": FileEnd.CANCELLED}),
    "file.take": (ADA, FileTaken, {"by": "r-ada", "id": FILE}),
    "file.store": (RELAY, FileStored, {"id": FILE, "sha256": SUM}),
    "file.fail": (RELAY, FileOver, {"by": "", "id": FILE, "why": FileEnd.FULL}),
    "customer.report": (GRACE, CustomerReported, {"checks": CHECKS}),
}


def made(request: Request, sender: Participant = RELAY) -> AnyFact:
    """The fact in a session in which all of this can be spoken of, at 99 ms."""
    snapshot = stage(SessionState.ACTIVE, type(request)).snapshot
    return MAKERS[type(request)](request, snapshot, sender, GIVEN, 99)


@pytest.mark.parametrize("kind", MAKERS, ids=vocabulary.tag)
def test_each_request_becomes_the_fact_as_told(kind: type[Request]) -> None:
    sender, fact, fields = TOLD[vocabulary.tag(kind)]
    found = made(EXAMPLES[kind], sender)
    snapshot = stage(SessionState.ACTIVE, kind).snapshot
    newest = snapshot.desk_seq if topic_of(found) is Topic.DESK else snapshot.seq
    assert found == fact(seq=newest + 1, at=99, **fields)


def test_every_request_of_a_session_becomes_a_fact_but_for_what_leaves_no_trace() -> None:
    """Typing and seeing are signals; a code is made beside the session."""
    assert MAKERS.keys() == set(SESSION_REQUESTS) - {ChatSeen, ChatTyping, CodeMake}
    assert {vocabulary.tag(kind) for kind in MAKERS} == TOLD.keys()


def test_every_fact_but_the_first_comes_from_some_request() -> None:
    assert {fact for _, fact, _ in TOLD.values()} == set(vocabulary.FACTS) - {SessionOpened}


def test_a_question_that_is_taken_back_was_never_granted() -> None:
    fact = made(GrantReturn(id=ID, grant=Grant.VIEW), LINUS)
    assert isinstance(fact, GrantOver)
    assert (fact.to, fact.why) == (LINUS.id, GrantEnd.WITHDRAWN)


@pytest.mark.parametrize(("yes", "reply"), [(True, Reply.YES), (False, Reply.NO)])
def test_an_answer_is_what_was_answered(yes: bool, reply: Reply) -> None:
    fact = made(StepAnswer(id=ID, step=Step.RECORDING, yes=yes), GRACE)
    assert isinstance(fact, QuestionAnswered)
    assert (fact.step, fact.reply) == (Step.RECORDING, reply)


@pytest.mark.parametrize(
    "kind", [kind for kind in EXAMPLES if kind.__module__ == acts.__name__], ids=vocabulary.tag
)
def test_what_the_relay_does_loses_no_word_of_its_act(kind: type[Request]) -> None:
    act = msgspec.structs.asdict(EXAMPLES[kind])
    if "transfer" in act:
        act["id"] = act.pop("transfer")
    assert act.items() <= msgspec.structs.asdict(made(EXAMPLES[kind])).items()
