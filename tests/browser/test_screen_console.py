"""Asking for the customer's screen, and how the console says how one stands with it."""

import re
from collections.abc import AsyncIterator
from typing import NamedTuple

import pytest
from playwright.async_api import Locator, expect

from protocol.screen import Obstacle, Obstacles
from protocol.share_facts import GrantOver, ShareEnded
from protocol.share_requests import GrantTake
from protocol.sharing import Grant, GrantEnd, PauseCause
from relay.app import Relay
from tests.browser.loop import BROWSER, fixture
from tests.browser.sharer import Scene, colours, scene
from tests.browser.window import Pair, Window, Windows
from tests.peers import client_id
from tests.relay.furnished import STAY, settings
from tests.relay.site import representative

pytestmark = BROWSER

EVIL = '<img src=x onerror="document.title=1"> \u202e& {name}'


@fixture
async def here(relay: Relay, windows: Windows) -> AsyncIterator[Scene]:
    """Ada and Grace, and nothing shared yet."""
    async with scene(relay, windows) as opened:
        yield opened


def words(window: Window) -> Locator:
    """How one stands with the screen."""
    return window.page.locator(".share-words").filter(visible=True)


async def ask(here: Scene, wanted: str, reason: str = "") -> None:
    """Ask as a person does, and wait until Grace is asked."""
    await here.console.button(f"console.share_{wanted}").click()
    await here.console.field("console.share_reason").fill(reason)
    await here.console.page.keyboard.press("Enter")
    await expect(here.console.page.get_by_role("dialog")).to_have_count(0)


async def test_a_question_has_its_reason_and_a_yes_shows_the_screen(here: Scene) -> None:
    await ask(here, "see", "The printer")
    asked = await here.grace.asked()
    assert (asked.by, asked.grant, asked.reason) == (here.ada, Grant.VIEW, "The printer")
    await expect(words(here.console)).to_contain_text(
        here.console.t("console.share_open_view", name="Grace", time="").split(",")[0]
    )
    await here.share()
    await here.see()
    await expect(here.console.words("console.share_all")).to_be_visible()


async def test_control_is_asked_for_alike_and_has_its_time(here: Scene) -> None:
    await ask(here, "control")
    assert (await here.grace.asked()).grant is Grant.CONTROL
    await here.share(Grant.VIEW, Grant.CONTROL, lasts_s=600)
    await here.see()
    await expect(words(here.console)).to_contain_text("9:5")
    await here.console.button("console.share_return").click()
    over = await here.grace.socket.hear(GrantOver)
    assert (over.grant, over.why) == (Grant.CONTROL, GrantEnd.RETURNED)
    await expect(here.console.button("console.share_control")).to_be_visible()


async def test_a_question_can_be_withdrawn(here: Scene) -> None:
    await ask(here, "see")
    await here.grace.asked()
    see = here.console.button("console.share_see")
    await expect(see).to_have_attribute("aria-description", here.console.t("console.share_asked"))
    await here.console.button("console.share_withdraw_view").click()
    assert (await here.grace.socket.hear(GrantOver)).why is GrantEnd.WITHDRAWN
    await expect(see).to_have_attribute("aria-disabled", "false")


async def test_after_a_no_the_button_says_so(here: Scene) -> None:
    await ask(here, "see")
    await here.grace.asked()
    await here.grace.deny(here.ada, Grant.VIEW)
    see = here.console.button("console.share_see")
    start = here.console.t("console.share_denied", name="Grace", time="|", left="").split("|")[0]
    await expect(see).to_have_attribute("title", re.compile(f"^{re.escape(start)}"))
    await expect(see).to_have_attribute("aria-disabled", "true")
    await see.click(force=True)
    await expect(here.console.page.get_by_role("dialog")).to_have_count(0)
    await expect(words(here.console)).to_contain_text(
        here.console.t("line.view_denied", customer="Grace")
    )


async def test_who_writes_in_the_web_chat_is_offered_the_program_first(talking: Pair) -> None:
    _, ada = talking
    for wanted in ("see", "control"):
        button = ada.button(f"console.share_{wanted}")
        why = ada.t("console.share_web_chat", name="Grace")
        await expect(button).to_have_attribute("aria-description", why)


async def test_somebody_who_is_gone_cannot_be_asked(here: Scene) -> None:
    await here.grace.socket.close()
    see = here.console.button("console.share_see")
    why = here.console.t("link.away", name="Grace")
    await expect(see).to_have_attribute("aria-description", why)


async def test_whatever_is_written_is_text(here: Scene) -> None:
    await ask(here, "see", EVIL)
    assert (await here.grace.asked()).reason == EVIL.strip()
    await expect(here.console.log).to_contain_text("<img src=x onerror=")
    assert await here.console.page.locator("img[src=x]").count() == 0


@pytest.mark.parametrize("obstacle", list(Obstacle))
async def test_what_is_in_the_way_is_said(here: Scene, obstacle: Obstacle) -> None:
    await here.share(Grant.VIEW, Grant.CONTROL)
    await here.see()
    told = here.console.page.locator(".screen-words")
    await here.grace.tell(Obstacles(view=obstacle))
    await expect(told).to_have_text(here.console.t(f"screen.seeing_{obstacle}", name="Grace"))
    await here.grace.tell(Obstacles(control=obstacle))
    await expect(told).to_have_text(here.console.t(f"screen.acting_{obstacle}", name="Grace"))
    await here.grace.tell(Obstacles())
    await expect(told).to_have_text("")


async def test_while_the_customer_chooses_the_console_says_so(here: Scene) -> None:
    await here.share()
    await here.see()
    await here.grace.pause(PauseCause.CHOOSING)
    told = here.console.page.locator(".screen-middle")
    await expect(told).to_have_text(here.console.t("screen.paused_choosing", name="Grace"))


async def test_the_conversation_goes_on_beside_the_screen(here: Scene) -> None:
    console = here.console
    await console.field("chat.write").fill("Half a sen")
    await console.field("chat.write").focus()
    await here.share()
    await here.see()
    await expect(console.field("chat.write")).to_be_focused()
    await expect(console.field("chat.write")).to_have_value("Half a sen")
    await console.say("Hello beside the screen")
    await expect(console.line("Hello beside the screen")).to_be_visible()
    await console.page.get_by_role("tab", name=console.t("console.beside_side")).click()
    await expect(console.field("console.note_write")).to_be_visible()
    await expect(console.field("chat.write")).to_have_count(0)
    await console.page.keyboard.press("ArrowLeft")
    await expect(console.field("chat.write")).to_be_visible()
    await here.grace.end()
    await expect(console.field("console.note_write")).to_be_visible()
    await expect(console.field("chat.write")).to_be_visible()


async def test_the_log_tells_the_story(here: Scene) -> None:
    await ask(here, "see", "The printer")
    await here.grace.asked()
    await here.share(Grant.VIEW, Grant.CONTROL)
    await here.grace.pause()
    await here.grace.end()
    t = here.console.t
    story = [
        t("line.with_reason", words=t("line.view_asked_you"), reason="The printer"),
        t("line.view_given", customer="Grace"),
        t("line.control_given", customer="Grace"),
        t("line.share_all", customer="Grace"),
        t("line.share_paused_customer", customer="Grace"),
        t("line.share_ended_customer", customer="Grace"),
    ]
    told = here.console.log.locator(".line-system")
    await expect(told).to_have_count(len(story) + 2)
    lines = await told.all_inner_texts()
    assert [line.rpartition(" · ")[0] for line in lines[2:]] == story


class Two(NamedTuple):
    """Bob has joined Ada and Grace."""

    here: Scene
    bob: Window
    bobs_id: str


@fixture
async def two(relay: Relay, windows: Windows) -> AsyncIterator[Two]:
    """Two representatives with one customer."""
    await settings(relay, STAY)
    async with scene(relay, windows) as here:
        await representative(relay, "bob")
        bob = await windows.open()
        await bob.sign_in(relay, "bob")
        await here.console.button("desk.invite").click()
        dialog = here.console.page.get_by_role("dialog")
        await dialog.get_by_role("radio", name="Bob").check()
        await dialog.get_by_role("button", name=here.console.t("desk.invite"), exact=True).click()
        await bob.button("queue.join_name", name="Grace").click()
        await bob.log.wait_for()
        (room,) = relay.hub.rooms.values()
        named = {one.name: one.id for one in room.session.snapshot.participants}
        yield Two(here, bob, named["Bob"])


async def test_two_see_and_each_has_grants_of_their_own(two: Two) -> None:
    here, bob, bobs_id = two
    await here.share(Grant.VIEW, Grant.CONTROL)
    await here.see()
    await expect(words(bob)).to_contain_text(bob.t("console.share_unseen", name="Grace"))
    await expect(bob.page.locator("canvas.screen-picture")).to_be_hidden()
    await here.grace.give(bobs_id, Grant.VIEW)
    await here.grace.watched()
    await here.grace.show(colours(), key=True)
    await expect(bob.page.locator("canvas.screen-picture")).to_be_visible()
    await expect(words(bob)).to_contain_text(bob.t("console.share_driver", name="Ada"))
    others = here.console.t("console.share_other", names="Bob")
    await expect(words(here.console)).to_contain_text(others)
    await here.grace.ask(GrantTake(id=client_id(), grant=Grant.VIEW, to=bobs_id))
    await expect(bob.page.locator("canvas.screen-picture")).to_be_hidden()
    await expect(here.canvas).to_be_visible()


async def test_ending_it_for_others_too_is_asked_first(two: Two) -> None:
    here, bob, bobs_id = two
    await here.share()
    await here.grace.give(bobs_id, Grant.VIEW)
    await here.console.button("console.share_stop").click()
    dialog = here.console.page.get_by_role("dialog")
    await expect(dialog).to_contain_text("Bob")
    await dialog.get_by_role("button", name=here.console.t("console.share_stop")).click()
    await here.grace.socket.hear(ShareEnded)
    told = bob.t("line.share_ended_representative", name="Ada")
    await expect(words(bob)).to_contain_text(told)


async def test_in_a_narrow_window_the_screen_is_a_tab(relay: Relay, windows: Windows) -> None:
    async with scene(relay, windows, width=480, height=800) as here:
        tab = here.console.page.get_by_role("tab", name=here.console.t("console.share"))
        await tab.click()
        await expect(here.console.field("chat.write")).to_have_count(0)
        await here.share()
        await here.see()
        talk = here.console.page.get_by_role(
            "tab", name=here.console.t("console.beside_talk")
        ).filter(visible=True)
        await talk.filter(visible=True).click()
        await expect(here.console.field("chat.write")).to_be_visible()
        await expect(here.canvas).to_have_count(0)
        await tab.click()
        await here.grace.watched()
        await here.see()


async def test_full_screen_shows_picture_and_tools_and_ends_with_the_share(here: Scene) -> None:
    await here.share(Grant.VIEW, Grant.CONTROL)
    await here.see()
    await here.console.button("screen.full").click()
    full = "document.fullscreenElement?.className ?? ''"
    await here.console.page.wait_for_function(f"() => ({full}).includes('session-screen')")
    await expect(here.console.button("screen.full_leave")).to_be_visible()
    await here.grace.end()
    await here.console.page.wait_for_function(f"() => ({full}) === ''")


async def test_the_keyboard_reaches_everything(here: Scene) -> None:
    page = here.console.page
    await page.locator(".session-head h2").click()
    await page.keyboard.press("v")
    await expect(here.console.field("console.share_reason")).to_be_focused()
    await page.keyboard.press("Enter")
    await here.grace.asked()
    await here.share(Grant.VIEW, Grant.CONTROL)
    await here.see()
    await page.locator(".session-head h2").click()
    await page.keyboard.press("?")
    help_ = page.get_by_role("dialog")
    for key in ("G", "V", "C", "F", "Ctrl+Alt+Shift+L"):
        await expect(help_.get_by_text(key, exact=True)).to_be_visible()
    await page.keyboard.press("Escape")
    await page.keyboard.press("g")
    await expect(page.locator(".screen-keys")).to_be_focused()
    await page.keyboard.press("Control+Alt+Shift+KeyL")
    await page.keyboard.press("m")
    await expect(here.console.field("chat.write")).to_be_focused()


async def test_who_types_when_the_share_ends_does_nothing_to_the_console(here: Scene) -> None:
    await here.share(Grant.VIEW, Grant.CONTROL)
    await here.see()
    await here.console.button("console.share_return").wait_for()
    await here.canvas.click()
    await here.grace.end()
    await expect(words(here.console)).to_be_focused()
    await here.console.page.keyboard.type("Never ?")
    await expect(here.console.page.get_by_role("dialog")).to_have_count(0)
