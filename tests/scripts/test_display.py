"""A screen of our own: there within its block, gone afterwards."""

import subprocess
import sys
from pathlib import Path

import pytest
from Xlib.display import Display

from scripts.display import virtual_display
from scripts.processes import started


def test_a_display_has_a_window_manager_and_ends_with_its_block() -> None:
    with virtual_display(800, 600) as name:
        display = Display(name)
        screen = display.screen()
        size = (screen.width_in_pixels, screen.height_in_pixels)
        check = screen.root.get_full_property(display.intern_atom("_NET_SUPPORTING_WM_CHECK"), 0)
        display.close()
        assert size == (800, 600)
        assert check is not None
        socket = Path(f"/tmp/.X11-unix/X{name[1:]}")  # noqa: S108 (where X servers listen)
        assert socket.exists()
    assert not socket.exists()


def test_two_displays_do_not_meet() -> None:
    with virtual_display(800, 600) as one, virtual_display(800, 600) as two:
        assert one != two


def test_a_process_ends_with_its_block_even_when_the_block_fails() -> None:
    program = [sys.executable, "-c", "import time; print(flush=True); time.sleep(600)"]
    with pytest.raises(ZeroDivisionError), started(program, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        raise ZeroDivisionError
    assert process.returncode is not None
    assert process.returncode < 0


def test_what_a_process_complains_about_is_kept_when_asked_for(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    log = tmp_path_factory.mktemp("log") / "complaints.log"
    program = [sys.executable, "-c", "import sys; sys.stderr.write('no')"]
    with started(program, log=log) as process:
        process.wait()
    assert log.read_text() == "no"
