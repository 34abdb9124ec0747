"""What the web chat costs before anybody has said a word."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from playwright.async_api import Page, Route, expect

from protocol.requests import SessionEnd
from tests.browser.loop import BROWSER
from tests.browser.scene import ask_afterwards, scene
from tests.browser.window import Windows
from tests.conftest import World
from tests.peers import client_id

pytestmark = BROWSER

MOST_SCRIPT_BYTES = 66_000
MOST_BYTES_OF_A_PART = 4_000
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

PRELOADED = """() => [
    ...document.querySelectorAll("link[rel=modulepreload], script[type=module]"),
].map((one) => one.href || one.src)"""
"""The modules that the page itself names, by address."""

FIRST_PAINT = """() => new Promise((tell) => {
    new PerformanceObserver((list) => {
        const paint = list.getEntries().find(({ name }) => name === "first-contentful-paint");
        if (paint) tell(paint.startTime);
    }).observe({ type: "paint", buffered: true });
})"""


async def script_bytes(page: Page) -> int:
    """All script that `page` has loaded since it was opened."""
    sizes = await page.evaluate(SCRIPT_BYTES)
    assert any(name.endswith("/pages/chat.js") for name in sizes)
    return int(sum(sizes.values()))


async def test_all_script_of_a_session_is_light(world: World, windows: Windows) -> None:
    await world.configure(agreement_chat=True)
    here = await scene(world, windows)
    await here.page.button("steps.accept").click()
    await here.at("waiting")
    await world.notice("*Mail* is slow")
    await here.page.button("steps.notice_mine").click()
    theirs = await here.accept()
    await here.page.say("Hello")
    await theirs.ask(SessionEnd(id=client_id()))
    await here.at("ended")
    assert 0 < await script_bytes(here.page.page) <= MOST_SCRIPT_BYTES


async def test_what_few_need_comes_when_they_need_it(world: World, windows: Windows) -> None:
    await ask_afterwards(world)
    here = await scene(world, windows)
    theirs = await here.accept()
    before = await script_bytes(here.page.page)
    await here.page.button("chat.program").click()
    await expect(here.page.page.locator(".code-number")).not_to_be_empty()
    with_code = await script_bytes(here.page.page)
    assert 0 < with_code - before <= MOST_BYTES_OF_A_PART
    await here.page.page.keyboard.press("Escape")
    await theirs.ask(SessionEnd(id=client_id()))
    await expect(here.page.button("steps.survey_send")).to_be_visible()
    assert 0 < await script_bytes(here.page.page) - with_code <= MOST_BYTES_OF_A_PART


async def test_what_the_first_screen_needs_is_fetched_at_once(
    world: World, windows: Windows
) -> None:
    here = await scene(world, windows)
    await here.at("waiting")
    loaded = await here.page.page.evaluate(SCRIPT_BYTES)
    named = await here.page.page.evaluate(PRELOADED)
    assert sorted(loaded) == sorted(named)


@contextlib.asynccontextmanager
async def held(page: Page) -> AsyncIterator[None]:
    """Meanwhile no call for a ticket is answered, neither with a ticket nor with an error."""
    over = asyncio.Event()

    async def wait(route: Route) -> None:
        await over.wait()
        await route.continue_()

    await page.route("**/api/ticket", wait)
    try:
        yield
    finally:
        over.set()
        await page.unroute_all(behavior="wait")


async def test_the_page_is_there_before_its_socket(world: World, windows: Windows) -> None:
    here = await scene(world, windows)
    await here.at("waiting")
    fresh = await windows.beside(here.page.page.context)
    async with held(fresh.page):
        await fresh.page.goto(here.page.page.url)
        await expect(fresh.words("link.connecting")).to_be_visible()
        await expect(fresh.field("chat.write")).to_have_count(0)
        assert await fresh.page.evaluate(FIRST_PAINT) > 0
    await expect(fresh.field("chat.write")).to_be_editable()


async def test_who_was_talking_can_go_on_writing_at_once(world: World, windows: Windows) -> None:
    here = await scene(world, windows)
    await here.at("waiting")
    async with held(here.page.page):
        await here.page.page.reload()
        await expect(here.page.field("chat.write")).to_be_editable()
        await here.page.say("Are you there?")
        line = here.page.line("Are you there?")
        await expect(line).to_contain_text(here.page.t("chat.pending"))
    await expect(line).to_contain_text(here.page.t("chat.stored"))
