"""What the web chat costs before anybody has said a word."""

import pytest
from playwright.async_api import expect

from tests.browser.window import Pair, Windows

pytestmark = pytest.mark.browser

MOST_SCRIPT_BYTES = 60_000
SCRIPT_BYTES = """async () => {
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    const scripts = new Set(loaded.filter((name) => new URL(name).pathname.endsWith(".js")));
    const sizes = [...scripts].map(async (name) => {
        const body = await (await fetch(name)).arrayBuffer();
        return [name, body.byteLength];
    });
    return Object.fromEntries(await Promise.all(sizes));
}"""
"""All script of a page by address; fetched again, since kept files do not tell their size."""


FIRST_PAINT = """() => new Promise((tell) => {
    new PerformanceObserver((list) => {
        const paint = list.getEntries().find(({ name }) => name === "first-contentful-paint");
        if (paint) tell(paint.startTime);
    }).observe({ type: "paint", buffered: true });
})"""


async def test_all_script_of_a_session_is_light(talking: Pair) -> None:
    customer, _ = talking
    await customer.button("session.end").click()
    await (
        customer.page.get_by_role("dialog")
        .get_by_text(customer.t("session.end"), exact=True)
        .click()
    )
    await expect(customer.words("session.ended_title")).to_be_visible()
    sizes = await customer.page.evaluate(SCRIPT_BYTES)
    assert any(name.endswith("/pages/chat.js") for name in sizes)
    assert 0 < sum(sizes.values()) <= MOST_SCRIPT_BYTES, sizes


async def test_the_page_is_there_before_its_socket(waiting: Pair, windows: Windows) -> None:
    customer, _ = waiting
    fresh = await windows.beside(customer.page.context)
    # A call that nobody answers: the page is given neither a ticket nor an error.
    await fresh.page.route("**/api/ticket", lambda _route: None)
    await fresh.page.goto(customer.page.url)
    await expect(fresh.field("chat.write")).to_be_editable()
    await expect(fresh.words("link.connecting")).to_be_visible()
    assert await fresh.page.evaluate(FIRST_PAINT) > 0
