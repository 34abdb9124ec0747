"""One's own account: password and second factor, from the pages' side."""

from playwright.async_api import expect

from relay.app import Relay
from relay.domain import second_factor as rules
from tests.browser.loop import BROWSER, fixture
from tests.browser.window import Window, Windows
from tests.relay.site import PASSWORD, representative

pytestmark = BROWSER

NEW = "another quiet harbour"


@fixture
async def account(relay: Relay, windows: Windows) -> Window:
    """The account page, reached from the console by one's own name."""
    await representative(relay)
    window = await windows.open()
    await window.sign_in(relay, "ada")
    await window.page.get_by_role("link", name=window.t("account.title")).click()
    await expect(window.page).to_have_url(f"{relay.origin}/account")
    return window


async def sign_in(window: Window, relay: Relay, password: str) -> None:
    """As far as the password goes."""
    await window.page.goto(f"{relay.origin}/login")
    await window.field("login.name").fill("ada")
    await window.field("login.password").fill(password)
    await window.button("login.button").click()


async def test_the_password_is_changed(relay: Relay, windows: Windows, account: Window) -> None:
    account.pardon("400")
    await account.field("account.password_old").fill("something else")
    await account.field("account.password_new").fill(NEW)
    await account.button("account.password_change").click()
    await expect(account.words("account.wrong.password")).to_be_visible()
    await expect(account.field("account.password_old")).to_be_focused()
    await account.field("account.password_old").fill(PASSWORD)
    await account.button("account.password_change").click()
    await expect(account.words("account.password_done")).to_be_visible()
    other = await windows.open()
    await sign_in(other, relay, NEW)
    await expect(other.page).to_have_url(f"{relay.origin}/console")


async def test_the_second_factor_from_set_up_to_its_end(
    relay: Relay, windows: Windows, account: Window
) -> None:
    await account.button("account.second_set_up").click()
    picture = account.page.get_by_role("img", name=account.t("account.second_qr"))
    await expect(picture).to_be_visible()
    secret = (await account.field("account.second_secret").input_value()).replace(" ", "")
    step = rules.step_at(relay.parts.clock.now_ms())
    await account.field("account.second_code").fill(rules.code_at(secret, step))
    await account.button("account.second_confirm").click()
    shown = account.page.locator(".second-codes li")
    await expect(shown).to_have_count(rules.RECOVERY_CODES)
    codes = await shown.all_inner_texts()
    assert len(set(codes)) == rules.RECOVERY_CODES
    await account.button("account.second_kept").click()
    await expect(account.words("account.second_on")).to_be_visible()
    other = await windows.open("de")
    other.pardon("400")
    await sign_in(other, relay, PASSWORD)
    await expect(other.page).to_have_url(f"{relay.origin}/login/code")
    await expect(other.field("account.code")).to_be_focused()
    await other.field("account.code").fill(codes[0][::-1])
    await other.button("account.code_button").click()
    await expect(other.words("account.wrong.code")).to_be_visible()
    await other.field("account.code").fill(codes[0].lower())
    await other.button("account.code_button").click()
    await expect(other.page).to_have_url(f"{relay.origin}/console")
    await account.page.reload()
    await expect(account.words("account.second_left.other", n=9)).to_be_visible()
    await account.button("account.second_turn_off").click()
    await (
        account.page.get_by_role("dialog")
        .get_by_label(account.t("account.password_old"))
        .fill(PASSWORD)
    )
    await account.field("account.second_code").fill(codes[1])
    await account.button("account.second_turn_off_yes").click()
    await expect(account.words("account.second_off")).to_be_visible()


async def test_signing_out_everywhere_leads_to_the_door(
    relay: Relay, windows: Windows, account: Window
) -> None:
    other = await windows.open()
    other.pardon("401")
    await other.sign_in(relay, "ada")
    await account.page.reload()
    await expect(account.words("account.login_other")).to_be_visible()
    await account.button("account.sign_out_everywhere").click()
    await account.page.get_by_role("dialog").locator("button.danger").click()
    await expect(account.page).to_have_url(f"{relay.origin}/login")
    await expect(other.page.locator(".band a")).to_be_visible()
