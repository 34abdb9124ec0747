"""Hold and resume, and pages that are offered."""

import pytest
from playwright.async_api import expect

from tests.browser.loop import BROWSER
from tests.browser.window import Pair

pytestmark = BROWSER

PAGE = "https://acme.example/driver?v=2"


async def test_on_hold_and_back(talking: Pair) -> None:
    customer, console = talking
    await console.button("desk.hold").click()
    await expect(customer.words("chat.held", name="Ada")).to_be_visible()
    await expect(customer.log).to_contain_text(customer.t("steps.line_held", name="Ada"))
    await expect(console.words("desk.held_you", name="Grace")).to_be_visible()
    await console.button("desk.resume").click()
    await expect(customer.words("chat.held", name="Ada")).to_have_count(0)
    await expect(customer.log).to_contain_text(customer.t("steps.line_resumed", name="Ada"))
    await expect(console.button("desk.hold")).to_be_visible()


async def test_a_page_is_offered_and_opens_when_the_customer_says_so(talking: Pair) -> None:
    customer, console = talking
    await console.button("desk.link").click()
    await console.field("desk.link_label").fill(PAGE)
    await expect(console.words("desk.link_leads", host="acme.example")).to_be_visible()
    await console.button("desk.link_send").click()
    said = customer.t("line.link", url=PAGE)
    await expect(customer.line(said)).to_be_visible()
    link = customer.log.get_by_role("link")
    await expect(link).to_have_attribute("href", PAGE)
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await expect(link).to_have_attribute("target", "_blank")
    assert len(customer.page.context.pages) == 1, "nothing opens by itself"
    await expect(console.line(said)).to_contain_text(console.t("chat.seen"))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "acme.example",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://acme.example@evil.example/",
        "https://",
    ],
)
async def test_what_is_no_plain_address_is_not_offered(talking: Pair, address: str) -> None:
    _, console = talking
    await console.button("desk.link").click()
    await console.field("desk.link_label").fill(address)
    why = console.t("desk.link_wrong" if address else "desk.link_none")
    await expect(console.button("desk.link_send")).to_have_attribute("title", why)
    await console.field("desk.link_label").press("Enter")
    await expect(console.field("desk.link_label")).to_be_visible()
