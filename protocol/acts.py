"""What the relay itself does to a session: requests that no door understands.

They stand in the table of `protocol.machines` like anybody's, so that the relay, too, does only
what is written there.
"""

from protocol.base import Request, SmallId
from protocol.facts import Departure, EndReason, Participant
from protocol.files import FileEnd
from protocol.queues import Queue, QueueCause
from protocol.sharing import Grant, ShareCause
from protocol.steps import Step


class StepAsk(Request, frozen=True, tag="step.ask"):
    """Ask the customer the question of `step`."""

    step: Step
    title: str
    text: str
    limit_s: int


class StepTimeOut(Request, frozen=True, tag="step.time_out"):
    """The time to answer is up."""

    step: Step


class SessionQueue(Request, frozen=True, tag="session.queue"):
    """Put the customer into a queue."""

    queue: Queue
    cause: QueueCause


class RepresentativeDrop(Request, frozen=True, tag="representative.drop"):
    """A representative did not come back; another one stays."""

    by: str
    why: Departure = Departure.LOST


class NoticeTell(Request, frozen=True, tag="notice.tell"):
    """Show the customer a notice; `by` sent it, or nobody did."""

    notice: SmallId
    text: str
    by: str = ""


class NoticeEnd(Request, frozen=True, tag="notice.end"):
    """A notice that the customer was shown is over."""

    notice: SmallId


class CustomerMove(Request, frozen=True, tag="customer.move"):
    """The customer goes on through another door."""

    participant: Participant


class GrantTimeOut(Request, frozen=True, tag="grant.time_out"):
    """The time to answer the question of `to` is up."""

    grant: Grant
    to: str


class GrantExpire(Request, frozen=True, tag="grant.expire"):
    """The time of a grant is over."""

    grant: Grant
    to: str


class ShareDrop(Request, frozen=True, tag="share.drop"):
    """End a share whose customer is gone, or that nobody may see any longer."""

    why: ShareCause


class FileStore(Request, frozen=True, tag="file.store"):
    """All of a file is there, with the right sum."""

    transfer: str
    sha256: str


class FileFail(Request, frozen=True, tag="file.fail"):
    """A file will not arrive."""

    transfer: str
    why: FileEnd


class SessionClose(Request, frozen=True, tag="session.close"):
    """End the session for `reason`."""

    reason: EndReason
    text: str = ""
    url: str = ""
