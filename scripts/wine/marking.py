"""The watermark: switched on as an administrator does, looked for, and clicked through."""

from pathlib import Path

import msgspec
from PySide6.QtGui import QImage

from protocol.settings_api import CustomerState, CustomerWish
from scripts.stage.browser import Window
from scripts.wine import python
from scripts.wine.machine import Machine
from scripts.wine.picture import NEAR

TEXT = "Shared with Acme Support"
STRONG_PERCENT = 40
WHITE = 255
STEP = 3
ANSWER_S = 30

ASK = """
import sys
from client.platform.windows import api, processes, windows_list
from client.platform.windows.structures import Point
place = Point(int(sys.argv[1]), int(sys.argv[2]))
print(processes.executable(windows_list.process_of(api.call("WindowFromPoint", place))))
"""


def switch_on(console: Window, origin: str) -> None:
    """With the session of whoever is signed in at `console`. Raises `RuntimeError`."""
    calls = console.page.request
    got = calls.get(f"{origin}/api/texts")
    before = msgspec.json.decode(got.body(), type=CustomerState).rules
    rules = msgspec.structs.replace(
        before,
        watermark=True,
        watermark_text=TEXT,
        watermark_percent=STRONG_PERCENT,
        watermark_seen=True,
    )
    told = calls.post(
        f"{origin}/api/texts",
        data=msgspec.json.encode(CustomerWish(before=before, rules=rules)),
        headers={"Origin": origin, "Content-Type": "application/json"},
    )
    if not told.ok:
        raise RuntimeError(f"the watermark cannot be switched on: {told.status} {told.text()}")


def letters(before: Path, after: Path, ground: tuple[int, int, int]) -> list[tuple[int, int]]:
    """Places in the middle of the screen, where the mark is, that had the colour of the ground and
    have the white of the mark now."""
    old, new = QImage(str(before)), QImage(str(after))
    return [
        (x, y)
        for x in range(new.width() // 5, new.width() * 4 // 5, STEP)
        for y in range(new.height() // 3, new.height() * 2 // 3, STEP)
        if _is(old, x, y, ground) and _is(new, x, y, (WHITE, WHITE, WHITE))
    ]


def _is(picture: QImage, x: int, y: int, colour: tuple[int, int, int]) -> bool:
    found = picture.pixelColor(x, y)
    red, green, blue = colour
    off = (found.red() - red, found.green() - green, found.blue() - blue)
    return max(abs(one) for one in off) < NEAR


def reached(machine: Machine, place: tuple[int, int], log: Path) -> str:
    """The program whose window a click there reaches, as Windows sees it. Raises `NotReady`."""
    ask = [str(python.folder() / "python.exe"), "-c", ASK, str(place[0]), str(place[1])]
    words = machine.words(ask, environment=machine.sources())
    machine.run("Asking what a click reaches", words, log, ANSWER_S)
    return log.read_text("utf-8", "replace").strip().rpartition("\\")[2]
