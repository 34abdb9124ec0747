"""The hashed lists: complete, without a place they came from, and in step with each other."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.lock import PARTS, WHOLE

ROOT = Path(__file__).resolve().parents[2]
LISTS = (WHOLE, *PARTS)

ALONE = """
import importlib, re, sys
from importlib.abc import MetaPathFinder
from importlib.metadata import packages_distributions

listed = set(sys.stdin.read().split())
known = packages_distributions()

class Hidden(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        owners = {re.sub("[-_.]+", "-", one).lower() for one in known.get(name, ())}
        if owners and not owners & listed:
            raise ModuleNotFoundError(name, name=name)

sys.meta_path.insert(0, Hidden())
for module in sys.argv[1:]:
    importlib.import_module(module)
"""
"""Imports modules in a Python that has only the distributions named on stdin."""


def text_of(name: str) -> str:
    """A hashed list as it is."""
    return (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")


def entries(name: str) -> dict[str, str]:
    """Each pinned requirement with its marker, and its hashes."""
    joined = text_of(name).replace("\\\n", " ")
    found = (line.partition(" --hash=") for line in joined.splitlines() if line.strip())
    return {" ".join(pin.split()): hashes for pin, _, hashes in found}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("trace", ["://", "index-url", "find-links", "file:"])
def test_no_list_says_where_packages_come_from(name: str, trace: str) -> None:
    assert trace not in text_of(name)


@pytest.mark.parametrize("name", LISTS)
def test_every_entry_is_pinned_and_hashed(name: str) -> None:
    pins = entries(name)
    assert len(pins) > 10
    for pin, hashes in pins.items():
        assert re.match(r"[a-z0-9-]+==[0-9][0-9a-z.]*( ;|$)", pin), pin
        assert re.match(r"sha256:[0-9a-f]{64}( |$)", hashes), pin


@pytest.mark.parametrize("part", PARTS)
def test_a_part_keeps_to_the_versions_of_the_whole(part: str) -> None:
    versions = {pin.split(" ;")[0] for pin in entries(WHOLE)}
    assert {pin.split(" ;")[0] for pin in entries(part)} <= versions


@pytest.mark.parametrize("name", LISTS)
def test_nothing_that_needs_a_compiler_is_installed(name: str) -> None:
    named = [pin for pin in entries(name) if pin.startswith("evdev==")]
    assert all("sys_platform == 'never'" in pin for pin in named)


def test_the_pages_tools_are_locked_by_content_and_not_by_place() -> None:
    lock = json.loads((ROOT / "relay/web/package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not [name for name, entry in packages.items() if "resolved" in entry]


@pytest.mark.parametrize("part", PARTS)
def test_a_program_starts_with_nothing_but_its_own_list(part: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", ALONE, f"{part}.__main__", f"{part}.app"],
        cwd=ROOT,
        input=" ".join(pin.partition("==")[0] for pin in entries(part)),
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
