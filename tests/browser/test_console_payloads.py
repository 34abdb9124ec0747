"""What customers and administrators wrote to run as script, all over the console."""

import secrets

from playwright.async_api import expect

from protocol.roles import Door
from relay.app import Relay
from relay.domain.waiting import QueueKey
from relay.realtime.entry import Entry
from tests.browser.loop import BROWSER
from tests.browser.test_admin_payloads import PAYLOADS, WATCH
from tests.browser.window import Windows
from tests.relay.furnished import STAY, notice, settings, team
from tests.relay.site import representative

pytestmark = BROWSER

FOREIGN = (
    "#console :is(script, style, iframe, img:not(.mark), video, math, marquee), "
    "dialog :is(script, style, iframe, img, video, math, marquee), [onerror], [onload], [onclick]"
)


async def come(relay: Relay, payload: str) -> None:
    """Somebody whose every word is `payload`."""
    await relay.hub.open_session(
        Entry(
            queue=QueueKey(),
            door=Door.CHAT,
            language="en",
            token_hash=secrets.token_hex(32),
            name=payload,
            system=payload,
            words=payload,
        )
    )


async def test_nothing_that_somebody_wrote_runs_at_the_console(
    relay: Relay, windows: Windows
) -> None:
    await settings(relay, STAY)
    ada = await representative(relay)
    for payload in PAYLOADS:
        await come(relay, payload)
    for payload in PAYLOADS[::10]:
        await team(relay, payload, ada.id)
        await notice(relay, {"en": payload}, name=payload, automatic=False)
    window = await windows.open()
    page = window.page
    await page.add_init_script(WATCH)
    await window.sign_in(relay, "ada")
    names = page.locator(".waiter-name")
    await expect(names).to_have_count(len(PAYLOADS))
    assert await names.all_text_contents() == PAYLOADS
    assert await page.locator(".waiter-words").all_text_contents() == PAYLOADS
    await page.locator(".waiter button").first.click()
    await expect(window.page.get_by_role("heading", name=PAYLOADS[0], exact=True)).to_be_visible()
    for act in ("desk.pass", "desk.notice"):
        await window.button(act).click()
        shown = page.get_by_role("dialog").locator(".choice-name")
        await expect(shown.nth(len(PAYLOADS[::10]) - 1)).to_be_visible()
        assert set(PAYLOADS[::10]) <= set(await shown.all_text_contents())
        await page.keyboard.press("Escape")
    await window.button("desk.notice").click()
    await page.get_by_role("dialog").get_by_role("radio").last.check()
    await page.keyboard.press("Enter")
    card = page.get_by_role("region", name=window.t("console.info"))
    await card.get_by_text(window.t("desk.card_notice")).click()
    await window.button("console.key").click()
    assert await page.evaluate("() => window.runs") == 0
    assert await page.locator(FOREIGN).count() == 0
