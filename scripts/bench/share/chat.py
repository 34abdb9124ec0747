"""Chat beside the pictures: both ends write lines, and the representative's page says when they are
there."""

import contextlib
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page
from Xlib import XK, X
from Xlib.display import Display
from Xlib.protocol import event

from scripts.bench.share.probe import Probe
from scripts.stage.browser import WORDS

SCRIPT = Path(__file__).with_name("chat.js")
EVERY_S = 0.25
"""As quick as nobody writes, so that there are enough lines for a p99."""

UNSEEN_S = 30.0
"""A line that is not there in the end counts as that long."""

MS = 1000
FROM_CUSTOMER, FROM_PAGE = "grace", "ada"


class Heard(NamedTuple):
    """Seconds of each line: from Enter at the customer's until it was in the representative's page;
    from Enter in that page until it knew that the line is stored."""

    theirs: list[float]
    own: list[float]


class Keyboard:
    """Types into one window, which may be put away: the events are sent to it."""

    def __init__(self, display: str, window: int) -> None:
        self._display = Display(display)
        self._window = self._display.create_resource_object("window", window)

    def line(self, text: str) -> float:
        """`text` (letters and digits) and Enter; when Enter was pressed (seconds, monotonic)."""
        for letter in text:
            self._press(XK.string_to_keysym(letter))
        pressed = time.monotonic()
        self._press(XK.XK_Return)
        self._display.sync()
        return pressed

    def close(self) -> None:
        """Lets go of the screen."""
        self._display.close()

    def _press(self, sign: int) -> None:
        for kind in (event.KeyPress, event.KeyRelease):
            pressed = kind(
                detail=self._display.keysym_to_keycode(sign),
                time=X.CurrentTime,
                root=self._display.screen().root,
                window=self._window,
                child=X.NONE,
                same_screen=1,
                state=0,
                **dict.fromkeys(("root_x", "root_y", "event_x", "event_y"), 0),
            )
            self._window.send_event(pressed, event_mask=X.KeyPressMask | X.KeyReleaseMask)


class Chat:
    """The conversation in the representative's page, and the customer's window by its number."""

    def __init__(self, page: Page, probe: Probe, keyboard: Keyboard) -> None:
        self._page = page
        self._probe = probe
        self._keyboard = keyboard
        self._pressed: dict[str, float] = {}
        self._said = 0
        page.evaluate(f"{SCRIPT.read_text('utf-8')} null;")
        log = page.get_by_role("log").filter(visible=True).first.element_handle()
        named = page.get_by_label(WORDS("chat.write"), exact=True)
        field = named.filter(visible=True).first.element_handle()
        page.evaluate(
            "([log, field]) => { window.benchChat = new BenchChat(log, field); }", [log, field]
        )

    @contextlib.contextmanager
    def speaking(self) -> Iterator[None]:
        """Within the block both ends write a line every now and then."""
        over = threading.Event()

        def write() -> None:
            while not over.wait(EVERY_S):
                self._said += 1
                text = f"{FROM_CUSTOMER}{self._said}"
                self._pressed[text] = self._keyboard.line(text)

        thread = threading.Thread(target=write, name="customer")
        self._page.evaluate(
            "([name, every]) => benchChat.speak(name, every)",
            [f"{FROM_PAGE}{self._said}x", EVERY_S * MS],
        )
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()
            self._page.evaluate("benchChat.hush()")

    def heard(self) -> Heard:
        """Of all lines since the last call, once they have had the time that pictures had."""
        taken = self._page.evaluate("benchChat.take()")
        origin = self._probe.origin_s
        said = {text: origin + at / MS for text, at in taken["said"]}
        theirs, own = self._pressed, said
        self._pressed = {}
        return Heard(
            _took(theirs, taken["theirs"], origin),
            _took(own, taken["stored"], origin),
        )

    def stop(self) -> None:
        """Looks no more."""
        self._page.evaluate("benchChat.stop()")


def _took(
    began: Mapping[str, float], there: Sequence[tuple[str, float]], origin_s: float
) -> list[float]:
    known = {text: origin_s + at / MS for text, at in there}
    return [known[text] - at if text in known else UNSEEN_S for text, at in began.items()]
