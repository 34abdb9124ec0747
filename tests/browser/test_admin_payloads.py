"""Names made to run as script or to turn text around, on every page that shows them."""

from itertools import product

from playwright.async_api import Page, expect

from relay.app import Relay
from relay.domain.accounts import UserRole
from tests.browser.loop import BROWSER
from tests.browser.window import Windows
from tests.relay.site import PASSWORD, Visitor, visiting

pytestmark = BROWSER

RUN = ("ran()", "top.ran()", "eval('ran()')", "ran``")
SHAPES = (
    "<script>{}</script>",
    '"><script>{}</script>',
    "</title><script>{}</script>",
    "</textarea><script>{}</script>",
    "<img src=x onerror={}>",
    "'><img src=x onerror={}>",
    "<svg onload={}>",
    "<svg><script>{}</script></svg>",
    "<body onload={}>",
    "<details open ontoggle={}>x",
    "<input autofocus onfocus={}>",
    "<video src=x onerror={}>",
    "<iframe src=javascript:{}>",
    "<iframe srcdoc='<script>{}</script>'>",
    "<a href=javascript:{}>x</a>",
    "<math><mtext><img src=x onerror={}>",
    "<style>@import 'x';</style><b onclick={}>x",
    "<marquee onstart={}>x</marquee>",
    "javascript:{}",
    "{{{{{}}}}}",
    "${{{}}}",
    "{{% raw %}}{}",
    "'-{}-'",
    '"-{}-"',
    "\\u003cscript\\u003e{}",
    "&lt;script&gt;{}",
)
PAYLOADS = [shape.format(run) for shape, run in product(SHAPES, RUN)]
WATCH = "window.runs = 0; window.ran = () => { window.runs += 1; };"
FOREIGN = "main :is(script, style, iframe, img, video, math, marquee, details, [onerror], [onload])"


async def test_the_corpus_is_one() -> None:
    assert len(set(PAYLOADS)) >= 100
    assert max(map(len, PAYLOADS)) <= 80


async def administrator(relay: Relay, shown_name: str) -> None:
    parts = relay.parts
    hashed = await parts.passwords.hash(PASSWORD)
    now = parts.clock.now_ms()
    await parts.accounts.create("root", shown_name, UserRole.ADMINISTRATOR, hashed, now)


async def fill(relay: Relay, visitor: Visitor) -> None:
    """Every payload as a shown name and as the name of a role, by the ways that pages use."""
    await visitor.post("/api/login", {"name": "root", "password": PASSWORD})
    for n, payload in enumerate(PAYLOADS):
        person = {"name": f"p{n}", "shownName": payload, "role": "representative"}
        assert (await visitor.post("/api/people", person)).status == 200
        role = {"name": payload, "permissions": []}
        assert (await visitor.post("/api/roles", role)).status == 204


async def check(page: Page) -> None:
    """Nothing ran, and nothing became an element."""
    assert await page.evaluate("() => window.runs") == 0
    assert await page.locator(FOREIGN).count() == 0


async def test_no_name_runs_on_any_page(relay: Relay, windows: Windows) -> None:
    await administrator(relay, PAYLOADS[4])
    async with visiting(relay) as visitor:
        await fill(relay, visitor)
    window = await windows.open()
    page = window.page
    await page.add_init_script(WATCH)
    await window.sign_in(relay, "root")
    await check(page)
    await page.goto(f"{relay.origin}/admin/people")
    await expect(page.locator(".people tbody tr")).to_have_count(len(PAYLOADS) + 1)
    assert set(PAYLOADS) <= set(await page.locator(".people strong").all_inner_texts())
    for name in PAYLOADS[::9]:
        await window.button("admin.person_edit_name", name=name).first.click()
        assert await window.field("admin.person_shown").input_value() == name
        await window.button("admin.person_link").click()
        await expect(window.field("admin.link_label")).to_be_visible()
        await page.keyboard.press("Escape")
    await check(page)
    await page.goto(f"{relay.origin}/admin/roles")
    await expect(page.locator(".role")).to_have_count(len(PAYLOADS) + 2)
    assert set(PAYLOADS) <= set(await page.locator(".role h2").all_inner_texts())
    for name in PAYLOADS[::9]:
        await window.button("admin.role_delete_name", name=name).click()
        await page.get_by_role("dialog").get_by_text(name).wait_for()
        await page.keyboard.press("Escape")
    await check(page)
    await page.goto(f"{relay.origin}/account", wait_until="networkidle")
    await expect(page.get_by_text(PAYLOADS[4]).first).to_be_visible()
    await check(page)


async def test_a_name_cannot_turn_the_page_around(relay: Relay, windows: Windows) -> None:
    await administrator(relay, "Root")
    turned = "\u202egnp.txt \u2067 Ada \u200f"
    async with visiting(relay) as visitor:
        await visitor.post("/api/login", {"name": "root", "password": PASSWORD})
        person = {"name": "ada", "shownName": turned, "role": "representative"}
        assert (await visitor.post("/api/people", person)).status == 200
    window = await windows.open()
    await window.sign_in(relay, "root")
    await window.page.goto(f"{relay.origin}/admin/people", wait_until="networkidle")
    shown = await window.page.locator(".people").inner_text()
    assert "gnp.txt Ada" in shown
    assert not {"\u202e", "\u2067", "\u200f"} & set(shown)
