"""What the customer's program tells about its computer, as the relay decides about it. Pure.

Each report is a fact, so that a representative who joins later knows it as well. It replaces the
one before, so there is no need for many: they would push the conversation out of the log.
"""

from protocol import limits
from protocol.base import Request
from protocol.errors import ErrorCode
from protocol.facts import Participant, SessionFact
from protocol.snapshot import Snapshot
from protocol.working_facts import CustomerReported
from protocol.working_requests import CustomerReport


def refusal(snapshot: Snapshot, request: Request, now: int) -> ErrorCode | None:
    """Why `request` is not carried out now (ms); None: it is, or it is none of these."""
    if not isinstance(request, CustomerReport):
        return None
    since = now - limits.REPORTS_WINDOW_S * 1000
    made = sum(isinstance(one, CustomerReported) and one.at > since for one in snapshot.log)
    return ErrorCode.TOO_OFTEN if made >= limits.REPORTS else None


def reported(request: CustomerReport, at: Snapshot, _: Participant, now: int) -> SessionFact:
    """The fact that a report becomes."""
    return CustomerReported(seq=at.seq + 1, at=now, checks=request.checks)
