"""Setting up: what is missing is found, and an old Python can read what looks for a new one."""

import ast
import hashlib
import sys
from pathlib import Path

import pytest

from scripts import debian, environment
from scripts.debian import Need


@pytest.mark.parametrize("script", ["environment", "debian", "demo", "test", "check"])
def test_python_3_8_reads_what_runs_before_the_environment(script: str) -> None:
    source = (environment.ROOT / "scripts" / f"{script}.py").read_text("utf-8")
    tree = ast.parse(source, feature_version=(3, 8))
    assert isinstance(tree, ast.Module)


@pytest.mark.parametrize("script", ["environment", "debian"])
def test_only_the_standard_library_is_imported_before_the_environment(script: str) -> None:
    tree = ast.parse((environment.ROOT / "scripts" / f"{script}.py").read_text("utf-8"))
    named = {
        (node.module or "" if isinstance(node, ast.ImportFrom) else node.names[0].name)
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert {name.split(".")[0] for name in named} <= sys.stdlib_module_names | {"scripts"}


def test_needs_are_found_by_what_they_provide() -> None:
    needs = [
        Need("there", "python3"),
        Need("here", "/usr/bin/env"),
        Need("everywhere", "libc.so.6"),
        Need("no-program", "no-such-program"),
        Need("no-file", "/no/such/file*"),
        Need("no-library", "libnosuch.so.1"),
    ]
    assert debian.missing(needs) == ["no-program", "no-file", "no-library"]


def test_without_apt_or_the_right_to_use_it_the_line_to_run_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(debian.Missing, match=r"sudo apt-get install --no-install-recommends a b\n"):
        debian.install(["a", "b"])


def test_a_list_is_stale_until_it_is_installed_as_it_stands(tmp_path: Path) -> None:
    assert environment.stale(["relay", "client"], tmp_path) == ["relay", "client"]
    (tmp_path / "installed-relay").write_text(_digest("relay"))
    assert environment.stale(["relay", "client"], tmp_path) == ["client"]
    (tmp_path / "installed-client").write_text("another digest")
    assert environment.stale(["relay", "client"], tmp_path) == ["client"]


def test_the_whole_list_stands_for_its_parts(tmp_path: Path) -> None:
    (tmp_path / "installed-dev").write_text(_digest("dev"))
    assert environment.stale(["relay", "client", "dev"], tmp_path) == []


def _digest(name: str) -> str:
    file = environment.ROOT / "requirements" / f"{name}.txt"
    return hashlib.sha256(file.read_bytes()).hexdigest()
