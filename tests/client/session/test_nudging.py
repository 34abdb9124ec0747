"""A nudge rings once, and the representative learns what became of it."""

import pytest
from msgspec import structs

from client.session.effects import Effect, Ring, Send
from client.session.inputs import LinkLost
from client.session.nudging import FRESH_S
from client.session.working_inputs import Rang, Used
from protocol.facts import SessionFact
from protocol.working import NudgeMark
from protocol.working_facts import NudgeSent, NudgeTold
from protocol.working_requests import NudgeTell
from tests.client.mind import ACCEPTED, ADA, AT, OPENED, Mind, line, welcome

NUDGE = NudgeSent(seq=3, at=AT, by=ADA.id, id="nudge-001")
DELIVERED = NudgeTold(seq=4, at=AT, id=NUDGE.id, mark=NudgeMark.DELIVERED)
SEEN = NudgeTold(seq=5, at=AT, id=NUDGE.id, mark=NudgeMark.SEEN)


def tell(mark: NudgeMark, request: str) -> Send:
    return Send(NudgeTell(id=request, nudge=NUDGE.id, mark=mark))


def tells(effects: tuple[Effect, ...]) -> list[Effect]:
    """What is told of nudges among `effects`."""
    return [one for one in effects if isinstance(one, Send) and isinstance(one.request, NudgeTell)]


def test_it_rings_then_is_delivered_then_seen_each_told_once() -> None:
    mind = Mind().talk()
    assert Ring(NUDGE.id) in mind.hear(NUDGE)
    assert mind.take(Rang(NUDGE.id, "rang0001")) == (tell(NudgeMark.DELIVERED, "rang0001"),)
    mind.hear(DELIVERED)
    assert mind.take(Used("used0001")) == (tell(NudgeMark.SEEN, "used0001"),)
    mind.hear(SEEN)
    assert mind.take(Used("used0002"), Rang(NUDGE.id, "rang0002")) == ()
    assert tells(mind.hear(line(6, ADA, "Hello?"))) == []


def test_a_customer_who_is_there_at_once_is_told_after_the_delivery() -> None:
    mind = Mind().talk()
    mind.hear(NUDGE)
    mind.take(Rang(NUDGE.id, "rang0001"), Used("used0001"))
    marks = [one.mark for one in mind.sent if isinstance(one, NudgeTell)]
    assert marks[:1] == [NudgeMark.DELIVERED]
    assert marks[-1] == NudgeMark.SEEN


def test_using_the_window_says_nothing_before_anything_rang() -> None:
    mind = Mind().talk()
    assert mind.take(Used("used0001")) == ()
    mind.hear(NUDGE)
    assert mind.take(Used("used0001")) == ()


def test_what_a_lost_link_took_is_told_again_under_the_same_id() -> None:
    mind = Mind().talk()
    mind.hear(NUDGE)
    mind.take(LinkLost())
    assert mind.take(Rang(NUDGE.id, "rang0001"), Used("used0001")) == ()
    again = mind.hear(welcome([OPENED, ACCEPTED, NUDGE]))
    assert not any(isinstance(one, Ring) for one in again), "rang already"
    assert tells(again) == [
        tell(NudgeMark.DELIVERED, "rang0001"),
        tell(NudgeMark.SEEN, "used0001"),
    ]
    later = mind.hear(welcome([OPENED, ACCEPTED, NUDGE, DELIVERED]))
    assert tells(later) == [tell(NudgeMark.SEEN, "used0001")]


@pytest.mark.parametrize(
    ("facts", "late_s", "rings"),
    [
        ([NUDGE], 0, True),
        ([NUDGE], FRESH_S - 1, True),
        ([NUDGE], FRESH_S + 1, False),
        ([NUDGE, DELIVERED], 0, False),
        ([NUDGE, DELIVERED, SEEN], 0, False),
    ],
)
def test_one_that_comes_late_or_rang_elsewhere_does_not_ring(
    facts: list[SessionFact], late_s: float, rings: bool
) -> None:
    mind = Mind().talk()
    mind.take(LinkLost())
    mind.now += late_s
    missed = welcome([OPENED, ACCEPTED, *facts])
    effects = mind.hear(structs.replace(missed, now=AT + round(late_s * 1000)))
    assert (Ring(NUDGE.id) in effects) is rings
    assert tells(effects) == []


def test_the_next_nudge_rings_again() -> None:
    mind = Mind().talk()
    mind.hear(NUDGE)
    mind.take(Rang(NUDGE.id, "rang0001"))
    other = NudgeSent(seq=4, at=AT, by=ADA.id, id="nudge-002")
    assert Ring(other.id) in mind.hear(other)
    assert mind.take(Rang(NUDGE.id, "rang0009")) == (), "it is the other that rings now"
