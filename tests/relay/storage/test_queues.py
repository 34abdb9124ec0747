"""How a queue stands in a row, and back."""

from types import SimpleNamespace

import pytest

from protocol.queues import QueueKind
from relay.domain.waiting import QueueKey
from relay.storage.queues import key_of_columns, queue_columns

TOLD = [
    (QueueKey(), None, None),
    (QueueKey(QueueKind.PERSONAL, "ada"), "ada", None),
    (QueueKey(QueueKind.TEAM, "billing"), None, "billing"),
]


@pytest.mark.parametrize(("queue", "user", "team"), TOLD)
def test_a_queue_is_its_user_or_its_team_or_neither(
    queue: QueueKey, user: str | None, team: str | None
) -> None:
    columns = queue_columns(queue)
    assert columns == {"queue_user_id": user, "queue_team_id": team}
    assert key_of_columns(SimpleNamespace(queue_user_id=user, queue_team_id=team)) == queue
    assert key_of_columns(SimpleNamespace(**columns)) == queue


def test_every_kind_of_queue_is_told() -> None:
    assert {queue.kind for queue, _, _ in TOLD} == set(QueueKind)
