"""Where a customer waits: for one representative, for a team, or for whoever is free."""

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta


class QueueKind(StrEnum):
    GENERAL = "general"
    TEAM = "team"
    PERSONAL = "personal"


class QueueCause(StrEnum):
    """Why a session came into a queue."""

    ENTRY = "entry"
    TRANSFER = "transfer"
    LOST = "lost"


class Queue(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A queue as people see it. `id` and `name` are a team's or a representative's; both are
    empty for the general queue."""

    kind: QueueKind = QueueKind.GENERAL
    id: str = ""
    name: str = ""


GENERAL = Queue()


class QueueWish(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    """The queue that a request means; `id` stays empty for the general queue and, when a key
    is made, for one's own."""

    kind: QueueKind
    id: Annotated[str, Meta(pattern=r"^[0-9a-z]{0,40}\Z")] = ""
