"""What a representative does with a session: pass it on, invite, leave, send a notice."""

from typing import NamedTuple

from playwright.async_api import Locator, expect

from relay.app import Relay
from relay.domain.accounts import UserRole
from tests.browser.loop import BROWSER, fixture
from tests.browser.window import Pair, Window, Windows
from tests.relay.furnished import STAY, notice, settings, team
from tests.relay.site import representative

pytestmark = BROWSER


class Trio(NamedTuple):
    """Grace talks with Ada; Bob is at his desk and in the team "Second line"."""

    customer: Window
    ada: Window
    bob: Window


@fixture
async def trio(relay: Relay, windows: Windows) -> Trio:
    await settings(relay, STAY)
    await representative(relay)
    bob = await representative(relay, "bob")
    desks = []
    for name in ("ada", "bob"):
        desks.append(await windows.open())
        await desks[-1].sign_in(relay, name)
    customer = await windows.open(width=360, height=740)
    await customer.join(relay, await desks[0].make_key())
    await Pair(customer, desks[0]).start_talking()
    await team(relay, "Second line", bob.id)
    return Trio(customer, *desks)


def dialog(window: Window) -> Locator:
    return window.page.get_by_role("dialog")


async def choose(window: Window, button: str, name: str) -> None:
    """Open the dialog behind `button`, choose, and send."""
    await window.button(button).click()
    await dialog(window).get_by_role("radio", name=name).check()
    await dialog(window).get_by_role("button", name=window.t(button), exact=True).click()
    await expect(dialog(window)).to_have_count(0)


async def join(trio: Trio) -> None:
    """Bob joins Ada's session by invitation."""
    await choose(trio.ada, "desk.invite", "Bob")
    await trio.bob.button("queue.join_name", name="Grace").click()
    await expect(trio.bob.log.get_by_text(trio.bob.t("line.accepted_you"))).to_be_visible()


async def test_a_customer_is_passed_on_with_a_note_and_comes_back(trio: Trio) -> None:
    customer, ada, bob = trio
    await ada.say("One moment, my colleague knows more")
    await ada.button("desk.pass").click()
    await dialog(ada).get_by_role("radio", name="Second line").check()
    await dialog(ada).get_by_label(ada.t("desk.note")).fill("Third floor")
    await dialog(ada).get_by_role("button", name=ada.t("desk.pass"), exact=True).click()
    told = ada.words("desk.passed_you", customer="Grace", queue="Second line")
    await expect(told).to_be_visible()
    await expect(ada.words("console.empty_title")).to_be_visible()
    entry = bob.page.locator(".waiter", has_text="Grace")
    await expect(entry).to_contain_text(bob.t("queue.passed", name="Ada"))
    await customer.say("I am still here")
    await bob.button("console.accept_name", name="Grace").click()
    await expect(bob.line("One moment, my colleague knows more")).to_be_visible()
    await expect(bob.line("I am still here")).to_be_visible()
    await expect(bob.page.get_by_text("Third floor", exact=True)).to_be_visible()
    await choose(bob, "desk.pass", "Ada")
    await ada.button("console.accept_name", name="Grace").click()
    await ada.say("Here I am again")
    await expect(customer.line("Here I am again")).to_be_visible()
    await expect(ada.page.get_by_role("tab", name="Grace")).to_have_count(1)


async def test_what_is_not_sent_yet_keeps_the_tab_of_a_customer_passed_on(trio: Trio) -> None:
    _, ada, bob = trio
    await join(trio)
    await bob.field("chat.write").fill("Half a sen")
    await choose(ada, "desk.pass", ada.t("desk.general"))
    await expect(ada.words("console.empty_title")).to_be_visible()
    passed = bob.t("chat.desk_passed_on", name="Ada", customer="Grace")
    done = bob.page.locator(".session-done").filter(visible=True)
    await expect(done).to_contain_text(passed)
    await expect(bob.button("desk.pass")).to_have_count(0)
    await bob.button("console.accept_name", name="Grace").click()
    await expect(done).to_have_count(0)
    await expect(bob.field("chat.write")).to_have_value("Half a sen")
    await bob.field("chat.write").press("Enter")
    await expect(trio.customer.line("Half a sen")).to_be_visible()


async def test_an_invitation_is_open_until_it_is_followed_or_withdrawn(trio: Trio) -> None:
    _, ada, bob = trio
    await choose(ada, "desk.invite", "Bob")
    entry = bob.page.locator(".waiter", has_text="Grace")
    await expect(entry).to_contain_text(bob.t("queue.invites", name="Ada"))
    await ada.button("desk.invite").click()
    chosen = dialog(ada).locator(".choice", has_text="Bob")
    await expect(chosen).to_contain_text(ada.t("desk.invited"))
    await expect(dialog(ada).get_by_role("radio", name="Bob")).to_be_disabled()
    await ada.button("desk.withdraw_name", name="Bob").click()
    await expect(dialog(ada).get_by_role("radio", name="Bob")).to_be_enabled()
    await expect(entry).to_have_count(0)
    await ada.page.keyboard.press("Escape")
    withdrawn = ada.t("desk.line_withdrawn", name="Ada", queue="Bob")
    await expect(ada.page.locator(".note-event", has_text=withdrawn)).to_be_visible()


async def test_two_help_until_one_leaves(trio: Trio) -> None:
    customer, ada, bob = trio
    leave = ada.button("desk.leave")
    await expect(leave).to_have_attribute("aria-disabled", "true")
    await expect(leave).to_have_attribute("title", ada.t("desk.leave_alone"))
    await join(trio)
    await expect(ada.words("desk.with", names="Bob")).to_be_visible()
    followed = ada.t("desk.line_followed", name="Bob")
    await expect(ada.page.locator(".note-event", has_text=followed)).to_be_visible()
    await ada.button("desk.pass").click()
    here = dialog(ada).locator(".choice", has_text="Bob")
    await expect(here).to_contain_text(ada.t("desk.here"))
    await ada.page.keyboard.press("Escape")
    await leave.click()
    await expect(dialog(ada)).to_contain_text(
        ada.t("desk.leave_text", customer="Grace", names="Bob")
    )
    await dialog(ada).get_by_role("button", name=ada.t("desk.leave"), exact=True).click()
    await expect(ada.words("desk.left_you", customer="Grace")).to_be_visible()
    await expect(ada.words("console.empty_title")).to_be_visible()
    await bob.say("Only you and me now")
    await expect(customer.line("Only you and me now")).to_be_visible()


async def test_a_notice_is_sent_once(relay: Relay, trio: Trio) -> None:
    customer, ada, _ = trio
    button = ada.button("desk.notice")
    await expect(button).to_have_attribute("title", ada.t("desk.notice_none"))
    await notice(relay, {"en": "Mail is *down*."}, name="Mail outage", automatic=False)
    await button.click()
    await dialog(ada).get_by_role("radio", name="Mail outage").check()
    await expect(
        dialog(ada).get_by_role("paragraph").filter(has_text="Mail is down.")
    ).to_be_visible()
    await dialog(ada).get_by_role("button", name=ada.t("desk.notice_send"), exact=True).click()
    shown = customer.page.get_by_role("paragraph").filter(has_text="Mail is down.")
    await expect(shown).to_be_visible()
    line = ada.t("chat.desk_notice_by", name="Ada", customer="Grace")
    await expect(ada.log.get_by_text(line)).to_be_visible()
    await expect(button).to_have_attribute("title", ada.t("desk.notice_all", name="Grace"))
    card = ada.page.get_by_role("region", name=ada.t("console.info"))
    await card.get_by_text(ada.t("desk.card_notice")).click()
    await expect(card.get_by_text("Mail is down.", exact=True)).to_be_visible()


async def test_a_customer_in_the_browser_is_asked_to_go_on_in_the_program(trio: Trio) -> None:
    customer, ada, _ = trio
    await ada.button("desk.program").click()
    offered = ada.t("steps.line_offered", name="Ada")
    await expect(ada.log.get_by_text(offered)).to_be_visible()
    await expect(customer.log.get_by_text(offered)).to_be_visible()


async def test_the_keyboard_passes_a_customer_on(trio: Trio) -> None:
    _, ada, bob = trio
    press = ada.page.keyboard.press
    await ada.field("chat.write").press("Escape")
    await press("t")
    await expect(ada.field("desk.search")).to_be_focused()
    go = dialog(ada).get_by_role("button", name=ada.t("desk.pass"), exact=True)
    await expect(go).to_have_attribute("title", ada.t("desk.choose"))
    await press("Enter")
    await expect(dialog(ada)).to_have_count(1)
    await ada.page.keyboard.type("second")
    await expect(dialog(ada).get_by_role("radio")).to_have_count(1)
    await press("Tab")
    await press("Space")
    await press("Enter")
    await expect(dialog(ada)).to_have_count(0)
    await expect(bob.button("console.accept_name", name="Grace")).to_be_visible()


async def test_a_destination_that_goes_away_is_no_longer_chosen(trio: Trio) -> None:
    _, ada, bob = trio
    await ada.button("desk.pass").click()
    radio = dialog(ada).get_by_role("radio", name="Bob")
    await radio.check()
    await bob.page.get_by_label(bob.t("console.presence")).select_option("away")
    await expect(radio).to_be_disabled()
    await expect(radio).not_to_be_checked()
    row = dialog(ada).locator(".choice", has_text="Bob")
    await expect(row).to_contain_text(ada.t("console.presence_away"))
    team_row = dialog(ada).locator(".choice", has_text="Second line")
    await expect(team_row).to_contain_text(ada.t("desk.nobody_on_duty"))
    go = dialog(ada).get_by_role("button", name=ada.t("desk.pass"), exact=True)
    await expect(go).to_have_attribute("aria-disabled", "true")


async def test_why_a_session_ended_is_said(relay: Relay, trio: Trio) -> None:
    customer, ada, _ = trio
    await notice(relay, {"en": "Mail is down."}, name="Mail outage")
    await ada.button("desk.notice").click()
    await dialog(ada).get_by_role("radio", name="Mail outage").check()
    await ada.page.keyboard.press("Enter")
    await customer.button("steps.notice_mine").click()
    known = customer.page.get_by_role("region", name=customer.t("steps.notices"))
    await known.get_by_role("button", name=customer.t("steps.notice_leave_session")).click()
    done = ada.page.locator(".session-done").filter(visible=True)
    await expect(done).to_contain_text(ada.t("desk.ended_notice", customer="Grace"))


async def test_every_act_has_room_on_a_phone(trio: Trio) -> None:
    ada = trio.ada
    await ada.page.set_viewport_size({"width": 400, "height": 760})
    await (
        ada.page.get_by_role("tab", name=ada.t("console.beside_talk")).filter(visible=True).click()
    )
    for key in ("desk.pass", "desk.invite", "desk.leave", "desk.notice", "desk.program"):
        await expect(ada.button(key)).to_be_in_viewport(ratio=1)
    await expect(ada.button("session.end")).to_be_in_viewport(ratio=1)
    title = ada.page.locator(".head-title span")
    assert await title.evaluate("(name) => name.scrollWidth <= name.clientWidth")
    assert await ada.page.evaluate("() => document.documentElement.scrollWidth") == 400


async def test_a_colleague_is_taken_out_and_everybody_reads_it(trio: Trio) -> None:
    customer, ada, bob = trio
    await join(trio)
    people = ada.page.locator(".people")
    await expect(people).to_contain_text(ada.t("desk.you", name="Ada"))
    await expect(people.get_by_role("button")).to_have_count(1)
    await ada.button("desk.remove_name", name="Bob").click()
    await expect(dialog(ada)).to_contain_text(ada.t("desk.remove_title", name="Bob"))
    await dialog(ada).get_by_role("button", name=ada.t("desk.remove_keep"), exact=True).click()
    await expect(people).to_contain_text("Bob")
    await ada.button("desk.remove_name", name="Bob").click()
    await dialog(ada).get_by_role("button", name=ada.t("desk.remove"), exact=True).click()
    await expect(bob.words("desk.removed", name="Ada", customer="Grace")).to_be_visible()
    await expect(bob.words("console.empty_title")).to_be_visible()
    await expect(people).to_be_hidden()
    await expect(ada.log).to_contain_text(ada.t("chat.desk_removed_you", name="Bob"))
    gone = customer.t("steps.line_removed", name="Bob", by="Ada")
    await expect(customer.log).to_contain_text(gone)
    await expect(customer.page.get_by_role("heading", name="Ada", exact=True)).to_be_visible()


async def test_anybody_who_helps_ends_a_hold(trio: Trio) -> None:
    customer, ada, bob = trio
    await join(trio)
    await ada.button("desk.hold").click()
    await expect(bob.words("desk.held_by", name="Ada")).to_be_visible()
    await bob.button("desk.resume").click()
    await expect(customer.log).to_contain_text(customer.t("steps.line_resumed", name="Bob"))
    await expect(ada.button("desk.hold")).to_be_visible()


async def test_a_supervisor_joins_and_everybody_sees_it(relay: Relay, windows: Windows) -> None:
    await settings(relay, STAY)
    await representative(relay)
    await representative(relay, "eve", role=UserRole.ADMINISTRATOR)
    ada, eve = [await windows.open() for _ in range(2)]
    await ada.sign_in(relay, "ada")
    await eve.sign_in(relay, "eve")
    customer = await windows.open(width=360, height=740)
    await customer.join(relay, await ada.make_key())
    await Pair(customer, ada).start_talking()
    await expect(eve.words("desk.running_with", names="Ada")).to_be_visible()
    await expect(ada.page.locator(".running")).to_be_hidden()
    await eve.button("desk.join_name", name="Grace").click()
    await expect(dialog(eve)).to_contain_text(eve.t("desk.join_text", name="Grace"))
    await dialog(eve).get_by_role("button", name=eve.t("desk.join"), exact=True).click()
    await expect(eve.log.get_by_text(eve.t("line.accepted_you"))).to_be_visible()
    await expect(eve.page.locator(".running")).to_be_hidden()
    told = customer.t("steps.line_joined_alone", name="Eve")
    await expect(customer.log).to_contain_text(told)
    await expect(ada.log).to_contain_text(ada.t("chat.desk_joined_alone", name="Eve"))
    await expect(customer.page.get_by_role("heading", name="Ada and Eve")).to_be_visible()
    await eve.say("I only listen")
    await expect(customer.line("I only listen")).to_be_visible()
    await expect(eve.button("console.share_control")).to_be_visible()
