"""What every system's desktop has to do (tests/client/platform/contract.py), tried under Wine."""

from pathlib import Path

from scripts.display import virtual_display
from scripts.wine import python
from scripts.wine.machine import Machine, windows_path
from scripts.wine.place import ROOT

TESTS = ROOT / "tests" / "client" / "platform" / "test_contract.py"
PATIENCE_S = 300

WITHOUT = "not test_text"
"""Under Wine the two halves of a character beyond 16 bits overtake what was typed before."""


def keep(machine: Machine, work: Path) -> str:
    """pytest's closing line; `work` is a folder that `machine` shares. Raises `NotReady` with what
    pytest said when a test fails."""
    settings, log = work / "pytest.ini", work / "contract.log"
    settings.write_text("[pytest]\n", "utf-8")  # ours asks for plugins that are not there
    places = ["-c", windows_path(settings), "--rootdir", windows_path(ROOT)]
    alone = ["--noconftest", "--import-mode=importlib", "-p", "no:cacheprovider", "-k", WITHOUT]
    pytest = [str(python.folder() / "python.exe"), "-m", "pytest", "--tb=short", "-q"]
    with virtual_display() as display:
        words = machine.words(
            [*pytest, *places, *alone, windows_path(TESTS)],
            display=display,
            environment=machine.sources(),
        )
        machine.run("The contract of a desktop", words, log, PATIENCE_S)
    passed = [line for line in log.read_text("utf-8", "replace").splitlines() if "passed" in line]
    return passed[-1] if passed else "no test ran"
