"""What files may be sent, decided by an administrator."""

import pytest
from playwright.async_api import Locator, expect

from protocol.files import FileRules
from relay.app import Relay
from relay.domain.content import file_rules
from tests.browser.administration import administrator, open_page
from tests.browser.loop import BROWSER, fixture
from tests.browser.window import Language, Window, Windows

pytestmark = BROWSER


@fixture
async def admin(relay: Relay, windows: Windows) -> Window:
    await administrator(relay)
    return await open_page(relay, windows, "/admin/customer")


def card(admin: Window) -> Locator:
    return admin.page.get_by_role("region", name=admin.t("admin.customer_files"), exact=True)


def field(admin: Window, key: str) -> Locator:
    return card(admin).get_by_label(admin.t(f"admin.customer_files_{key}"), exact=True)


async def save(admin: Window) -> None:
    name = admin.t("admin.customer_files")
    await admin.button("admin.customer_save_name", name=name).click()


async def saved(admin: Window) -> None:
    await expect(card(admin).locator(".customer-unsaved")).to_be_empty()
    await expect(card(admin).locator(".error").filter(visible=True)).to_have_count(0)


async def test_what_is_saved_holds_from_now_on(relay: Relay, admin: Window) -> None:
    await expect(field(admin, "from")).to_be_checked()
    await expect(field(admin, "size")).to_have_value("100")
    await field(admin, "to").uncheck()
    await field(admin, "size").fill("20")
    await field(admin, "count").fill("5")
    await field(admin, "blocked").fill("*.exe, *.bat")
    await save(admin)
    await saved(admin)
    rules = FileRules(
        to_customer=False, most_bytes=20_000_000, most_files=5, blocked=("*.exe", "*.bat")
    )
    assert file_rules(relay.hub.content.settings) == rules
    await admin.page.reload()
    await expect(field(admin, "blocked")).to_have_value("*.exe, *.bat")
    await expect(field(admin, "to")).not_to_be_checked()


async def test_what_cannot_be_is_said_in_words_at_its_place(relay: Relay, admin: Window) -> None:
    admin.pardon("400")
    await field(admin, "size").fill("0")
    await save(admin)
    wrong = admin.t("admin.customer_wrong_range", least="1", most="17179")
    await expect(card(admin).get_by_text(wrong)).to_be_visible()
    await expect(field(admin, "size")).to_be_focused()
    await field(admin, "size").fill("1")
    await field(admin, "blocked").fill("*.exe *")
    await save(admin)
    shape = card(admin).get_by_text(admin.t("admin.customer_wrong_patterns_shape"))
    await expect(shape).to_be_visible()
    await expect(field(admin, "blocked")).to_be_focused()
    await field(admin, "blocked").fill("*.exe")
    await expect(shape).to_have_count(0)
    await save(admin)
    await saved(admin)
    assert file_rules(relay.hub.content.settings).blocked == ("*.exe",)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("width", [390, 1280])
async def test_the_card_fits_its_page(
    relay: Relay, windows: Windows, language: Language, width: int
) -> None:
    await administrator(relay)
    window = await windows.open(language, width=width)
    await window.sign_in(relay, "root")
    await window.page.goto(f"{relay.origin}/admin/customer")
    await expect(card(window)).to_be_visible()
    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await window.page.evaluate(over) <= 0
