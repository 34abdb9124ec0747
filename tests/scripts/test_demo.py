"""The demo as a stranger starts it, without a display."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.processes import started

ROOT = Path(__file__).resolve().parents[2]
DEMO = [sys.executable, str(ROOT / "scripts/demo.py")]
WITHOUT_DISPLAY = {
    name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}
}
PNG = b"\x89PNG\r\n\x1a\n"

pytestmark = pytest.mark.whole


def commands_naming(text: str) -> list[str]:
    """The command lines of all running processes that mention `text`."""
    lines = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(entry.read_bytes().replace(b"\0", b" ").decode())
        except (FileNotFoundError, ProcessLookupError):
            continue
    return [line for line in lines if text in line]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_starts_shows_the_way_and_leaves_nothing_running(
    number: signal.Signals, tmp_path: Path
) -> None:
    data = tmp_path / "demo"
    command = [*DEMO, "--data", str(data)]
    with started(command, env=WITHOUT_DISPLAY, stdout=subprocess.PIPE) as demo:
        assert demo.stdout is not None
        told = ""
        while "Ctrl+C" not in told:
            line = demo.stdout.readline().decode()
            assert line, told
            told += line
        assert re.search(r"Relay +https://localhost:\d+\n", told)
        assert re.search(r"Console +https://localhost:\d+/sign-in#[\w-]{43}\n", told)
        assert str(data / "customer.png") in told
        assert (data / "customer.png").read_bytes().startswith(PNG)
        assert len(commands_naming(str(data))) > 2
        demo.send_signal(number)
        assert demo.wait(30) in {0, 128 + number}
    assert commands_naming(str(data)) == []


def test_the_tour_plays_to_its_end(tmp_path: Path) -> None:
    command = [*DEMO, "--headless-tour", "--out", str(tmp_path)]
    ran = subprocess.run(command, env=WITHOUT_DISPLAY, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    pictures = {path.stem for path in tmp_path.glob("*.png") if path.read_bytes().startswith(PNG)}
    steps = {"portal", "portal-phone", "sign-in", "console-key", "console-chat", "console-ended"}
    assert steps | {"client-waiting", "client-chat", "client-ended", "chat"} <= pictures
    assert {"portal-dark", "portal-phone-dark", "console-chat-dark", "chat-dark"} <= pictures
