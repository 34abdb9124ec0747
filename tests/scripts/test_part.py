"""The customer's part in the demo: whose turn it is follows from what has been said."""

from functools import reduce

from protocol.facts import (
    AnyFact,
    ChatPosted,
    EndReason,
    Participant,
    SessionAccepted,
    SessionEnded,
    SessionOpened,
)
from protocol.queues import GENERAL
from protocol.roles import Door, Role
from protocol.snapshot import Snapshot, apply
from scripts.stage.part import AFTERWARDS, ANSWERS, HELP, OPENING, next_line
from scripts.stage.records import lines_of

GRACE = Participant(id="c", role=Role.CUSTOMER, name="Grace", door=Door.CLIENT)
ADA = Participant(id="r", role=Role.REPRESENTATIVE, name="Ada", door=Door.SESSION)
OPENED = SessionOpened(seq=1, at=1, participant=GRACE, queue=GENERAL)
ACCEPTED = SessionAccepted(seq=2, at=2, participant=ADA)


def after(*facts: AnyFact) -> Snapshot:
    """The session that these facts tell of."""
    return reduce(apply, facts, Snapshot(session="s"))


def said(by: str, texts: list[str], first: int = 3) -> list[AnyFact]:
    """Lines of one person, numbered on."""
    return [
        ChatPosted(seq=seq, at=seq, by=by, id=f"line-{seq:04}", text=text)
        for seq, text in enumerate(texts, start=first)
    ]


def test_nothing_is_said_before_anybody_listens() -> None:
    assert next_line(None) is None
    assert next_line(after(OPENED)) is None


def test_the_opening_comes_unasked_and_then_it_is_the_other_sides_turn() -> None:
    assert next_line(after(OPENED, ACCEPTED)) == OPENING[0]
    assert next_line(after(OPENED, ACCEPTED, *said("c", [OPENING[0]]))) == OPENING[1]
    assert next_line(after(OPENED, ACCEPTED, *said("c", [*OPENING]))) is None


def test_every_line_gets_one_answer_for_as_long_as_the_talk_goes_on() -> None:
    spoken: list[AnyFact] = [OPENED, ACCEPTED]
    for line in [*HELP, *HELP]:
        while (answer := next_line(after(*spoken))) is not None:
            spoken += said("c", [answer], len(spoken) + 1)
        spoken += said("r", [line], len(spoken) + 1)
    spoken += said("c", [next_line(after(*spoken)) or ""], len(spoken) + 1)
    answers = lines_of(after(*spoken), Role.CUSTOMER)
    assert len(answers) == len(OPENING) + 2 * len(HELP)
    assert answers[: len(OPENING) + len(ANSWERS)] == [*OPENING, *ANSWERS]
    assert set(answers[len(OPENING) + len(ANSWERS) :]) == set(AFTERWARDS)


def test_nothing_is_said_after_the_end() -> None:
    ended = SessionEnded(seq=3, at=3, by="r", reason=EndReason.CLOSED)
    assert next_line(after(OPENED, ACCEPTED, ended)) is None
