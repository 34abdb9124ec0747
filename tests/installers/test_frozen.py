"""The frozen program: built, joined with, killed, lured, and gone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from installers.release import ROOT

MOST_MB = 72
"""The aim for the one file is 70 MB; libraries of the system differ a little."""


@pytest.mark.whole
def test_it_works_and_leaves_nothing(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    ran = subprocess.run(
        [sys.executable, "installers/smoke.py", "--quick", "--json", str(figures)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    told = json.loads(figures.read_text())
    assert told["build.leftovers"] == 0
    assert told["build.foreign_calls"] == 0
    assert told["build.linux_file_mb"] < MOST_MB
