"""Runs all tests: sets the environment up, finds or makes a screen, and calls pytest.

python3 scripts/test.py                     everything, on all processors
python3 scripts/test.py tests/protocol -x   arguments go to pytest
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import environment  # noqa: E402


def run(arguments: list[str]) -> int:
    """pytest's exit code; its closing line is the last thing printed."""
    from scripts.display import environment_on, virtual_display
    from scripts.interruption import interruptible

    command = [sys.executable, "-m", "pytest", *_spread(arguments), *arguments]
    with interruptible():
        if os.environ.get("DISPLAY"):
            return subprocess.run(command, cwd=ROOT).returncode
        with virtual_display() as display:
            return subprocess.run(command, cwd=ROOT, env=environment_on(display)).returncode


def _spread(arguments: list[str]) -> list[str]:
    """Everything is spread over the processors, file by file; a part runs in one process. Each
    process makes a screen of its own (tests/conftest.py), since windows compete for the focus."""
    chosen = any(Path(one.partition("::")[0]).exists() for one in arguments)
    return [] if chosen or "-n" in arguments else ["-n", "auto", "--dist", "loadfile"]


if __name__ == "__main__":
    environment.enter(environment.TESTS)
    sys.exit(run(sys.argv[1:]))
