"""What is written, where, and what is left when it cannot be."""

import os
import sys
from pathlib import Path

import pytest

from client.net.files.finding import look_at
from client.net.files.reading import Pieces, Unreadable
from client.net.files.saving import NoRoom, Part, Place, Unwritable
from client.platform.linux import build
from client.platform.macos.marker import words
from client.platform.windows.marker import WORDS, WindowsMarker
from client.session.file_source import FolderSource, Found, PlainSource, Unusable
from tests.relay.carrying import PIECE
from tests.relay.storage.small_disk import small_disk

MIB = 1024 * 1024


def place_at(folder: Path) -> Place:
    return Place(folder, build().marker.mark)


def saved(folder: Path, name: str, data: bytes = b"abc") -> str:
    part = Part(place_at(folder), "Acme", name, len(data))
    part.open()
    part.write(data)
    return part.finish()


def there(folder: Path) -> list[str]:
    return [one.name for one in (folder / "Acme").iterdir()]


def test_names_count_up_and_nothing_is_written_over(tmp_path: Path) -> None:
    names = [saved(tmp_path, "a.txt", data) for data in (b"1", b"2", b"3")]
    assert names == ["a.txt", "a (2).txt", "a (3).txt"]
    assert [(tmp_path / "Acme" / one).read_bytes() for one in names] == [b"1", b"2", b"3"]


def test_a_link_of_that_name_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "Acme").mkdir()
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / "Acme" / "a.txt").symlink_to(victim)
    (tmp_path / "Acme" / "a.txt.part").symlink_to(victim)
    assert saved(tmp_path, "a.txt") == "a (2).txt"
    assert victim.read_text() == "mine"


def test_a_part_that_is_given_up_leaves_nothing(tmp_path: Path) -> None:
    part = Part(place_at(tmp_path), "Acme", "a.txt", 6)
    part.open()
    part.write(b"abc")
    assert there(tmp_path) == ["a.txt.part"]
    part.discard()
    assert there(tmp_path) == []


def test_a_file_that_is_too_large_for_the_disk_is_not_begun(tmp_path: Path) -> None:
    with small_disk(tmp_path, "1m"):
        part = Part(place_at(tmp_path), "Acme", "a.bin", 2 * MIB)
        with pytest.raises(NoRoom):
            part.open()
        assert there(tmp_path) == []


def test_a_disk_that_fills_up_meanwhile_is_told(tmp_path: Path) -> None:
    with small_disk(tmp_path, "1m"):
        part = Part(place_at(tmp_path), "Acme", "a.bin", 900_000)
        part.open()
        (tmp_path / "other").write_bytes(bytes(500_000))
        with pytest.raises(NoRoom):
            part.write(bytes(900_000))
        part.discard()
        assert there(tmp_path) == []


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "Acme").write_text("a file")
    with pytest.raises(Unwritable):
        Part(place_at(tmp_path), "Acme", "a.txt", 1).open()


def test_windows_is_told_by_a_second_stream(tmp_path: Path) -> None:
    WindowsMarker().mark(tmp_path / "a.txt")
    assert (tmp_path / "a.txt:Zone.Identifier").read_bytes() == WORDS


def test_macos_is_told_by_an_attribute() -> None:
    from uuid import UUID

    told = words(1_700_000_000.5, UUID(int=1))
    assert told == b"0083;6553f100;Support Bridge;00000000-0000-0000-0000-000000000001"


def test_a_disk_without_marks_keeps_the_file(tmp_path: Path) -> None:
    def refuse(_path: Path) -> None:
        raise OSError

    part = Part(Place(tmp_path, refuse), "Acme", "a.txt", 1)
    part.open()
    part.write(b"x")
    assert part.finish() == "a.txt"


def pipe(path: Path) -> None:
    if sys.platform != "win32":
        os.mkfifo(path)


def test_what_is_no_file_cannot_be_sent(tmp_path: Path) -> None:
    pipe(tmp_path / "pipe")
    found = look_at([str(tmp_path / "pipe"), str(tmp_path / "none"), "\0", "/dev/zero"])
    assert all(isinstance(one, Unusable) for one in found)


def test_a_pipe_that_took_the_place_of_a_file_keeps_nobody_waiting(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"abc")
    (found,) = look_at([str(path)])
    assert isinstance(found, Found)
    path.unlink()
    pipe(path)
    with pytest.raises(Unreadable):
        Pieces(found.source).next()


def test_a_file_that_took_the_place_of_another_is_not_sent(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"abc")
    (found,) = look_at([str(path)])
    assert isinstance(found, Found)
    assert isinstance(found.source, PlainSource)
    other = tmp_path / "b.txt"
    other.write_bytes(b"xyz")
    os.utime(other, ns=(0, found.source.stamp.changed))
    other.replace(path)
    with pytest.raises(Unreadable):
        Pieces(found.source).next()


def test_a_link_that_took_the_place_of_a_file_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "Logs"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"abc")
    (found,) = look_at([str(folder)])
    assert isinstance(found, Found)
    assert isinstance(found.source, FolderSource)
    (folder / "a.txt").rename(tmp_path / "a.txt")
    (folder / "a.txt").symlink_to(tmp_path / "a.txt")
    with pytest.raises(Unreadable):
        Pieces(found.source).next()


def test_a_folder_is_as_long_as_was_said(tmp_path: Path) -> None:
    folder = tmp_path / "Logs"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "b\u202egpj.bin").write_bytes(bytes(PIECE + 5))
    (folder / "A.txt").write_bytes(b"1")
    (folder / "a.txt").write_bytes(b"2")
    (found,) = look_at([str(folder)])
    assert isinstance(found, Found)
    assert isinstance(found.source, FolderSource)
    pieces = Pieces(found.source)
    sizes = []
    while piece := pieces.next():
        sizes.append(len(piece))
    assert sum(sizes) == found.size
    assert set(sizes[:-1]) == {PIECE}
    names = [one.name for one in found.source.entries]
    assert names == ["Logs/", "Logs/A.txt", "Logs/a (2).txt", "Logs/deep/", "Logs/deep/bgpj.bin"]
