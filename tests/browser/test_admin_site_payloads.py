"""What is made to run as script, in every field of the site's administration: shown as text."""

from playwright.async_api import expect

from relay.app import Relay
from tests.browser.loop import BROWSER
from tests.browser.site_admin import at_page, dialog
from tests.browser.test_admin_payloads import PAYLOADS, WATCH, check
from tests.browser.window import Windows
from tests.relay.http.administrator import sign_in
from tests.relay.site import Visitor, visiting

pytestmark = BROWSER

HOUR = 3_600_000


async def fill(visitor: Visitor) -> None:
    """Every payload as a name and a text of everything, by the ways that pages use."""
    now = visitor.relay.parts.clock.now_ms()
    for n, payload in enumerate(PAYLOADS):
        team: dict[str, object] = {"name": payload, "members": [], "way": None, "leastBusy": False}
        issue = {"names": {"en": payload, "de": payload}, "team": None}
        portal = {"slug": f"p{n}", "name": payload, "accent": "", "way": None, "issues": None}
        # An hour each, since a portal takes only ten at a time.
        start = now + n * HOUR + 1
        times = {"startsAt": start, "endsAt": start + HOUR}
        rules = {"portals": [], "issues": [], "systems": [], "words": [payload[:60]]}
        canned = {"path": payload.replace("/", "|"), "texts": {"en": payload}}
        notice = {"name": payload, "texts": {"en": payload}, "automatic": False, **times, **rules}
        for path, wish in (
            ("teams", team),
            ("issues", issue),
            ("portals", portal),
            ("notices", notice),
            ("canned", canned),
            ("shared-canned", canned | {"team": None}),
        ):
            assert (await visitor.post(f"/api/{path}", wish)).status == 200, (path, payload)


async def test_nothing_runs_on_any_page_of_the_site(relay: Relay, windows: Windows) -> None:
    async with visiting(relay) as visitor:
        await sign_in(visitor)
        await fill(visitor)
    window = await at_page(relay, windows, "/admin/teams")
    page = window.page
    await page.add_init_script(WATCH)
    for path, heading in (("teams", "h3"), ("portals", "h2"), ("notices", "h3")):
        await page.goto(f"{relay.origin}/admin/{path}", wait_until="networkidle")
        names = page.locator(f".site-card {heading}")
        await expect(names.nth(len(PAYLOADS) - 1)).to_be_visible()
        assert set(PAYLOADS) <= set(await names.all_inner_texts())
        for name in PAYLOADS[::13]:
            await window.button("admin.person_edit_name", name=name).first.click()
            await expect(dialog(window)).to_contain_text(name)
            assert await dialog(window).locator("input").first.input_value() == name
            await page.keyboard.press("Escape")
            await expect(page.locator("dialog")).to_have_count(0)
        await check(page)


async def test_what_turns_texts_around_is_refused_where_it_stands(
    relay: Relay, windows: Windows
) -> None:
    window = await at_page(relay, windows, "/admin/notices")
    window.pardon("400")
    await window.button("admin.notices_add").click()
    await window.field("admin.notices_name").fill("Mail")
    text = dialog(window).get_by_label(window.t("admin.notices_words", language="English"))
    await text.fill("first line\nab\u202ecd")
    await window.button("admin.person_save").click()
    what = window.t("admin.teams_wrong_turn")
    said = window.words("admin.teams_wrong_place", line=2, column=3, what=what)
    await expect(said).to_be_visible()
    assert await text.evaluate("e => [e.selectionStart, e.selectionEnd]") == [13, 14]
    assert await text.input_value() == "first line\nab\u202ecd"


async def test_nothing_runs_where_canned_messages_are_written(
    relay: Relay, windows: Windows
) -> None:
    async with visiting(relay) as visitor:
        await sign_in(visitor)
        await fill(visitor)
    shown = {payload.replace("/", "|") for payload in PAYLOADS}
    window = await at_page(relay, windows, "/canned")
    page = window.page
    await page.add_init_script(WATCH)
    for path in ("/canned", "/admin/canned"):
        await page.goto(f"{relay.origin}{path}", wait_until="networkidle")
        names = page.locator(".site-card h3")
        await expect(names.nth(len(PAYLOADS) - 1)).to_be_visible()
        assert set(await names.all_inner_texts()) == shown
        assert set(PAYLOADS) == set(await page.locator(".canned-words").all_inner_texts())
        for name in sorted(shown)[::13]:
            await window.button("canned.edit_name", name=name).first.click()
            await expect(dialog(window)).to_contain_text(name)
            await expect(dialog(window).locator(".canned-bubble")).not_to_be_empty()
            await page.keyboard.press("Escape")
            await expect(page.locator("dialog")).to_have_count(0)
        await check(page)
