"""Words of what goes on beside the conversation."""

from enum import StrEnum


class NudgeMark(StrEnum):
    """DELIVERED: the window shook or flashed. SEEN: the customer used it since."""

    DELIVERED = "delivered"
    SEEN = "seen"
