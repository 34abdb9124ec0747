"""The queue at the console: whose it is, what is known of who waits, and who may come in again."""

import secrets
from collections.abc import Awaitable, Callable

import msgspec
import pytest
from playwright.async_api import Locator, expect

from protocol.queues import QueueKind
from protocol.roles import Door
from relay.app import Relay
from relay.domain.accounts import Account
from relay.domain.permissions import EVERYTHING, Permission
from relay.domain.waiting import QueueKey
from relay.realtime.entry import Entry
from relay.storage.join_codes import JoinCodeStore
from relay.storage.sessions import OpenedSession
from tests.browser.loop import BROWSER, fixture
from tests.browser.window import Window, Windows
from tests.relay.furnished import STAY, issue, settings, team
from tests.relay.site import PASSWORD, representative

pytestmark = BROWSER

Opener = Callable[..., Awaitable[OpenedSession]]


@fixture
async def ada(relay: Relay) -> Account:
    return await representative(relay)


@fixture
async def console(relay: Relay, ada: Account, windows: Windows) -> Window:
    await settings(relay, STAY)
    window = await windows.open()
    await window.sign_in(relay, "ada")
    return window


@pytest.fixture
def come(relay: Relay) -> Opener:
    """Somebody comes in."""

    async def opened(
        name: str,
        queue: QueueKey | None = None,
        door: Door = Door.CHAT,
        language: str = "en",
        **known: str,
    ) -> OpenedSession:
        entry = Entry(
            queue=queue or QueueKey(),
            door=door,
            language=language,
            token_hash=secrets.token_hex(32),
            name=name,
            issue=known.get("issue", ""),
            words=known.get("words", ""),
            system=known.get("system", ""),
        )
        return await relay.hub.open_session(entry)

    return opened


def waiter(console: Window, name: str) -> Locator:
    """The queue's entry of somebody."""
    return console.page.locator(".waiter", has_text=name)


async def test_entries_stand_in_their_queues_and_can_be_filtered(
    relay: Relay, ada: Account, console: Window, come: Opener
) -> None:
    second = await team(relay, "Second line", ada.id)
    other = await team(relay, "Night shift")
    await come("Grace", QueueKey(QueueKind.PERSONAL, ada.id))
    await come("Linus", QueueKey(QueueKind.TEAM, second))
    await come("Dennis")
    await come("Not mine", QueueKey(QueueKind.TEAM, other))
    page = console.page
    titles = page.locator(".queue h3:visible")
    own, everybody = console.t("console.queue_own"), console.t("console.queue_general")
    await expect(titles).to_have_text([own, "Second line", everybody])
    await expect(waiter(console, "Not mine")).to_have_count(0)
    await console.field("queue.filter").select_option(label="Second line")
    await expect(titles).to_have_text(["Second line"])
    await page.reload()
    await expect(titles).to_have_text(["Second line"])
    more = page.get_by_role("button", name=console.t("queue.more.other", n=2))
    await more.click()
    await expect(titles).to_have_text([own, "Second line", everybody])
    await expect(console.field("queue.filter")).to_be_focused()


async def test_what_is_known_of_who_waits_is_shown_as_text(
    relay: Relay, console: Window, come: Opener
) -> None:
    printer = await issue(relay, "Printer")
    words = "It says <b>jam</b>\n<img src=x onerror=alert(1)>"
    known = {"issue": printer, "words": words, "system": "Windows 11"}
    await come("Grace", None, Door.CLIENT, "de", **known)
    entry = waiter(console, "Grace")
    for shown in ("Printer", "Program, Windows 11", "German", console.t("page.offline")):
        await expect(entry.get_by_text(shown, exact=True)).to_be_visible()
    said = entry.locator(".waiter-words")
    await expect(said).to_be_hidden()
    await entry.get_by_text(console.t("queue.words")).click()
    await expect(said).to_be_visible()
    assert await said.text_content() == words
    await expect(entry.locator("b, img")).to_have_count(0)
    await come("Linus")
    await expect(waiter(console, "Linus")).to_be_visible()
    await expect(said).to_be_visible()


async def test_who_still_answers_questions_cannot_be_taken_and_the_button_says_why(
    relay: Relay, windows: Windows, console: Window
) -> None:
    await settings(relay, msgspec.structs.replace(STAY, agreement_chat=True))
    key = await console.make_key()
    customer = await windows.open()
    await customer.page.goto(relay.origin)
    await customer.field("key.label").fill(key)
    await customer.field("key.name").fill("Grace")
    await customer.button("ways.chat").click()
    accept = console.button("console.accept_name", name="Grace")
    await expect(accept).to_have_attribute("aria-disabled", "true")
    await expect(accept).to_have_attribute("title", console.t("queue.preparing_why", name="Grace"))
    await accept.click(force=True)
    await expect(console.log).to_have_count(0)
    await customer.button("steps.accept").click()
    await expect(accept).to_have_attribute("aria-disabled", "false")
    await accept.click()
    card = console.page.get_by_role("region", name=console.t("console.info"))
    await expect(card.get_by_text(console.t("desk.agreement_yes"))).to_be_visible()
    await expect(
        console.log.get_by_text(console.t("chat.desk_agreed", customer="Grace"))
    ).to_be_visible()


async def test_who_asks_to_be_let_in_again_is_let_in_from_the_queue_or_the_session(
    relay: Relay, console: Window, come: Opener
) -> None:
    session = await come("Grace", door=Door.CLIENT)
    entrance = relay.hub.entrance
    code, _ = await entrance.make_code(session.session)
    now = relay.parts.clock.now_ms()
    codes = JoinCodeStore(relay.database)
    await codes.redeem(code, now)
    await entrance.knock(session.session)
    let_in = console.button("queue.let_in_name", name="Grace")
    await let_in.click()
    await expect(console.words("queue.let_in_done", name="Grace")).to_be_visible()
    await expect(let_in).to_have_count(0)
    assert await codes.redeem(code, now) == session.session
    await console.button("console.accept_name", name="Grace").click()
    await entrance.knock(session.session)
    await expect(console.words("desk.knocks", name="Grace")).to_be_visible()
    await let_in.click()
    await expect(console.words("desk.knocks", name="Grace")).to_have_count(0)


async def test_a_key_for_a_team_leads_to_its_queue(
    relay: Relay, ada: Account, windows: Windows, console: Window
) -> None:
    await team(relay, "Second line", ada.id)
    await team(relay, "Night shift")
    await console.button("console.key").click()
    keys = console.page.get_by_role("dialog").locator(".key-buttons").first
    await expect(keys.get_by_role("button")).to_have_text(
        [
            console.t("console.key_own"),
            console.t("console.key_team", name="Second line"),
            console.t("console.key_general"),
        ]
    )
    await console.button("console.key_team", name="Second line").click()
    await expect(console.page.locator(".key-row")).to_contain_text("Second line")
    key = await console.page.locator(".key-number").inner_text()
    await console.page.keyboard.press("Escape")
    customer = await windows.open()
    await customer.join(relay, key)
    section = console.page.get_by_role("region", name="Second line")
    await expect(section.get_by_text("Grace", exact=True)).to_be_visible()


async def test_without_the_permission_nothing_is_offered(
    relay: Relay, windows: Windows, console: Window
) -> None:
    people, parts = relay.parts.people, relay.parts
    role = await people.make_role(EVERYTHING, "Listener", frozenset({Permission.SESSION_ACCEPT}))
    eve = await people.add(EVERYTHING, "eve", "Eve", role.id, parts.clock.now_ms())
    await parts.accounts.change_password(eve.id, None, await parts.passwords.hash(PASSWORD), "")
    customer = await windows.open()
    await customer.join(relay, await console.make_key("console.key_general"))
    window = await windows.open()
    await window.page.goto(f"{relay.origin}/login")
    await window.field("login.name").fill("eve")
    await window.field("login.password").fill(PASSWORD)
    await window.button("login.button").click()
    await window.button("console.accept_name", name="Grace").click()
    await expect(window.button("session.end")).to_be_visible()
    await expect(window.button("desk.program")).to_be_visible()
    for key in ("desk.pass", "desk.invite", "desk.notice", "console.key"):
        await expect(window.button(key)).to_have_count(0)
    await window.field("console.note_write").fill("A note")
    send = window.page.locator(".session-side").get_by_role("button", name=window.t("chat.send"))
    await expect(send).to_have_attribute("title", window.t("desk.note_forbidden"))
    await window.page.keyboard.press("Escape")
    for key in ("t", "i", "s", "k"):
        await window.page.keyboard.press(key)
        await expect(window.page.get_by_role("dialog")).to_have_count(0)
    await window.page.keyboard.press("?")
    await expect(window.page.get_by_role("dialog")).to_contain_text(window.t("session.end"))
    await expect(window.words("console.shortcut_pass")).to_have_count(0)
