"""How many facts a second are acknowledged, by how many may share a commit."""

import asyncio
import tempfile
import time
from pathlib import Path

from protocol.facts import ChatPosted, Participant, SessionOpened
from protocol.queues import GENERAL
from protocol.roles import Door, Role
from relay.storage.database import Database
from relay.storage.facts import FactWriter, open_writer
from relay.storage.sessions import Opening, SessionStore, row_of

TEXT = "My printer has been silent since this morning, and the light on its left is orange. " * 2


async def acked_per_second(senders: int, batch: int, seconds: float, folder: Path) -> float:
    """Facts a second from `senders` at once, each sending its next when the last is committed."""
    with tempfile.TemporaryDirectory(dir=folder) as data:
        database = await Database.open(f"sqlite+aiosqlite:///{data}/relay.db")
        await database.migrate()
        numbers = [await _session(database, index) for index in range(senders)]
        writer = open_writer(database, lambda _rows, _seconds: None, batch)
        until = time.perf_counter() + seconds
        counts = await asyncio.gather(*(_send(writer, number, until) for number in numbers))
        await writer.close()
        await database.close()
    return sum(counts) / seconds


async def _session(database: Database, index: int) -> int:
    customer = Participant(id=f"c{index}", role=Role.CUSTOMER, name="", door=Door.CLIENT)
    opened = SessionOpened(seq=1, at=0, participant=customer, queue=GENERAL)
    opening = Opening(f"{index:032x}", f"h{index}")
    return (await SessionStore(database).open(opening, opened)).number


async def _send(writer: FactWriter, number: int, until: float) -> int:
    seq = 1
    while time.perf_counter() < until:
        seq += 1
        fact = ChatPosted(seq=seq, at=seq, by="c", id=f"line-{seq:08}", text=TEXT)
        await writer.append(row_of(number, fact, "c", fact.id))
    return seq - 1
