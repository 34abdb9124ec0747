"""Every fact in the customer's words."""

from itertools import product
from typing import get_args

import pytest
from msgspec.structs import replace

from client.session.lines import Voice, system_line
from protocol.catalogue import LANGUAGES, load
from protocol.facts import (
    ChatPosted,
    ClientOffered,
    CustomerMoved,
    Departure,
    EndReason,
    NoticeOver,
    QuestionAnswered,
    RepresentativeJoined,
    RepresentativeLeft,
    SessionEnded,
    SessionFact,
    SessionQueued,
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
from protocol.queues import GENERAL, Queue, QueueCause, QueueKind
from protocol.roles import Door
from protocol.share_facts import (
    GrantAsked,
    GrantGiven,
    GrantOver,
    ShareEnded,
    SharePaused,
    ShareStarted,
)
from protocol.sharing import Grant, GrantEnd, PauseCause, Scope, ShareCause
from protocol.steps import Reply, Step
from protocol.working import Checks, Hurdle, NudgeMark
from protocol.working_facts import (
    CustomerReported,
    LinkPushed,
    NudgeSent,
    NudgeTold,
    SessionHeld,
    SessionResumed,
)
from tests.client.mind import ACCEPTED, ADA, AGREEMENT, ALAN, AT, GRACE, OPENED, told

BILLING = Queue(kind=QueueKind.TEAM, id="b1", name="Billing")
PEOPLE = {person.id: person for person in (GRACE, ADA, ALAN)}

WITH_A_LINE: list[SessionFact] = [
    OPENED,
    ACCEPTED,
    *(
        QuestionAnswered(seq=3, at=AT, step=step, reply=reply)
        for step, reply in product(Step, Reply)
    ),
    *(
        SessionQueued(seq=3, at=AT, queue=queue, cause=cause, by=by)
        for queue, cause, by in product((GENERAL, BILLING), QueueCause, ("", ADA.id, "gone"))
    ),
    NudgeSent(seq=3, at=AT, by=ADA.id, id="nudge-001"),
    SessionHeld(seq=3, at=AT, by=ADA.id),
    SessionResumed(seq=3, at=AT, by=ADA.id),
    RepresentativeJoined(seq=3, at=AT, participant=ALAN, by=ADA.id),
    RepresentativeJoined(seq=3, at=AT, participant=ALAN, by=""),
    *(RepresentativeLeft(seq=3, at=AT, by=ADA.id, why=why) for why in Departure),
    told(3),
    told(3, by=ADA.id),
    NoticeOver(seq=3, at=AT, notice="n1"),
    *(CustomerMoved(seq=3, at=AT, participant=replace(GRACE, door=door)) for door in Door),
    *(
        GrantAsked(seq=3, at=AT, by=ADA.id, grant=grant, reason=reason, limit_s=60)
        for grant, reason in product(Grant, ("", "To look."))
    ),
    *(
        GrantGiven(seq=3, at=AT, to=ADA.id, grant=grant, lasts_s=lasts_s)
        for grant, lasts_s in product(Grant, (0, 1, 60, 900))
    ),
    *(
        GrantOver(seq=3, at=AT, to=ADA.id, grant=grant, why=why)
        for grant, why in product(Grant, GrantEnd)
    ),
    *(ShareStarted(seq=3, at=AT, share=1, epoch=1, scope=scope) for scope in Scope),
    *(SharePaused(seq=3, at=AT, why=why) for why in PauseCause),
    *(
        ShareEnded(seq=3, at=AT, by=by, why=why)
        for by, why in product(("", GRACE.id, ADA.id, "gone"), ShareCause)
    ),
    *(FileAsked(seq=3, at=AT, by=ADA.id, id="f", reason=reason) for reason in ("", "The log")),
    *(FileOffered(seq=3, at=AT, by=by, id="f", name="a", size=1) for by in (GRACE.id, ADA.id)),
    FileTaken(seq=3, at=AT, by=ADA.id, id="f"),
    *(
        FileOver(seq=3, at=AT, by=by, id="f", why=why)
        for by, why in product(("", GRACE.id, ADA.id), FileEnd)
    ),
    *(
        SessionEnded(seq=3, at=AT, by=by, reason=reason)
        for by, reason in product(("", GRACE.id, ADA.id, "gone"), EndReason)
    ),
]
WITHOUT: list[SessionFact] = [
    AGREEMENT,
    ClientOffered(seq=3, at=AT, by=ADA.id),
    *(NudgeTold(seq=3, at=AT, id="nudge-001", mark=mark) for mark in NudgeMark),
    FileAccepted(seq=3, at=AT, by=ADA.id, id="f"),
    FileStored(seq=3, at=AT, id="f", sha256="ab" * 32),
    CustomerReported(seq=3, at=AT, checks=Checks(problems=(Hurdle.CLOCK,))),
]


def said(fact: SessionFact, language: str = "en") -> str:
    return system_line(fact, Voice(PEOPLE, GRACE.id, load(language)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fact", WITH_A_LINE, ids=lambda fact: type(fact).__name__)
def test_what_happened_is_told(fact: SessionFact, language: str) -> None:
    assert said(fact, language)


@pytest.mark.parametrize("fact", WITHOUT, ids=lambda fact: type(fact).__name__)
def test_what_stands_elsewhere_or_is_for_another_door_is_not(fact: SessionFact) -> None:
    assert said(fact) == ""


def test_these_are_all_facts_but_bubbles() -> None:
    known = {type(fact) for fact in (*WITH_A_LINE, *WITHOUT)}
    assert known == set(get_args(SessionFact)) - {ChatPosted, LinkPushed}


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (
            SessionQueued(seq=3, at=AT, queue=BILLING, cause=QueueCause.TRANSFER, by=ADA.id),
            "Ada Lovelace passed you on to Billing",
        ),
        (
            SessionQueued(seq=3, at=AT, queue=GENERAL, cause=QueueCause.TRANSFER, by=ADA.id),
            "Ada Lovelace passed you on to whoever is free next",
        ),
        (
            RepresentativeJoined(seq=3, at=AT, participant=ALAN, by=ADA.id),
            "Alan Turing joined, invited by Ada Lovelace: may read and write here, and nothing "
            "else unless you allow it",
        ),
        (
            RepresentativeLeft(
                seq=3, at=AT, by=ALAN.id, why=Departure.REMOVED, remover=ADA.id
            ),
            "Ada Lovelace took Alan Turing out of the session",
        ),
        (SessionHeld(seq=3, at=AT, by=ADA.id), "Ada Lovelace is away for a moment"),
        (QuestionAnswered(seq=3, at=AT, step=Step.RECORDING, reply=Reply.NONE),
         "No answer to the recording: nothing is recorded"),
        (SessionEnded(seq=3, at=AT, by=GRACE.id, reason=EndReason.CLOSED), "You ended the session"),
        (GrantAsked(seq=3, at=AT, by=ADA.id, grant=Grant.VIEW, reason="To look.", limit_s=60),
         "Ada Lovelace would like to see your screen: To look."),
        (GrantGiven(seq=3, at=AT, to=ADA.id, grant=Grant.VIEW),
         "You let Ada Lovelace see your screen"),
        (GrantGiven(seq=3, at=AT, to=ADA.id, grant=Grant.CONTROL, lasts_s=900),
         "You let Ada Lovelace control your computer for 15 minutes"),
        (GrantOver(seq=3, at=AT, to=ADA.id, grant=Grant.CONTROL, why=GrantEnd.RETURNED),
         "Ada Lovelace gave control back"),
        (ShareEnded(seq=3, at=AT, by=GRACE.id, why=ShareCause.CUSTOMER),
         "You ended the screen share"),
        (ShareEnded(seq=3, at=AT, by=ADA.id, why=ShareCause.REPRESENTATIVE),
         "Ada Lovelace ended the screen share"),
        (ShareEnded(seq=3, at=AT, by="", why=ShareCause.LINK_LOST),
         "Screen share ended: the connection was lost"),
    ],
)  # fmt: skip
def test_in_these_words(fact: SessionFact, words: str) -> None:
    assert said(fact) == words
