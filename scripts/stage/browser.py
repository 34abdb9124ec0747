"""Pages in a headless Chromium, found by what people read on them; any complaint is kept."""

import contextlib
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from protocol import catalogue

WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}

Look = Literal["light", "dark"]
LIGHT: tuple[Look, ...] = ("light",)
BOTH: tuple[Look, ...] = ("light", "dark")

QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
WORDS = catalogue.load("en")


class Window:
    """One page with a cookie jar of its own. `complaints` should stay empty."""

    def __init__(self, page: Page, out: Path) -> None:
        self.page = page
        self.complaints: list[str] = []
        self._out = out
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))

    def open(self, address: str) -> None:
        """Goes to `address` and waits until its modules have run."""
        self.page.goto(address, wait_until="networkidle")

    def press(self, key: str, **fields: str) -> None:
        """Clicks the button with that text."""
        self.button(key, **fields).click()

    def button(self, key: str, **fields: str) -> Locator:
        """The visible button whose name is that text."""
        named = self.page.get_by_role("button", name=WORDS(key, **fields), exact=True)
        return named.filter(visible=True).first

    def write(self, label: str, text: str) -> None:
        """Types `text` into the visible field with that label, and Enter once it may be sent."""
        field = self.page.get_by_label(WORDS(label), exact=True).filter(visible=True).first
        field.fill(text)
        expect(self.button("chat.send")).to_be_enabled()
        field.press("Enter")

    def wait_for_words(self, words: str) -> None:
        """Returns once the visible conversation holds `words`."""
        log = self.page.get_by_role("log").filter(visible=True).first
        log.get_by_text(words, exact=True).first.wait_for()

    def wait_for(self, key: str, **fields: str | int) -> None:
        """Returns once that text is on the page."""
        shown = self.page.get_by_text(WORDS(key, **fields), exact=True).filter(visible=True)
        shown.first.wait_for()

    def picture(self, name: str, looks: tuple[Look, ...] = LIGHT) -> None:
        """Writes `name.png`, and `name-dark.png` for the dark look."""
        self.page.mouse.move(1, 1)
        for look in looks:
            self.page.emulate_media(color_scheme=look, reduced_motion="reduce")
            suffix = "-dark" if look == "dark" else ""
            self.page.screenshot(path=self._out / f"{name}{suffix}.png", caret="initial")
        self.page.emulate_media(color_scheme="light")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{self.page.url}: {message.text}")


class Chromium:
    """Opens windows and remembers what they complained about."""

    def __init__(self, browser: Browser, out: Path) -> None:
        self._browser = browser
        self._out = out
        self._windows: list[Window] = []

    def window(self, size: ViewportSize = WIDE) -> Window:
        """A new window for a person of its own."""
        context = self._browser.new_context(
            ignore_https_errors=True, locale="en-GB", viewport=size, device_scale_factor=1
        )
        window = Window(context.new_page(), self._out)
        self._windows.append(window)
        return window

    def complaints(self) -> list[str]:
        """Errors and warnings of all windows so far."""
        return [complaint for window in self._windows for complaint in window.complaints]


@contextlib.contextmanager
def chromium(out: Path, options: Sequence[str] = ()) -> Iterator[Chromium]:
    """The distribution's Chromium, headless, with more `options`; pictures go to `out`."""
    with sync_playwright() as playwright:
        program = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=[*QUIET, *options])
        try:
            yield Chromium(browser, out)
        finally:
            browser.close()
