"""Sounds by the players that come with a system: nothing to ship, and its volume is respected."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from client.platform.base import Unavailable

END_S = 1.0


class Players:
    """Plays with the first of `commands` that there is; the file's name follows its words."""

    def __init__(self, commands: Sequence[Sequence[str]]) -> None:
        self._commands = commands
        self._playing: subprocess.Popen[bytes] | None = None

    def lift(self, window: int) -> None:
        """Qt does all that can be done here."""

    def play(self, sound: Path) -> Unavailable | None:
        """Starts a player; the one before is ended."""
        self.close()
        for command, *words in self._commands:
            program = shutil.which(command)
            if program is None:
                continue
            try:
                self._playing = subprocess.Popen(  # noqa: S603 - ours, and a player of the system
                    [program, *words, str(sound)],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=own_environment(os.environ),
                )
            except OSError:
                continue
            return None
        return Unavailable("no player is installed")

    def close(self) -> None:
        """Ends the player that may still be at it."""
        playing, self._playing = self._playing, None
        if playing is None:
            return
        playing.terminate()
        try:
            playing.wait(END_S)
        except subprocess.TimeoutExpired:
            playing.kill()
            playing.wait()


def own_environment(ours: Mapping[str, str]) -> dict[str, str]:
    """The environment for programs of the system: without the libraries of a bundled client
    (PyInstaller's documentation, "LD_LIBRARY_PATH considerations")."""
    given = dict(ours)
    before = given.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        given["LD_LIBRARY_PATH"] = before
    elif "_MEIPASS2" in given or "_PYI_ARCHIVE_FILE" in given:
        given.pop("LD_LIBRARY_PATH", None)
    return given
