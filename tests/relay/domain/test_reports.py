"""What the customer's program tells: how often, by whom, and that the newest counts."""

import pytest
from msgspec import structs

from protocol import limits
from protocol.errors import ErrorCode
from protocol.machines import SessionState
from protocol.working import Checks
from protocol.working_requests import CustomerReport
from relay.domain.session import Session, Store, decide
from tests.relay.domain.cast import ADA, GRACE, carried_out, in_state
from tests.relay.domain.requests import CHECKS, ID, refused

WINDOW_MS = limits.REPORTS_WINDOW_S * 1000
RUNNING = [one for one in SessionState if one is not SessionState.ENDED]


def told(at: Session, checks: Checks, now: int) -> Session:
    return carried_out(at, CustomerReport(id=f"report-{now:04}", checks=checks), GRACE, now=now)


@pytest.mark.parametrize("state", RUNNING)
def test_the_newest_report_is_what_is_known(state: SessionState) -> None:
    at = told(in_state(state), CHECKS, 100)
    assert at.snapshot.checks == CHECKS
    better = structs.replace(CHECKS, controls=True, problems=())
    assert told(at, better, 101).snapshot.checks == better
    assert at.state is state


@pytest.mark.parametrize("state", RUNNING)
def test_there_are_only_so_many_and_then_again_once_time_has_passed(state: SessionState) -> None:
    at = in_state(state)
    for now in range(100, 100 + limits.REPORTS):
        at = told(at, CHECKS, now)
    request = CustomerReport(id=ID, checks=CHECKS)
    for now in (200, 100 + WINDOW_MS - 1):
        assert decide(at, request, GRACE, now) == refused(ErrorCode.TOO_OFTEN)
    assert isinstance(decide(at, request, GRACE, 100 + WINDOW_MS)[0], Store)


def test_only_the_customer_tells() -> None:
    request = CustomerReport(id=ID, checks=CHECKS)
    assert decide(in_state(SessionState.ACTIVE), request, ADA, 9) == refused()
