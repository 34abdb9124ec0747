"""What the relay has stored of a conversation, read from its SQLite file and never written."""

import contextlib
import sqlite3
from functools import reduce
from pathlib import Path

from protocol.codec import decode_stored_fact
from protocol.facts import ChatPosted
from protocol.roles import Role
from protocol.snapshot import Snapshot, apply

_NEWEST = "SELECT id, number FROM support_session ORDER BY opened_at DESC LIMIT 1"
_FACTS = "SELECT body FROM fact WHERE session = ? AND topic = 'session' ORDER BY seq"
_SEEN = "SELECT seen FROM participant WHERE session_id = ? AND role = 'customer'"


def newest_conversation(database: Path) -> Snapshot | None:
    """The session opened last, as its facts tell it; None before the first customer."""
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        newest = connection.execute(_NEWEST).fetchone()
        if newest is None:
            return None
        rows = connection.execute(_FACTS, newest[1:]).fetchall()
    facts = [decode_stored_fact(body.encode()) for (body,) in rows]
    return reduce(apply, facts, Snapshot(session=newest[0]))


def lines_of(conversation: Snapshot, role: Role) -> list[str]:
    """What everybody in that role has said, oldest first."""
    speakers = {person.id for person in conversation.participants if person.role is role}
    return [
        fact.text
        for fact in conversation.log
        if isinstance(fact, ChatPosted) and fact.by in speakers
    ]


def has_seen_everything(database: Path) -> bool:
    """Whether the newest session's customer has had its last line on the screen."""
    conversation = newest_conversation(database)
    if conversation is None:
        return False
    last = max(fact.seq for fact in conversation.log if isinstance(fact, ChatPosted))
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        (seen,) = connection.execute(_SEEN, (conversation.session,)).fetchone()
    return bool(seen >= last)
