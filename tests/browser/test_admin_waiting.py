"""Waiting times as an administrator meets them."""

import pytest
from playwright.async_api import expect

from relay.app import Relay
from relay.domain.estimate import HandOver, Range
from relay.domain.waiting import QueueKey
from relay.storage.waits import Wait, WaitStore
from tests.browser.loop import BROWSER
from tests.browser.site_admin import at_page, does_not_scroll_sideways
from tests.browser.window import Windows

pytestmark = BROWSER

PATH = "/admin/waiting"
DAY_MS = 24 * 3600 * 1000


async def fill(relay: Relay) -> None:
    """Four customers today, six more this week; eight of ten were told right."""
    store, now = WaitStore(relay.database), relay.parts.clock.now_ms()
    waits = [120.0] * 8 + [30.0, 900.0]
    for n, waited_s in enumerate(waits):
        at = now - (DAY_MS // 2 if n < 4 else 3 * DAY_MS)
        told = Range(60, 180)
        await store.add(Wait(QueueKey(), HandOver(at, waited_s, 1, 1, 1), told))


async def test_told_and_true_are_said_in_words_and_charts(relay: Relay, windows: Windows) -> None:
    await fill(relay)
    window = await at_page(relay, windows, PATH)
    spans = window.page.locator(".wait")
    await expect(spans).to_have_count(3)
    day, week, month = await spans.all()
    await expect(day).to_contain_text(window.t("admin.waiting_few", n=4, least=5))
    await expect(week).to_contain_text(window.t("admin.waiting_share", percent="80%"))
    await expect(week).to_contain_text(window.t("admin.waiting_said", inside=8, told=10))
    chart = week.get_by_role(
        "img", name=window.t("admin.waiting_chart", earlier=1, inside=8, later=1)
    )
    await expect(chart).to_be_visible()
    rows = week.get_by_role("row")
    await expect(rows).to_have_count(5)
    await expect(rows.first).to_contain_text(window.t("admin.waiting_customers.other", n=8))
    await expect(rows.last).to_contain_text(window.t("admin.waiting_customers.one"))
    await expect(month).to_contain_text(window.t("admin.waiting_said", inside=8, told=10))


@pytest.mark.parametrize("width", [320, 1280])
async def test_it_fits_any_window(relay: Relay, windows: Windows, width: int) -> None:
    await fill(relay)
    window = await at_page(relay, windows, PATH, "de", width=width)
    await expect(window.page.locator(".wait")).to_have_count(3)
    assert await does_not_scroll_sideways(window.page)
