"""Bytes in numbered pieces, on a real disk, also on one that is full."""

import asyncio
import errno
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from relay.storage.blobs import BlobStore, blob_id
from tests.relay.storage.small_disk import small_disk

BLOB = blob_id("a session", "a transfer")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[BlobStore]:
    made = BlobStore(tmp_path / "blobs")
    yield made
    made.close()


async def test_pieces_come_back_as_they_were_and_lie_where_they_should(
    store: BlobStore, tmp_path: Path
) -> None:
    for number, data in enumerate((b"one", b"", b"three")):
        await store.write(BLOB, number, data)
    assert [await store.read(BLOB, one) for one in range(3)] == [b"one", b"", b"three"]
    assert await store.sizes(BLOB) == [3, 0, 5]
    folder = tmp_path / "blobs" / BLOB[:2] / BLOB
    assert sorted(one.name for one in folder.iterdir()) == ["0", "1", "2"]
    assert folder.stat().st_mode & 0o777 == 0o700
    digest = hashlib.sha256(b"one")
    await store.hash(BLOB, 1, 3, digest)
    assert digest.digest() == hashlib.sha256(b"onethree").digest()


async def test_a_piece_written_twice_is_the_last_one(store: BlobStore) -> None:
    for data in (b"first", b"second"):
        await store.write(BLOB, 0, data)
    assert await store.read(BLOB, 0) == b"second"


async def test_what_stopped_in_the_middle_does_not_count(store: BlobStore, tmp_path: Path) -> None:
    """As after a power cut while piece 1 was written."""
    await store.write(BLOB, 0, b"one")
    await store.write(BLOB, 2, b"three")
    (tmp_path / "blobs" / BLOB[:2] / BLOB / "1.new").write_bytes(b"tw")
    assert await store.sizes(BLOB) == [3]


async def test_what_is_deleted_is_gone_and_may_be_deleted_again(
    store: BlobStore, tmp_path: Path
) -> None:
    other = blob_id("another")
    for blob in (BLOB, other):
        await store.write(blob, 0, b"x")
    assert sorted(await store.everything()) == sorted((BLOB, other))
    for _ in range(2):
        await store.delete(BLOB)
    assert await store.everything() == [other]
    with pytest.raises(FileNotFoundError):
        await store.read(BLOB, 0)


async def test_an_empty_store_is_empty(store: BlobStore) -> None:
    assert (await store.everything(), await store.sizes(BLOB)) == ([], [])
    assert store.free() > 0


@pytest.mark.parametrize("name", ["", "..", "../../etc", "A" * 32, "0" * 31, "0" * 32 + "/x"])
async def test_nothing_but_an_id_becomes_a_path(store: BlobStore, name: str) -> None:
    with pytest.raises(ValueError, match="not an id"):
        await store.write(name, 0, b"x")


def test_names_are_apart_whatever_is_in_them() -> None:
    ids = {blob_id(*names) for names in (("a", "b"), ("ab",), ("a", "b", ""), ("b", "a"))}
    assert len(ids) == 4


async def test_a_full_disk_keeps_nothing_half_and_takes_more_when_there_is_room(
    tmp_path: Path,
) -> None:
    with small_disk(tmp_path, "2m"):
        store = BlobStore(tmp_path / "blobs")
        await store.write(BLOB, 0, b"a" * 1_000_000)
        with pytest.raises(OSError, match=r".") as full:
            await store.write(BLOB, 1, b"b" * 1_200_000)
        assert full.value.errno == errno.ENOSPC
        folder = tmp_path / "blobs" / BLOB[:2] / BLOB
        assert [one.name for one in await asyncio.to_thread(lambda: list(folder.iterdir()))] == [
            "0"
        ]
        assert store.free() > 900_000
        await store.write(BLOB, 1, b"b" * 700_000)
        assert await store.sizes(BLOB) == [1_000_000, 700_000]
        store.close()
