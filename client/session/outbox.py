"""The customer's own lines from the key press until the relay has stored them.

A line keeps the id under which it was first sent, so the relay stores it once however often it
arrives. It leaves the outbox with its fact, or stays as refused, with the reason: no text is
ever lost. A line that the relay could not store waits, and those behind it with it, because
people must read them in the order they were written.
"""

from collections.abc import Container
from dataclasses import dataclass, replace
from enum import StrEnum

from protocol import limits
from protocol.errors import ErrorCode
from protocol.requests import ChatPost

WINDOW = 32
"""How many lines may be under way at once; the rest follows as they are answered."""

RETRY_S = 3.0
"""How long a line waits after the relay could not store it."""


def excess(text: str) -> int:
    """How many characters of `text` are too many; 0 when it fits."""
    return max(0, len(text.strip()) - limits.CHAT_CHARS)


def is_sendable(text: str) -> bool:
    """Whether `text` says something and fits."""
    return bool(text.strip()) and not excess(text)


class Delivery(StrEnum):
    """Where a line is: waiting for a link, under way, held for a retry, or refused for good."""

    QUEUED = "queued"
    SENT = "sent"
    HELD = "held"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLine:
    """A line without a fact. `code` is why it was held or refused, `due` when it is tried again."""

    id: str
    text: str
    delivery: Delivery = Delivery.QUEUED
    code: ErrorCode | None = None
    due: float = 0.0


@dataclass(frozen=True, slots=True)
class Outbox:
    """The lines without a fact, oldest first. Every method returns the outbox afterwards."""

    lines: tuple[OwnLine, ...] = ()

    def add(self, client_id: str, text: str) -> "Outbox":
        """With a new line at the end. Half surrogate pairs, which JSON cannot carry, go."""
        clean = text.strip().encode("utf-8", "replace").decode("utf-8")
        return Outbox((*self.lines, OwnLine(id=client_id, text=clean)))

    def without(self, stored: Container[str]) -> "Outbox":
        """Without the lines whose ids are in `stored`."""
        return Outbox(tuple(line for line in self.lines if line.id not in stored))

    def refused(self, client_id: str, code: ErrorCode, now: float) -> "Outbox":
        """After a refusal: held for a while when the relay could not store, else for good."""
        passing = code is ErrorCode.STORAGE
        delivery = Delivery.HELD if passing else Delivery.REFUSED
        return Outbox(
            tuple(
                replace(line, delivery=delivery, code=code, due=now + RETRY_S)
                if line.id == client_id
                else line
                for line in self.lines
            )
        )

    def interrupted(self) -> "Outbox":
        """After the link was lost: what was under way or held waits for the next link."""
        return Outbox(
            tuple(
                line
                if line.delivery is Delivery.REFUSED
                else replace(line, delivery=Delivery.QUEUED, code=None)
                for line in self.lines
            )
        )

    def closed(self) -> "Outbox":
        """After the end of the session: what was not stored is refused, and kept to be read."""
        return Outbox(
            tuple(
                replace(line, delivery=Delivery.REFUSED, code=line.code or ErrorCode.ENDED)
                for line in self.lines
            )
        )

    def send(self, now: float) -> "tuple[Outbox, tuple[ChatPost, ...]]":
        """Afterwards, and what is to be sent at once, in the order it was written."""
        free = WINDOW - sum(line.delivery is Delivery.SENT for line in self.lines)
        lines: list[OwnLine] = []
        posts: list[ChatPost] = []
        blocked = False
        for line in self.lines:
            if line.delivery is Delivery.HELD and line.due <= now:
                line = replace(line, delivery=Delivery.QUEUED, code=None)
            blocked = blocked or line.delivery is Delivery.HELD
            if line.delivery is Delivery.QUEUED and not blocked and len(posts) < free:
                posts.append(ChatPost(id=line.id, text=line.text))
                line = replace(line, delivery=Delivery.SENT)
            lines.append(line)
        return Outbox(tuple(lines)), tuple(posts)

    def due(self) -> float | None:
        """When the first held line is to be tried again."""
        held = [line.due for line in self.lines if line.delivery is Delivery.HELD]
        return min(held) if held else None
