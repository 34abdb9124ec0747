"""How a queue stands in a row: by its user, by its team, or by neither."""

from typing import Protocol

from protocol.queues import QueueKind
from relay.domain.waiting import QueueKey


class QueueColumns(Protocol):
    """A row with the two columns."""

    queue_user_id: str | None
    queue_team_id: str | None


def queue_columns(queue: QueueKey) -> dict[str, str | None]:
    """The columns of `queue`."""
    return {
        "queue_user_id": queue.id if queue.kind is QueueKind.PERSONAL else None,
        "queue_team_id": queue.id if queue.kind is QueueKind.TEAM else None,
    }


def key_of_columns(row: QueueColumns) -> QueueKey:
    """The queue of a row."""
    if row.queue_user_id:
        return QueueKey(QueueKind.PERSONAL, row.queue_user_id)
    return QueueKey(QueueKind.TEAM, row.queue_team_id) if row.queue_team_id else QueueKey()
