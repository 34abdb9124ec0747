"""A representative's photo: chosen on their page, seen by the customers they help."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import FilePayload, expect

from relay.app import Relay
from tests.browser.loop import BROWSER, fixture
from tests.browser.window import Window, Windows
from tests.relay.pictures import png
from tests.relay.site import representative

pytestmark = BROWSER


@fixture
async def account(relay: Relay, windows: Windows) -> AsyncIterator[Window]:
    """The account page of a representative."""
    await representative(relay)
    window = await windows.open()
    await window.sign_in(relay, "ada")
    await window.page.goto(f"{relay.origin}/account")
    await expect(window.words("account.photo_text")).to_be_visible()
    yield window


async def choose(account: Window, content: bytes) -> None:
    """Choose a file as a person does."""
    async with account.page.expect_file_chooser() as chooser:
        await account.button("account.photo_choose").click()
    file = FilePayload(name="me.png", mimeType="image/png", buffer=content)
    await (await chooser.value).set_files(file)


async def drawn(account: Window, width: int, height: int) -> bytes:
    """A picture that the browser itself has drawn."""
    made = await account.page.evaluate(
        """async ([width, height]) => {
            const canvas = new OffscreenCanvas(width, height);
            const context = canvas.getContext("2d");
            context.fillStyle = "#0a0";
            context.fillRect(0, 0, width, height);
            const blob = await canvas.convertToBlob();
            return [...new Uint8Array(await blob.arrayBuffer())];
        }""",
        [width, height],
    )
    return bytes(made)


async def test_a_photo_is_made_small_and_seen_by_the_customer(
    relay: Relay, windows: Windows, account: Window
) -> None:
    await choose(account, await drawn(account, 3000, 2000))
    await expect(account.words("account.photo_done")).to_be_visible()
    picture = account.page.get_by_alt_text(account.t("account.photo_alt"))
    await expect(picture).to_be_visible()
    assert await picture.evaluate("one => [one.naturalWidth, one.naturalHeight]") == [256, 256]
    await account.page.goto(f"{relay.origin}/console")
    customer = await windows.open()
    await customer.join(relay, await account.make_key())
    await account.button("console.accept_name", name="Grace").click()
    face = customer.page.locator(".chat-face img")
    await expect(face).to_be_visible()
    assert await face.evaluate("one => one.naturalWidth") == 256


async def test_it_can_be_removed(account: Window) -> None:
    await choose(account, await drawn(account, 20, 20))
    await account.button("account.photo_remove").click()
    await expect(account.words("account.photo_removed")).to_be_visible()
    await expect(account.page.get_by_alt_text(account.t("account.photo_alt"))).to_be_hidden()
    await expect(account.button("account.photo_remove")).to_be_hidden()


@pytest.mark.parametrize("content", [b"", b"no picture", png(3, 2)[:-9]])
async def test_what_is_no_picture_is_said(account: Window, content: bytes) -> None:
    await choose(account, content)
    await expect(account.words("account.photo_unreadable")).to_be_visible()
