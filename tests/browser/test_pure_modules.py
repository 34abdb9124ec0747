"""The pages' pure modules under node's own runner."""

import subprocess
from pathlib import Path

import pytest

TESTS = sorted((Path(__file__).parent / "js").glob("*.test.mjs"))


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.stem)
def test_module(path: Path) -> None:
    run = subprocess.run(["node", "--test", path], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
