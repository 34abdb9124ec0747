"""The page about the program: one button for this machine, the file, and how far one is."""

import os
from pathlib import Path

import pytest
from playwright.async_api import Download, Locator, expect

from protocol import joincodes, keys, limits
from protocol.roles import Door, Way
from relay.domain.waiting import QueueKey
from relay.realtime.entry import Entry
from relay.storage.schema import session_key
from tests.browser.loop import BROWSER
from tests.browser.window import Language, Window, Windows
from tests.conftest import World
from tests.relay.domain.test_programs import AGENTS
from tests.relay.furnished import rows
from tests.relay.releases import FOLDER, LINUX, MACOS, MACOS_INTEL, hand_out
from tests.relay.site import representative

pytestmark = BROWSER

CONTENT = os.urandom(600_000)
HIDDEN = """Object.defineProperty(document, "visibilityState", {
    get: () => "hidden",
    configurable: true,
})"""
NAMES = (LINUX, FOLDER, MACOS, MACOS_INTEL)


async def code_in(world: World) -> str:
    """A code of somebody who waits for their program."""
    await world.configure(orphaned_at_once=False)
    entry = Entry(queue=QueueKey(), door=Door.CLIENT, language="en", token_hash=None)
    opened = await world.relay.hub.open_session(entry)
    code, _ = await world.relay.hub.entrance.make_code(opened.session)
    return joincodes.shown(code)


async def key_in(world: World, way: Way = Way.CLIENT) -> str:
    """A session key, as shown."""
    await world.configure(orphaned_at_once=False, way=way)
    ada = await representative(world.relay)
    now = world.relay.parts.clock.now_ms()
    key, _ = await world.relay.parts.keys.make(ada.id, QueueKey(), now)
    return keys.shown(key)


def hand_out_all(world: World, folder: Path, *more: str) -> None:
    for name in (*NAMES, *more):
        hand_out(world.relay, folder / "dist", name, CONTENT)


async def go(window: Window, world: World, code: str) -> None:
    await window.page.goto(f"{world.origin}/program/{code}", wait_until="networkidle")


def get(window: Window, system: str) -> Locator:
    """The big button."""
    name = window.t("program.button", system=system)
    return window.page.get_by_role("link", name=name, exact=True)


async def received(download: Download) -> tuple[str, bytes]:
    return download.suggested_filename, (await download.path()).read_bytes()


@pytest.mark.parametrize(
    ("agent", "system", "others"),
    [
        ("linux", "Linux", ["Mac with Apple chip", "Mac with Intel processor"]),
        ("macos", "macOS", ["Mac with Intel processor", "Linux"]),
        ("windows", "", ["Mac with Apple chip", "Mac with Intel processor", "Linux"]),
        ("arm", "", ["Mac with Apple chip", "Mac with Intel processor", "Linux"]),
        ("android", "", []),
    ],
)
async def test_one_button_for_this_machine_and_a_line_for_others(
    world: World, windows: Windows, tmp_path: Path, agent: str, system: str, others: list[str]
) -> None:
    hand_out_all(world, tmp_path)
    code = await code_in(world)
    window = await windows.open(agent=AGENTS[agent])
    await go(window, world, code)
    await expect(window.page.locator(".button.primary")).to_have_count(1 if system else 0)
    if system:
        await expect(get(window, system)).to_be_visible()
    line = window.page.get_by_role(
        "list", name=window.t("program.others" if system else "program.others_only")
    )
    assert await line.get_by_role("link").all_inner_texts() == others
    await expect(window.page.get_by_role("heading", level=1)).to_be_visible()
    await expect(window.page.get_by_text(code, exact=True)).to_be_visible()
    await expect(window.words("program.handheld")).to_have_count(1 if agent == "android" else 0)


async def test_without_any_file_the_code_is_to_be_typed(world: World, windows: Windows) -> None:
    code = await code_in(world)
    window = await windows.open()
    await go(window, world, code)
    await expect(window.words("ways.do_start")).to_be_visible()
    await expect(window.page.get_by_text(code, exact=True)).to_be_visible()
    await expect(window.page.locator("a")).to_have_count(1)  # to start again, hidden
    await expect(window.page.locator("a:visible")).to_have_count(0)


async def test_the_file_arrives_and_the_page_tells_how_far_one_is(
    world: World, windows: Windows, tmp_path: Path
) -> None:
    hand_out_all(world, tmp_path)
    code = await code_in(world)
    window = await windows.open()
    await go(window, world, code)
    step = window.page.get_by_role("status").filter(visible=True).and_(window.page.locator("#step"))
    await expect(step).to_contain_text(window.t("program.step_waiting"))
    async with window.page.expect_download() as coming:
        await window.page.keyboard.press("Tab")
        await expect(get(window, "Linux")).to_be_focused()
        await window.page.keyboard.press("Enter")
    assert await received(await coming.value) == (f"Support-{code}", CONTENT)
    await expect(step).to_contain_text(window.t("program.step_fetched"))
    await (await world.customer()).join(code)
    await expect(step).to_contain_text(window.t("program.step_joined"))
    await expect(get(window, "Linux")).to_have_count(0)
    await expect(window.page.get_by_role("heading")).to_have_text([window.t("ways.program_title")])
    await window.page.reload(wait_until="networkidle")
    await expect(step).to_contain_text(window.t("program.step_joined"))


async def test_a_code_that_is_over_is_told_and_leads_back(world: World, windows: Windows) -> None:
    code = await code_in(world)
    window = await windows.open()
    await go(window, world, code)
    world.later(limits.JOIN_CODE_S)
    # The page asks when it is looked at again, so the test need not wait for its clock.
    await window.turn("visible")
    await expect(window.words("program.step_over")).to_be_visible()
    await expect(window.page.get_by_text(code, exact=True).filter(visible=True)).to_have_count(0)
    await window.page.get_by_role("link", name=window.t("program.again")).click()
    await expect(window.page).to_have_url(f"{world.origin}/")


async def test_a_page_that_nobody_sees_asks_nothing(world: World, windows: Windows) -> None:
    code = await code_in(world)
    window = await windows.open()
    await window.page.add_init_script(HIDDEN)
    await go(window, world, code)
    asked = [url for url in window.requests if "/api/program/" in url]
    assert asked == []
    async with window.page.expect_request(f"**/api/program/{code}"):
        await window.turn("visible")


async def test_a_key_becomes_a_code_and_the_download_begins_by_itself(
    world: World, windows: Windows, tmp_path: Path
) -> None:
    hand_out_all(world, tmp_path)
    key = await key_in(world)
    window = await windows.open()
    await window.page.goto(f"{world.origin}/join/{key}", wait_until="networkidle")
    await window.field("key.name").fill("Grace & Co")
    await window.button("key.join").click()
    await expect(window.field("key.name")).to_have_value("Grace & Co")
    await expect(window.page).to_have_url(f"{world.origin}/program/{key}")
    (row,) = await rows(world.relay, session_key)
    assert row.used_at is None
    async with window.page.expect_download() as coming:
        await window.button("program.button", system="Linux").click()
    name, content = await received(await coming.value)
    code = name.removeprefix("Support-")
    assert joincodes.is_right(joincodes.normalise(code))
    assert content == CONTENT
    await expect(window.page).to_have_url(f"{world.origin}/program/{code}")
    await expect(window.words("program.step_fetched")).to_be_visible()
    await (await world.customer()).join(code)
    await expect(window.words("program.step_joined")).to_be_visible()


async def test_the_whole_way_needs_no_script(
    world: World, windows: Windows, tmp_path: Path
) -> None:
    hand_out_all(world, tmp_path)
    key = await key_in(world)
    window = await windows.open(scripts=False)
    await window.page.goto(f"{world.origin}/program/{key}")
    async with window.page.expect_download() as coming:
        await window.button("program.button", system="Linux").click()
    name, content = await received(await coming.value)
    assert content == CONTENT
    await expect(window.page.locator("#step")).to_be_hidden()
    async with window.page.expect_download() as again:
        await get(window, "Linux").click()
    assert await received(await again.value) == (name, CONTENT)
    await expect(window.page.get_by_role("button")).to_have_count(0)
    await expect(window.page.get_by_text(name.removeprefix("Support-"), exact=True)).to_be_visible()


async def test_a_key_can_be_used_for_another_computer(
    world: World, windows: Windows, tmp_path: Path
) -> None:
    hand_out_all(world, tmp_path)
    key = await key_in(world)
    window = await windows.open()
    await go(window, world, key)
    async with window.page.expect_download() as coming:
        await window.button("program.mac_apple").click()
    name, _ = await received(await coming.value)
    assert name.endswith(".zip")
    await expect(window.words("program.macos_warning")).to_be_visible()


async def test_a_telephone_is_shown_the_way_to_the_chat(
    world: World, windows: Windows, tmp_path: Path
) -> None:
    hand_out_all(world, tmp_path)
    key = await key_in(world, Way.CHOICE)
    window = await windows.open(agent=AGENTS["ios"], width=360, height=740)
    await go(window, world, key)
    await expect(window.words("program.handheld")).to_be_visible()
    await window.page.get_by_role("link", name=window.t("program.chat")).click()
    await expect(window.field("key.label")).to_have_value(key)


async def test_lines_and_code_can_be_copied_and_the_sum_be_looked_at(
    world: World, windows: Windows, tmp_path: Path
) -> None:
    hand_out_all(world, tmp_path)
    code = await code_in(world)
    window = await windows.open(permissions=["clipboard-read", "clipboard-write"])
    await go(window, world, code)
    copies = window.button("ways.copy")
    await expect(copies).to_have_count(3)
    wanted = [
        f"chmod +x ~/Downloads/Support-{code} && ~/Downloads/Support-{code}",
        f"cd ~/Downloads && tar -xf Support-{code}.tar.xz"
        f" && support-bridge/support-bridge --key {code}",
        code,
    ]
    for text in wanted:
        await copies.first.click()
        assert await window.page.evaluate("() => navigator.clipboard.readText()") == text
    await expect(window.button("ways.copied")).to_have_count(3)
    program = world.relay.parts.programs.get(LINUX)
    assert program
    await window.page.get_by_text(window.t("program.check"), exact=True).press("Enter")
    await expect(window.page.get_by_text(program.sha256).first).to_be_visible()


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("agent", ["linux", "windows", "macos"])
async def test_a_narrow_window_shows_everything_in_its_width(
    world: World, windows: Windows, tmp_path: Path, language: Language, agent: str
) -> None:
    hand_out_all(world, tmp_path)
    code, key = await code_in(world), await key_in(world)
    window = await windows.open(language, width=320, height=640, agent=AGENTS[agent])
    for one in (code, key):
        await go(window, world, one)
        assert await window.page.evaluate("() => document.documentElement.scrollWidth") == 320
