"""The five rules for a lost representative, told a second time, over every combination."""

from itertools import chain, combinations, product

import msgspec
import pytest

from protocol.acts import RepresentativeDrop, SessionClose, SessionQueue
from protocol.facts import EndReason
from protocol.machines import SessionState
from protocol.queues import GENERAL, Queue, QueueCause
from protocol.requests import SessionTransfer
from protocol.snapshot import representatives
from relay.domain.content import SiteSettings
from relay.domain.dropped import next_act
from relay.domain.given import Given
from relay.domain.session import Session
from tests.relay.domain import cast
from tests.relay.domain.cast import (
    ADA,
    ADAS,
    BILLING,
    KEN,
    LINUS,
    LINUSS,
    WISH,
    accepted,
    carried_out,
    joined,
)

QUEUES = (ADAS, BILLING, GENERAL)
ORPHANED = SessionClose(reason=EndReason.ORPHANED, text="Nobody is here.")
HELPERS = (ADA, LINUS, KEN)
EVE = msgspec.structs.replace(KEN, id="r-eve", name="Eve")
"""Who had it before them."""


def running(entry: Queue, last: Queue, helpers: int) -> Session:
    """A session that came in by `entry`, was in `last` before its first representative took it,
    and has so many of them."""
    at = cast.session(entry)
    if last != entry:
        at = accepted(at, EVE)
        at = carried_out(at, SessionTransfer(id="pass-0001", queue=WISH), EVE, Given(queue=last))
    at = accepted(at, ADA)
    for newcomer in HELPERS[1:helpers]:
        at = joined(at, newcomer)
    assert at.state is SessionState.ACTIVE
    assert representatives(at.snapshot) == HELPERS[:helpers]
    return at


def subsets(queues: tuple[Queue, ...]) -> list[tuple[Queue, ...]]:
    return list(chain.from_iterable(combinations(queues, n) for n in range(len(queues) + 1)))


SWITCHES = list(product((True, False), repeat=3))
WAYS_IN = list(product(QUEUES, QUEUES))


def act(
    at: Session,
    lost: tuple[str, ...],
    switches: tuple[bool, bool, bool] = (True, True, True),
    served: tuple[Queue, ...] = QUEUES,
) -> RepresentativeDrop | SessionQueue | SessionClose | None:
    last, entry, general = switches
    settings = SiteSettings(lost_last=last, lost_entry=entry, lost_general=general)
    return next_act(
        at.snapshot, lost, at.opened.queue, settings, lambda queue: queue in served, ORPHANED
    )


@pytest.mark.parametrize(("entry", "last"), WAYS_IN, ids=lambda queue: queue.kind)
@pytest.mark.parametrize("switches", SWITCHES)
def test_without_anybody_left_the_queues_are_tried_in_their_order(
    entry: Queue, last: Queue, switches: tuple[bool, bool, bool]
) -> None:
    for helpers, served in product((1, 2, 3), subsets(QUEUES)):
        at = running(entry, last, helpers)
        rules = zip((last, entry, GENERAL), switches, strict=True)
        tried = [queue for queue, on in rules if on and queue in served]
        wanted: object = ORPHANED
        if tried:
            wanted = SessionQueue(queue=tried[0], cause=QueueCause.LOST)
        lost = tuple(one.id for one in HELPERS[:helpers])
        assert act(at, lost, switches, served) == wanted


@pytest.mark.parametrize("switches", SWITCHES)
@pytest.mark.parametrize("helpers", [1, 2, 3])
def test_while_somebody_is_there_the_session_stays(
    helpers: int, switches: tuple[bool, bool, bool]
) -> None:
    at = running(BILLING, BILLING, helpers)
    here = [one.id for one in HELPERS[:helpers]]
    for n in range(helpers):
        for lost, served in product(combinations(here, n), subsets(QUEUES)):
            wanted = RepresentativeDrop(by=lost[0]) if lost else None
            assert act(at, lost, switches, served) == wanted


@pytest.mark.parametrize("helpers", [2, 3])
def test_the_session_stays_with_who_has_been_there_longest(helpers: int) -> None:
    at = running(GENERAL, GENERAL, helpers)
    for n in range(1, helpers):
        for lost in combinations(HELPERS[:helpers], n):
            rest = at
            for _ in lost:
                found = act(rest, tuple(one.id for one in lost))
                assert isinstance(found, RepresentativeDrop)
                rest = carried_out(rest, found)
            stay = tuple(one for one in HELPERS[:helpers] if one not in lost)
            assert representatives(rest.snapshot) == stay
            assert act(rest, tuple(one.id for one in lost)) is None


def test_who_is_lost_and_was_never_there_or_has_left_matters_to_nobody() -> None:
    at = running(GENERAL, BILLING, 1)  # Eve passed it on before
    assert act(at, ()) is None
    assert act(at, (EVE.id, "r-nobody", at.customer.id)) is None
    lost_as_well = act(at, (EVE.id, ADA.id), served=(GENERAL,))
    assert lost_as_well == SessionQueue(queue=GENERAL, cause=QueueCause.LOST)


def test_a_queue_is_served_or_not_by_what_it_is() -> None:
    """The personal queue of somebody lost is asked about like any other."""
    at = running(ADAS, LINUSS, 1)
    assert act(at, (ADA.id,), served=(ADAS, GENERAL)) == SessionQueue(
        queue=ADAS, cause=QueueCause.LOST
    )
