"""What the web chat weighs, and how soon a customer reads the first line after being accepted.

    python -m scripts.bench.web [--quick] [--json PATH]

Both ends are pages in Chromium, driven as people drive them. The time runs from the click on
*Accept* in the console until the first chat line has been painted in the customer's page: two
facts committed, a new session socket in the console, and typing as fast as a program types.
It is compared with the first paint of the sign-in page, opened by a new visitor in the same minute.
"""

import statistics
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page

from scripts.bench.report import Figure, middle, options, progress, show
from scripts.stage.browser import Chromium, Window, chromium
from scripts.stage.relay import REPRESENTATIVE, Relay, ensure_representative, running_relay

KB = 1000
MOST_SCRIPT_KB = 60.0
QUICK_ROUNDS, ROUNDS = 5, 15

CUSTOMER = "Grace"
STATIC_PAGE = "/login"

WHEN_CLICKED = """() => {
    window.clicked = new Promise((tell) => {
        const now = () => tell(performance.timeOrigin + performance.now());
        addEventListener("click", now, { capture: true, once: true });
    });
}"""

WHEN_PAINTED = """() => {
    const log = document.querySelector("[role=log]");
    window.painted = new Promise((tell) => {
        const afterPaint = () => tell(performance.timeOrigin + performance.now());
        const watch = new MutationObserver(() => {
            if (!log.querySelector(".bubble")) return;
            watch.disconnect();
            requestAnimationFrame(() => setTimeout(afterPaint));
        });
        watch.observe(log, { childList: true, subtree: true });
    });
}"""

FIRST_PAINT = """() => new Promise((tell) => {
    new PerformanceObserver((list) => {
        for (const { name, startTime } of list.getEntries()) {
            if (name === "first-contentful-paint") tell(startTime);
        }
    }).observe({ type: "paint", buffered: true });
})"""


SCRIPT_BYTES = """async () => {
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    const scripts = new Set(loaded.filter((name) => new URL(name).pathname.endsWith(".js")));
    const bodies = [...scripts].map(async (name) => (await fetch(name)).arrayBuffer());
    return (await Promise.all(bodies)).reduce((sum, { byteLength }) => sum + byteLength, 0);
}"""
"""Fetched again, since a browser does not tell the size of what it had kept."""


class Round(NamedTuple):
    """Milliseconds to the first line and to the static page; bytes of script of the chat."""

    line_ms: float
    page_ms: float
    script_bytes: int


def web_figures(relay: Relay, rounds: int) -> list[Figure]:
    """The figures from that many customers, one after the other.

    `relay` must know `REPRESENTATIVE`. Raises `RuntimeError` when a page complained.
    """
    with chromium(relay.data) as browser:
        console = browser.window()
        console.open(relay.sign_in_link(REPRESENTATIVE))
        console.press("sign_in.button")
        console.button("console.key").wait_for()
        measured = [_round(browser, console, relay, number) for number in range(rounds)]
        if complaints := browser.complaints():
            raise RuntimeError("; ".join(complaints))
    return [
        Figure("web.chat_script_kb", measured[-1].script_bytes / KB, "KB", MOST_SCRIPT_KB),
        Figure("web.first_line_ratio", middle(a / b for a, b, _ in measured), "x page"),
        Figure("web.first_line_ms", statistics.median(one.line_ms for one in measured), "ms"),
        Figure("web.static_page_ms", statistics.median(one.page_ms for one in measured), "ms"),
    ]


def _round(browser: Chromium, console: Window, relay: Relay, number: int) -> Round:
    """One customer from the link to the first line, and one visitor of the static page."""
    name = f"{CUSTOMER} {number + 1}"
    visitor = browser.window()
    visitor.page.goto(relay.origin + STATIC_PAGE)
    page_ms = float(visitor.page.evaluate(FIRST_PAINT))
    customer = browser.window()
    customer.open(f"{relay.origin}/join/{relay.make_key(REPRESENTATIVE).replace('-', '')}")
    customer.page.locator("[name=name]").fill(name)
    customer.press("ways.chat")
    customer.wait_for("waiting.next")
    customer.page.evaluate(WHEN_PAINTED)
    console.page.evaluate(WHEN_CLICKED)
    console.press("console.accept_name", name=name)
    console.write("chat.write", "Hello, what can I do for you?")
    line_ms = float(_moment(customer.page, "painted") - _moment(console.page, "clicked"))
    weight = int(customer.page.evaluate(SCRIPT_BYTES))
    progress(f"customer {number + 1}: first line {line_ms:.0f} ms, page {page_ms:.0f} ms")
    console.press("session.end")
    console.page.get_by_role("dialog").locator("button[value=yes]").click()
    console.press("console.close")
    for window in (visitor, customer):
        window.page.context.close()
    return Round(line_ms, page_ms, weight)


def _moment(page: Page, name: str) -> float:
    """When that happened, in milliseconds since 1970 by the machine's clock."""
    return float(page.evaluate("(name) => window[name]", name))


def main() -> int:
    """The exit code; prints the figures and writes what the command line asked for."""
    chosen = options("How light the web chat is, and how soon its first line is read.")
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        ensure_representative(data)
        with running_relay(data, 0) as relay:
            figures = web_figures(relay, QUICK_ROUNDS if chosen.quick else ROUNDS)
    show(figures, chosen)
    return 0


if __name__ == "__main__":
    sys.exit(main())
