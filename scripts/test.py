"""Runs all tests: sets the environment up, finds or makes a screen, and calls pytest.

python3 scripts/test.py                     everything
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

    command = [sys.executable, "-m", "pytest", *arguments]
    with interruptible():
        if os.environ.get("DISPLAY"):
            return subprocess.run(command, cwd=ROOT).returncode
        with virtual_display() as display:
            return subprocess.run(command, cwd=ROOT, env=environment_on(display)).returncode


if __name__ == "__main__":
    environment.enter(environment.TESTS)
    sys.exit(run(sys.argv[1:]))
