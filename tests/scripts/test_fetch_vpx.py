"""Fetching the codec: one file, the right one, or nothing."""

import ast
import hashlib
import os
import platform
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from client.capture import vpx_file
from client.capture.vpx_file import FILES, VpxFile
from scripts import environment, fetch_vpx
from scripts.fetch_vpx import LICENCE_NAME, NotFetched

CONTENT = b"a library of a kind" * 100
FILE = VpxFile("libvpx.so", hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))


def wheel(folder: Path, **members: bytes) -> Path:
    """A wheel with these files in its folder of libraries."""
    path = folder / "av-1.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(f"av.libs/{name}", content)
    return path


@pytest.mark.parametrize("file", ["scripts/fetch_vpx.py", "client/capture/vpx_file.py"])
def test_python_3_8_reads_what_the_set_up_imports(file: str) -> None:
    tree = ast.parse((environment.ROOT / file).read_text("utf-8"), feature_version=(3, 8))
    named = {
        (node.module or "" if isinstance(node, ast.ImportFrom) else node.names[0].name)
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    allowed = sys.stdlib_module_names | {"scripts", "client"}
    assert {name.split(".")[0] for name in named} <= allowed
    assert {name for name in named if name.startswith("client")} <= {
        "client.capture",
        "client.capture.vpx_file",
    }


def test_the_set_up_has_fetched_it_with_its_licence() -> None:
    path = vpx_file.vpx_file()
    assert path is not None
    licence = (path.parent / LICENCE_NAME).read_text("utf-8")
    assert "The WebM Project authors" in licence
    assert "Redistributions in binary form" in licence


def test_what_is_there_is_not_fetched_again(tmp_path: Path) -> None:
    path = vpx_file.vpx_file()
    assert path is not None
    again = fetch_vpx.fetch(path.parent, python="/no/python/here")
    assert again == path
    with pytest.raises((NotFetched, OSError)):
        fetch_vpx.fetch(tmp_path, python="/no/python/here")
    assert list(tmp_path.iterdir()) == []


def test_a_download_that_fails_says_so(tmp_path: Path) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho no network; exit 1\n")
    broken.chmod(0o755)
    with pytest.raises(NotFetched, match=r"could not be downloaded:\nno network"):
        fetch_vpx.fetch(tmp_path / "cache", python=str(broken))


def test_the_one_right_file_is_taken_out(tmp_path: Path) -> None:
    path = wheel(tmp_path, **{"libvpx-1.so": CONTENT, "libavcodec.so": CONTENT, "libvpx": b"no"})
    assert fetch_vpx.extract(path, FILE) == CONTENT


@pytest.mark.parametrize(
    "members",
    [{}, {"libvpx-1.so": b"another" + CONTENT[7:]}, {"libvpx-1.so": CONTENT[1:]}],
)
def test_another_file_is_refused(tmp_path: Path, members: dict[str, bytes]) -> None:
    with pytest.raises(NotFetched, match=FILE.sha256):
        fetch_vpx.extract(wheel(tmp_path, **members), FILE)


def test_an_unknown_system_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "sparc64")
    with pytest.raises(NotFetched, match=r"no libvpx for Linux on sparc64, only for Linux x86_64"):
        fetch_vpx.fetch(Path("/nowhere"))
    assert vpx_file.vpx_file() is None


@pytest.mark.parametrize(
    ("system", "machine", "key"),
    [
        ("Linux", "x86_64", ("Linux", "x86_64")),
        ("Windows", "AMD64", ("Windows", "x86_64")),
        ("Windows", "ARM64", ("Windows", "aarch64")),
        ("Darwin", "arm64", ("Darwin", "aarch64")),
        ("Linux", "aarch64", ("Linux", "aarch64")),
    ],
)
def test_systems_name_their_machines_in_their_own_ways(
    monkeypatch: pytest.MonkeyPatch, system: str, machine: str, key: tuple[str, str]
) -> None:
    monkeypatch.setattr(platform, "system", lambda: system)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    assert vpx_file.wanted() == FILES[key]


def test_the_cache_is_where_the_system_wants_it(tmp_path: Path) -> None:
    here = tmp_path / "support-bridge" / "vpx" / vpx_file.VERSION
    assert vpx_file.cache({"XDG_CACHE_HOME": str(tmp_path)}) == here
    home = Path.home() / ".cache" / "support-bridge" / "vpx" / vpx_file.VERSION
    assert vpx_file.cache({}) == home
    assert vpx_file.cache({"XDG_CACHE_HOME": "relative"}) == home


def test_only_the_right_content_is_found(tmp_path: Path) -> None:
    good = vpx_file.vpx_file()
    assert good is not None
    here = {"XDG_CACHE_HOME": str(tmp_path)}
    assert vpx_file.find(here) is None
    folder = vpx_file.cache(here)
    folder.mkdir(parents=True)
    copy = folder / good.name
    copy.write_bytes(good.read_bytes())
    assert vpx_file.find(here) == copy
    copy.write_bytes(b"\0" + good.read_bytes()[1:])
    assert vpx_file.find(here) is None
    copy.write_bytes(b"")
    assert vpx_file.find(here) is None


def test_a_frozen_program_has_it_beside_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    good = vpx_file.vpx_file()
    assert good is not None
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert vpx_file.vpx_file() is None
    (tmp_path / vpx_file.FOLDER).mkdir()
    copy = tmp_path / vpx_file.FOLDER / good.name
    copy.write_bytes(good.read_bytes())
    assert vpx_file.vpx_file() == copy


def test_the_script_prints_where_it_is() -> None:
    command = [sys.executable, "scripts/fetch_vpx.py"]
    ran = subprocess.run(command, cwd=environment.ROOT, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert Path(ran.stdout.strip()) == vpx_file.vpx_file()


def test_the_list_names_one_wheel_by_content_and_no_place() -> None:
    text = fetch_vpx.PINS.read_text("utf-8")
    assert text.startswith("av==18.1.0 \\\n    --hash=sha256:")
    assert text.count("==") == 1
    for trace in ("://", "index-url", "find-links", "file:"):
        assert trace not in text


def test_nothing_of_the_wheel_but_the_file_is_kept() -> None:
    path = vpx_file.vpx_file()
    assert path is not None
    assert {one.name for one in path.parent.iterdir()} == {path.name, LICENCE_NAME}
    assert os.access(path, os.R_OK)


def test_what_it_needs_is_taken_out_and_looked_at_too(tmp_path: Path) -> None:
    beside = VpxFile("threads-12ab.dll", hashlib.sha256(b"threads").hexdigest(), 7)
    file = FILE._replace(needs=(beside,))
    path = wheel(tmp_path, **{"libvpx-1.so": CONTENT, "threads-12ab.dll": b"threads"})
    library = tmp_path / file.name
    library.write_bytes(fetch_vpx.extract(path, file))
    assert not vpx_file.is_right(library, file)
    (tmp_path / beside.name).write_bytes(fetch_vpx.extract(path, beside))
    assert vpx_file.is_right(library, file)
