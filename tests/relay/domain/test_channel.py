"""Where each message of the channel goes, or why it goes nowhere: every combination."""

from itertools import product

import msgspec
import pytest

from protocol.channel import MAY_SEND, Flag, Header, Kind
from protocol.facts import Participant
from protocol.machines import SessionState
from protocol.roles import Door, Role
from protocol.share_facts import GrantGiven
from protocol.share_machine import ShareState
from protocol.share_snapshot import Sharing
from protocol.sharing import Grant
from protocol.snapshot import Snapshot
from relay.domain.channel import (
    CUSTOMER_BYTES_PER_S,
    CUSTOMER_MESSAGES_PER_S,
    REPRESENTATIVE_MESSAGES_PER_S,
    Allowance,
    Drop,
    allowance,
    number_of,
    route,
    still_goes,
)
from tests.relay.domain.cast import ADA, GRACE, LINUS, in_state

SHARE, EPOCH = 3, 7
SHOWS = sorted(MAY_SEND[Role.CUSTOMER] - {Kind.CLIPBOARD})
THEIRS = sorted(MAY_SEND[Role.REPRESENTATIVE])


def grants(*held: tuple[Participant, Grant]) -> tuple[GrantGiven, ...]:
    return tuple(
        GrantGiven(seq=n, at=n, to=one.id, grant=grant) for n, (one, grant) in enumerate(held)
    )


ADA_SEES = grants((ADA, Grant.VIEW))
ADA_ACTS = grants((ADA, Grant.VIEW), (ADA, Grant.CONTROL))
CLIPBOARDS = grants((ADA, Grant.VIEW), (ADA, Grant.COPY), (LINUS, Grant.VIEW), (LINUS, Grant.PASTE))
BOTH = grants((ADA, Grant.VIEW), (ADA, Grant.CONTROL), (LINUS, Grant.VIEW))


def talk(
    held: tuple[GrantGiven, ...] = BOTH,
    state: ShareState = ShareState.ON,
    session: SessionState = SessionState.ACTIVE,
) -> Snapshot:
    """Grace with Ada and Linus, in the seventh epoch of the third share."""
    sharing = Sharing(state=state, share=SHARE, epoch=EPOCH, held=held)
    return msgspec.structs.replace(in_state(session, Door.CLIENT).snapshot, sharing=sharing)


def header(kind: Kind, *, epoch: int = EPOCH, share: int = SHARE, sender: int = 0) -> Header:
    return Header(kind, Flag.FIRST | Flag.LAST, sender, epoch, share, 1, 2)


@pytest.mark.parametrize("kind", SHOWS)
@pytest.mark.parametrize(
    ("held", "to"), [(ADA_SEES, (ADA.id,)), (ADA_ACTS, (ADA.id,)), (BOTH, (ADA.id, LINUS.id))]
)
def test_what_is_shown_goes_to_those_who_may_see(
    kind: Kind, held: tuple[GrantGiven, ...], to: tuple[str, ...]
) -> None:
    assert route(talk(held), header(kind), GRACE) == to


def test_what_the_customer_copies_goes_to_those_who_may_have_it() -> None:
    copied = header(Kind.CLIPBOARD)
    assert route(talk(BOTH), copied, GRACE) is Drop.NOBODY
    for way in Grant:
        held = (*BOTH, *grants((LINUS, way)))
        to = (LINUS.id,) if way is Grant.COPY else Drop.NOBODY
        assert route(talk(held), copied, GRACE) == to


@pytest.mark.parametrize("kind", THEIRS)
@pytest.mark.parametrize("held", [(), ADA_SEES, ADA_ACTS, BOTH, CLIPBOARDS])
@pytest.mark.parametrize("who", [ADA, LINUS])
def test_what_a_representative_sends_goes_to_the_customer_alone_and_by_its_own_grant(
    kind: Kind, held: tuple[GrantGiven, ...], who: Participant
) -> None:
    needed = {Kind.INPUT: Grant.CONTROL, Kind.CLIPBOARD: Grant.PASTE}.get(kind, Grant.VIEW)
    has = any((one.to, one.grant) == (who.id, needed) for one in held)
    assert route(talk(held), header(kind), who) == ((GRACE.id,) if has else Drop.NO_GRANT)


@pytest.mark.parametrize(("kind", "who"), list(product(Kind, (GRACE, ADA))))
def test_nobody_sends_what_only_the_other_side_may(kind: Kind, who: Participant) -> None:
    found = route(talk(BOTH), header(kind), who)
    assert (found is Drop.NOT_YOURS) is (kind not in MAY_SEND[who.role])


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("state", SessionState)
def test_nothing_goes_anywhere_but_in_a_running_talk(kind: Kind, state: SessionState) -> None:
    sender = GRACE if kind in MAY_SEND[Role.CUSTOMER] else ADA
    found = route(talk(BOTH, session=state), header(kind), sender)
    assert (found is Drop.ENDED) is (state is not SessionState.ACTIVE)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    ("state", "why"), [(ShareState.OFF, Drop.NO_SHARE), (ShareState.PAUSED, Drop.PAUSED)]
)
def test_nothing_goes_anywhere_while_nothing_is_shown(
    kind: Kind, state: ShareState, why: Drop
) -> None:
    sender = GRACE if kind in MAY_SEND[Role.CUSTOMER] else ADA
    assert route(talk(BOTH, state), header(kind), sender) is why


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("epoch", [0, EPOCH - 1, EPOCH + 1, 2**32 - 1])
@pytest.mark.parametrize("share", [0, SHARE - 1, SHARE, SHARE + 1, 2**32 - 1])
def test_nothing_of_another_share_or_epoch_passes(kind: Kind, epoch: int, share: int) -> None:
    sender = GRACE if kind in MAY_SEND[Role.CUSTOMER] else ADA
    found = route(talk(), header(kind, epoch=epoch, share=share), sender)
    assert found is (Drop.OLD_EPOCH if share == SHARE else Drop.FOREIGN_SHARE)


def test_without_a_viewer_nothing_is_passed_on() -> None:
    assert route(talk(()), header(Kind.FRAME), GRACE) is Drop.NOBODY


def test_who_has_left_sees_nothing_whatever_the_grants_say() -> None:
    """The snapshot's law takes the grants of who leaves; this is the second lock."""
    snapshot = msgspec.structs.replace(talk(BOTH), left=(LINUS.id,))
    assert route(snapshot, header(Kind.FRAME), GRACE) == (ADA.id,)


def test_everybody_is_numbered_by_their_place() -> None:
    snapshot = talk()
    assert [number_of(snapshot, one.id) for one in (GRACE, ADA, LINUS)] == [0, 1, 2]
    with pytest.raises(ValueError, match="nobody"):
        number_of(snapshot, "nobody")


@pytest.mark.parametrize("kind", [one for one in Kind if one is not Kind.CLIPBOARD])
def test_what_waits_still_goes_exactly_while_it_would_be_let_through(kind: Kind) -> None:
    sender, to = (0, ADA.id) if kind in SHOWS else (1, GRACE.id)
    waiting = header(kind, sender=sender)
    assert still_goes(talk(ADA_ACTS), waiting, to)
    assert not still_goes(talk(ADA_ACTS), waiting, LINUS.id)
    assert not still_goes(talk(ADA_ACTS, ShareState.PAUSED), waiting, to)
    assert not still_goes(talk(ADA_ACTS, ShareState.OFF), waiting, to)
    assert not still_goes(talk(()), waiting, to)
    assert not still_goes(talk(ADA_ACTS), waiting._replace(epoch=EPOCH - 1), to)
    assert still_goes(talk(ADA_SEES), waiting, to) is (kind is not Kind.INPUT)


def passed(rate: Allowance, messages: int, size: int, now: float) -> int:
    return sum(rate.takes(size, now) for _ in range(messages))


def test_so_many_messages_and_bytes_pass_within_a_second_and_no_more() -> None:
    rate = Allowance(messages=10, size=100)
    assert passed(rate, 20, 1, 5.0) == 10
    assert passed(rate, 20, 1, 5.9) == 0
    assert passed(rate, 20, 30, 6.0) == 3
    assert passed(rate, 1, 10, 6.1) == 1, "what still fits passes"
    assert passed(rate, 1, 1, 6.2) == 0


def test_each_side_has_its_own_allowance() -> None:
    customer, helper = allowance(Role.CUSTOMER), allowance(Role.REPRESENTATIVE)
    assert passed(customer, 2 * CUSTOMER_MESSAGES_PER_S, 1, 1.0) == CUSTOMER_MESSAGES_PER_S
    assert passed(helper, 2 * CUSTOMER_MESSAGES_PER_S, 1, 1.0) == REPRESENTATIVE_MESSAGES_PER_S
    part = 10_000
    assert passed(customer, CUSTOMER_MESSAGES_PER_S, part, 2.0) == CUSTOMER_BYTES_PER_S // part
