"""What the macros stand for in one session. Pure."""

from protocol.catalogue import Catalogue
from protocol.queues import QueueKind
from protocol.snapshot import representatives
from relay.domain.estimate import Range
from relay.domain.macros import Macro
from relay.domain.session import Session


def lasting(session: Session, site: str) -> dict[Macro, str]:
    """The macros that hold at any time; `site` is the name customers know the organisation by."""
    snapshot = session.snapshot
    names = [one.name for one in representatives(snapshot)]
    if not names and snapshot.queue.kind is QueueKind.PERSONAL:
        names = [snapshot.queue.name]
    return {
        Macro.SITE: site,
        Macro.REP: ", ".join(names),
        Macro.ISSUE: session.opened.issue,
        Macro.KEY: session.key,
    }


def waiting(position: int, wait: Range | None, texts: Catalogue) -> dict[Macro, str]:
    """The macros that hold at one place in the queue."""
    return {Macro.POSITION: str(position), Macro.WAIT: wait_words(wait, texts)}


def wait_words(wait: Range | None, texts: Catalogue) -> str:
    """A wait as customers read it inside a sentence: `3-9 minutes`."""
    if wait is None:
        return texts("wait.unknown")
    least, most = wait.least // 60, wait.most // 60
    if least < 1:
        return texts.count("wait.under", most)
    return texts("wait.range", least=least, most=most)
