"""A disk that is really full."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from protocol.facts import ChatPosted, Participant, SessionOpened
from protocol.queues import GENERAL
from protocol.roles import Door, Role
from relay.storage.database import Database, StorageUnavailable
from relay.storage.facts import open_writer
from relay.storage.sessions import Opening, SessionStore, row_of
from tests.relay.storage.small_disk import small_disk

SESSION = "b" * 32


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MiB."""
    with small_disk(tmp_path, "2m"):
        yield tmp_path


async def test_a_full_disk_refuses_keeps_what_was_acked_and_recovers(small: Path) -> None:
    database = await Database.open(f"sqlite+aiosqlite:///{small / 'relay.db'}")
    await database.migrate()
    store = SessionStore(database)
    customer = Participant(id="c1", role=Role.CUSTOMER, name="", door=Door.CLIENT)
    opened = SessionOpened(seq=1, at=0, participant=customer, queue=GENERAL)
    await store.open(Opening(SESSION, "hash"), opened)
    writer = open_writer(database, lambda _rows, _seconds: None)

    async def post(seq: int) -> None:
        told = ChatPosted(seq=seq, at=seq, by="c1", id=f"line-{seq:05}", text="x" * 4_000)
        await writer.append(row_of(1, told, "c1", told.id))

    filler = small / "filler"
    filler.write_bytes(b"\0" * 600_000)
    acked = 1
    with pytest.raises(StorageUnavailable, match="full"):
        for seq in range(2, 2_000):
            await post(seq)
            acked = seq
    assert acked > 1
    with pytest.raises(StorageUnavailable):
        await post(acked + 1)
    filler.unlink()
    await post(acked + 1)
    loaded = await store.load(SESSION)
    assert loaded is not None
    assert loaded.snapshot.seq == acked + 1
    await writer.close()
    await database.close()
