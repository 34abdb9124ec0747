"""What is known of a customer who comes in."""

from dataclasses import dataclass

from protocol.roles import Door
from relay.domain.waiting import QueueKey


@dataclass(frozen=True, slots=True)
class Entry:
    """`portal` and `issue` are ids or empty, `words` what the customer wrote on the form, `key`
    the session key that was used. `token_hash` None: they come later, with a join code."""

    queue: QueueKey
    door: Door
    language: str
    token_hash: str | None
    name: str = ""
    system: str = ""
    portal: str = ""
    issue: str = ""
    words: str = ""
    key: str = ""
    trial: bool = False
