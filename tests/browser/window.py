"""What a person does in a page: found by the words on it, in either language."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Locator, Page

from protocol import catalogue
from relay.app import Relay
from tests.relay.site import PASSWORD

Language = Literal["en", "de"]
Scheme = Literal["light", "dark"]

TURN = """(state) => {
    Object.defineProperty(document, "visibilityState", { get: () => state, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


class Window:
    """One page of one person."""

    def __init__(self, page: Page, language: Language) -> None:
        self.page = page
        self.t = catalogue.load(language)
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self._pardoned: list[str] = []
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))

    def pardon(self, words: str) -> None:
        """Expect complaints with these words: a refused request is an error to Chromium."""
        self._pardoned.append(words)

    def button(self, key: str, **fields: str) -> Locator:
        """The visible button with that text."""
        named = self.page.get_by_role("button", name=self.t(key, **fields), exact=True)
        return named.filter(visible=True)

    def field(self, key: str) -> Locator:
        """The visible field with that label."""
        return self.page.get_by_label(self.t(key), exact=True).filter(visible=True)

    def words(self, key: str, **fields: str | int) -> Locator:
        """Where that text is to be seen; what is there to be read aloud only is not."""
        found = self.page.get_by_text(self.t(key, **fields), exact=True)
        return found.and_(self.page.locator(":not(.only-read)")).filter(visible=True)

    @property
    def log(self) -> Locator:
        """The visible conversation."""
        return self.page.get_by_role("log").filter(visible=True)

    def line(self, text: str) -> Locator:
        """The chat lines with exactly this text."""
        bubble = self.page.locator(".bubble", has_text=re.compile(f"^{re.escape(text)}$"))
        return self.log.locator(".line", has=bubble)

    async def turn(self, state: Literal["visible", "hidden"]) -> None:
        """Tell the page that its tab is in sight or not.

        A headless Chromium shows every tab for ever, whatever stands before it.
        """
        await self.page.evaluate(TURN, state)

    async def say(self, text: str) -> None:
        """Write a line and press Enter."""
        await self.field("chat.write").fill(text)
        await self.field("chat.write").press("Enter")

    async def sign_in(self, relay: Relay, name: str) -> None:
        """By password, to the console."""
        await self.page.goto(f"{relay.origin}/login")
        await self.field("login.name").fill(name)
        await self.field("login.password").fill(PASSWORD)
        await self.button("login.button").click()
        await self.button("console.key").wait_for()

    async def make_key(self, own: str = "console.key_own") -> str:
        """A new session key, as shown; the dialog is closed again."""
        await self.button("console.key").click()
        await self.button(own).click()
        key = await self.page.locator(".key-number").inner_text()
        await self.page.keyboard.press("Escape")
        return key

    async def join(self, relay: Relay, key: str, name: str = "Grace") -> None:
        """By the portal, to the web chat."""
        await self.page.goto(relay.origin)
        await self.field("key.label").fill(key)
        await self.field("key.name").fill(name)
        await self.button("ways.chat").click()
        await self.log.wait_for()

    def _on_console(self, message: ConsoleMessage) -> None:
        pardoned = any(words in message.text for words in self._pardoned)
        if message.type in {"error", "warning"} and not pardoned:
            self.complaints.append(message.text)


class Pair(NamedTuple):
    """A customer in the web chat and the representative in the console."""

    customer: Window
    console: Window

    async def start_talking(self) -> None:
        """The representative accepts Grace, and both see it."""
        await self.console.button("console.accept_name", name="Grace").click()
        await self.customer.page.get_by_role("heading", name="Ada").wait_for()
        await self.console.log.get_by_text(self.console.t("line.accepted_you")).wait_for()


class Windows:
    """Opens windows, each with a cookie jar of its own."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._opened: list[Window] = []

    async def open(
        self,
        language: Language = "en",
        *,
        width: int = 1280,
        height: int = 800,
        scheme: Scheme = "light",
        scripts: bool = True,
        permissions: Sequence[str] | None = None,
        scale: float = 1,
        agent: str | None = None,
    ) -> Window:
        """A window; `permissions` are granted and all others refused, None: not yet asked for.
        `scale` is how many pixels the device has for one of the page's; `agent` is what the
        browser calls itself, None: what it is."""
        context = await self._browser.new_context(
            ignore_https_errors=True,
            locale={"en": "en-GB", "de": "de-DE"}[language],
            color_scheme=scheme,
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            permissions=permissions,
            device_scale_factor=scale,
            user_agent=agent,
        )
        return await self.beside(context, language)

    async def beside(self, context: BrowserContext, language: Language = "en") -> Window:
        """Another window of the same person."""
        window = Window(await context.new_page(), language)
        self._opened.append(window)
        return window

    async def close(self) -> None:
        """Close every window; the browser itself is shared with other tests."""
        for context in {window.page.context for window in self._opened}:
            await context.close()

    def complaints(self) -> list[str]:
        """Errors and warnings of all windows."""
        return [complaint for window in self._opened for complaint in window.complaints]
