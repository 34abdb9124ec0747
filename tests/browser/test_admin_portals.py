"""Portals as an administrator meets them: addresses, colours that can be read, logos."""

from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from relay.app import Relay
from relay.domain.colours import TEXT, contrast
from tests.browser.loop import BROWSER
from tests.browser.site_admin import at_page, dialog, does_not_scroll_sideways
from tests.browser.window import Scheme, Window, Windows
from tests.relay.pictures import JPEG, WEBP_LOSSLESS, WEBP_LOSSY, png

pytestmark = BROWSER

PATH = "/admin/portals"
RENDERED = """e => {
    const hex = (c) => "#" + c.match(/\\d+/g).slice(0, 3)
        .map((n) => Number(n).toString(16).padStart(2, "0")).join("");
    const ground = (n) => getComputedStyle(n).backgroundColor;
    let around = e;
    while (/rgba\\(.*, 0\\)|transparent/.test(ground(around))) around = around.parentElement;
    return [hex(getComputedStyle(e).color), hex(ground(around))];
}"""


def card(window: Window, name: str) -> Locator:
    heading = window.page.get_by_role("heading", name=name, exact=True)
    return window.page.locator(".site-card", has=heading)


def chosen_file(window: Window) -> Locator:
    return dialog(window).locator("input[type=file]")


async def open_main(window: Window) -> None:
    await window.button("admin.person_edit_name", name="Support").click()


async def save(window: Window) -> None:
    await window.button("admin.person_save").click()
    await expect(window.page.locator("dialog")).to_have_count(0)


async def test_a_portal_is_made_and_stands_at_its_address(relay: Relay, windows: Windows) -> None:
    window = await at_page(relay, windows, PATH)
    window.pardon("400")
    window.pardon("409")
    await window.button("admin.portals_add").click()
    await window.field("admin.portals_name").fill("Acme Shop")
    slug = window.field("admin.portals_slug")
    for typed, said in (("Shop!", "slug"), ("admin", "reserved")):
        await slug.fill(typed)
        await window.button("admin.person_save").click()
        await expect(window.words(f"admin.portals_wrong_{said}")).to_be_visible()
        await expect(slug).to_be_focused()
    await slug.fill("shop")
    await save(window)
    link = card(window, "Acme Shop").get_by_role("link")
    await expect(link).to_have_text(f"{relay.origin}/p/shop")
    await window.button("admin.portals_add").click()
    await slug.fill("shop")
    await window.button("admin.person_save").click()
    await expect(window.words("admin.portals_wrong_taken")).to_be_visible()
    await window.page.keyboard.press("Escape")
    await window.button("admin.teams_discard").click()
    await window.button("admin.role_delete_name", name="Acme Shop").click()
    await window.button("admin.role_delete").last.click()
    await expect(card(window, "Acme Shop")).to_have_count(0)
    await expect(window.button("admin.role_delete_name", name="Support")).to_have_count(0)


async def test_a_colour_that_cannot_be_read_is_said_and_a_near_one_offered(
    relay: Relay, windows: Windows
) -> None:
    window = await at_page(relay, windows, PATH)
    await open_main(window)
    await dialog(window).get_by_text(window.t("admin.portals_accent_own")).click()
    code = window.field("admin.portals_accent_code")
    await expect(window.words("admin.portals_accent_good")).to_be_visible()
    await code.fill("#ffd400")
    nearest = "#8D7400"
    await expect(window.words("admin.portals_accent_bad", colour=nearest)).to_be_visible()
    await window.button("admin.portals_accent_take", colour=nearest).click()
    await expect(code).to_have_value(nearest.lower())
    await expect(window.words("admin.portals_accent_good")).to_be_visible()
    await code.fill("#ffd4")
    await expect(code).to_have_attribute("aria-invalid", "true")
    window.pardon("400")
    await window.button("admin.person_save").click()
    await expect(window.words("admin.portals_wrong_colour")).to_be_visible()
    await code.fill("#ffd400")
    await expect(window.words("admin.portals_accent_bad", colour=nearest)).to_be_visible()
    await save(window)
    await expect(card(window, "Support")).to_contain_text("#ffd400")
    assert relay.hub.content.portals["main"].accent == "#ffd400"


@pytest.mark.parametrize("accent", ["#ffd400", "#e30613", "#101010", "#f8f8f8"])
async def test_whatever_is_chosen_the_preview_can_be_read(
    relay: Relay, windows: Windows, accent: str
) -> None:
    window = await at_page(relay, windows, PATH)
    await open_main(window)
    await dialog(window).get_by_text(window.t("admin.portals_accent_own")).click()
    async with window.page.expect_response(lambda one: accent[1:] in one.url):
        await window.field("admin.portals_accent_code").fill(accent)
    buttons, links = (dialog(window).locator(one) for one in (".mini-button", ".mini-link"))
    await expect(buttons).to_have_count(2)
    for one in (*(await buttons.all()), *(await links.all())):
        ink, ground = await one.evaluate(RENDERED)
        assert contrast(ink, ground) >= TEXT, (ink, ground)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_colours_reach_a_page_that_loads_them(
    relay: Relay, windows: Windows, scheme: Scheme
) -> None:
    window = await at_page(relay, windows, PATH, scheme=scheme)
    await open_main(window)
    await dialog(window).get_by_text(window.t("admin.portals_accent_own")).click()
    await window.field("admin.portals_accent_code").fill("#e30613")
    await expect(window.words("admin.portals_accent_good")).to_be_visible()
    await save(window)
    await window.page.goto(relay.origin, wait_until="networkidle")
    read = "getComputedStyle(document.documentElement).getPropertyValue('--accent')"
    wanted = {"light": "#E30613", "dark": "#E71318"}[scheme]
    assert await window.page.evaluate(read) == wanted


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.png", png(120, 40)),
        ("logo.jpg", JPEG),
        ("lossy.webp", WEBP_LOSSY),
        ("lossless.webp", WEBP_LOSSLESS),
    ],
)
async def test_a_logo_is_chosen_seen_and_kept(
    relay: Relay, windows: Windows, tmp_path: Path, name: str, content: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    window = await at_page(relay, windows, PATH)
    await open_main(window)
    await chosen_file(window).set_input_files(file)
    preview = dialog(window).get_by_alt_text(window.t("admin.portals_logo_alt"))
    await expect(preview).to_be_visible()
    assert relay.hub.content.portals["main"].logo == "", "nothing is sent before it is saved"
    await save(window)
    shown = card(window, "Support").locator("img")
    await expect(shown).to_be_visible()
    assert await shown.evaluate("e => e.decode().then(() => e.naturalWidth)") > 0
    await open_main(window)
    await window.button("admin.portals_logo_remove").click()
    await expect(window.words("admin.portals_logo_none")).to_be_visible()
    await save(window)
    await expect(card(window, "Support").locator("img")).to_have_count(0)


async def test_what_is_no_logo_is_said_before_anything_is_sent(
    relay: Relay, windows: Windows, tmp_path: Path
) -> None:
    files = {
        "logo.svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='ran()'/>", "svg"),
        "logo.gif": (b"GIF89a", "kind"),
        "broken.png": (png(3, 2)[:40], "damaged"),
        "wide.png": (png(1025, 1), "pixels"),
        "large.png": (png(3, 2) + bytes(256 * 1024), "large"),
    }
    window = await at_page(relay, windows, PATH)
    await open_main(window)
    for name, (content, said) in files.items():
        (tmp_path / name).write_bytes(content)
        await chosen_file(window).set_input_files(tmp_path / name)
        await expect(window.words(f"admin.portals_wrong_logo_{said}")).to_be_visible()
        await expect(window.words("admin.portals_logo_none")).to_be_visible()
    assert not [one for one in window.requests if one.endswith("/logo")]


async def test_a_logo_that_only_the_relay_refuses_leaves_the_rest_saved(
    relay: Relay, windows: Windows, tmp_path: Path
) -> None:
    damaged = bytearray(png(30, 20))
    damaged[-5] ^= 1  # the last checksum, which browsers do not look at
    (tmp_path / "logo.png").write_bytes(damaged)
    window = await at_page(relay, windows, PATH)
    window.pardon("400")
    await open_main(window)
    await window.field("admin.portals_name").fill("Acme")
    await chosen_file(window).set_input_files(tmp_path / "logo.png")
    await window.button("admin.person_save").click()
    why = window.t("admin.portals_wrong_logo_damaged")
    await expect(window.words("admin.portals_logo_failed", why=why)).to_be_visible()
    assert relay.hub.content.portals["main"].name == "Acme"
    await window.button("admin.portals_logo_remove").click()
    await save(window)
    await expect(card(window, "Acme")).to_be_visible()


@pytest.mark.parametrize("width", [320, 400])
async def test_narrow_pages_do_not_scroll_sideways(
    relay: Relay, windows: Windows, width: int
) -> None:
    window = await at_page(relay, windows, PATH, "de", width=width, height=740)
    await window.button("admin.portals_add").click()
    await window.field("admin.portals_name").fill("Ein langer Name für ein kleines Portal")
    await window.field("admin.portals_slug").fill("eine-lange-adresse-fuer-ein-portal")
    await dialog(window).get_by_text(window.t("admin.portals_accent_own")).click()
    assert await does_not_scroll_sideways(window.page)
    await save(window)
    assert await does_not_scroll_sideways(window.page)
