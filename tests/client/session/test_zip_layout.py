"""A zip as others read it, small and beyond what 32 bits can say."""

import zipfile
from pathlib import Path

import pytest

from client.session.file_source import Entry, Stamp
from client.session.zip_layout import central_header, end, local_header, size_of

GIB = 1024**3


def entry(name: str, size: int) -> Entry:
    return Entry(name, f"/{name}", Stamp(size, 1_700_000_000_000_000_000, 1, 1))


def laid_out(entries: list[Entry], at: Path) -> None:
    """The zip with holes in place of the files' bytes (their sums are 0)."""
    table = b""
    with at.open("wb") as file:
        for one in entries:
            table += central_header(one, 0, file.tell())
            file.write(local_header(one, 0))
            file.seek(one.size, 1)
        offset = file.tell()
        file.write(table + end(len(entries), len(table), offset))


@pytest.mark.parametrize(
    "entries",
    [
        [],
        [Entry("empty/", "/empty")],
        [entry("a.txt", 0), entry("b.txt", 10)],
        [entry("\u00e4/\u5831.txt", 3)],
        [entry("large.bin", 5 * GIB), entry("after.txt", 1)],
        [entry("edge.bin", 2**32 - 1), entry("after.txt", 1)],
        [entry("edge.bin", 2**32 - 2), entry("after.txt", 1)],
        [entry(f"{n}.txt", 0) for n in range(65_535)],
        [entry(f"{n}.txt", 0) for n in range(65_534)],
    ],
    ids=lambda entries: f"{len(entries)} of {sum(one.size for one in entries)}",
)
def test_the_size_is_known_beforehand(entries: list[Entry], tmp_path: Path) -> None:
    at = tmp_path / "made.zip"
    laid_out(entries, at)
    assert at.stat().st_size == size_of(entries)
    with zipfile.ZipFile(at) as made:
        found = [(one.filename, one.file_size) for one in made.infolist()]
        assert found == [(one.name, one.size) for one in entries]
        if entries and entries[-1].stamp:
            with made.open(made.infolist()[-1]) as last:
                assert last._orig_file_size == entries[-1].size  # type: ignore[attr-defined]


@pytest.mark.parametrize("changed", [-1, 0, 4_000_000_000 * 10**9, 10**30])
def test_a_time_that_a_zip_cannot_tell_does_no_harm(changed: int) -> None:
    odd = Entry("a", "/a", Stamp(0, changed, 1, 1))
    assert len(local_header(odd, 0)) == len(local_header(entry("a", 0), 0))
