"""Notices in the web chat: shown, left by, solved."""

import pytest
import sqlalchemy as sa
from playwright.async_api import Locator, expect

from protocol.facts import EndReason, SessionEnded
from protocol.requests import NoticeSend
from relay.config import RelayConfig
from relay.domain.texts import TextName
from relay.storage.schema import notice as notice_table
from tests.browser.loop import BROWSER
from tests.browser.scene import Scene, ask_afterwards, scene
from tests.browser.window import Windows
from tests.conftest import World
from tests.peers import client_id

pytestmark = BROWSER

TEXT = "*Mail* is slow:\n\n- since nine\n- see https://acme.example/state"
WITH_MAIL = pytest.mark.parametrize("relay_config", ["mail.example"], indirect=True)


@pytest.fixture
def relay_config(relay_config: RelayConfig, request: pytest.FixtureRequest) -> RelayConfig:
    """A relay that can write to people, where a test wants one."""
    if not hasattr(request, "param"):
        return relay_config
    changes = {"smtp_host": request.param, "smtp_from": "help@acme.example"}
    return RelayConfig(
        **{name: getattr(relay_config, name) for name in ("port", "data")},
        development_certificates=True,
        **changes,
    )


def cards(here: Scene) -> Locator:
    """The notices there are."""
    return here.page.page.locator(".notice")


async def told(world: World, windows: Windows) -> tuple[Scene, str]:
    """A customer in the queue who is shown a notice."""
    here = await scene(world, windows)
    await here.at("waiting")
    notice = await world.notice(TEXT)
    await expect(cards(here)).to_have_count(1)
    return here, notice


async def left(here: Scene) -> None:
    """The session ended by the notice."""
    await here.at("ended")
    last = await here.last()
    assert isinstance(last, SessionEnded)
    assert last.reason is EndReason.NOTICE


async def test_a_notice_is_shown_with_its_marks(world: World, windows: Windows) -> None:
    here, _ = await told(world, windows)
    await expect(cards(here).locator("strong")).to_have_text("Mail")
    await expect(cards(here).get_by_role("listitem")).to_have_count(2)
    link = cards(here).get_by_role("link")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await expect(here.page.log).to_contain_text(here.page.t("steps.line_notice"))


async def test_whose_problem_it_is_leaves_without_survey(world: World, windows: Windows) -> None:
    await ask_afterwards(world)
    await world.word(TextName.NOTICE_LEFT, "We know. *Soon* it is over.")
    here, notice = await told(world, windows)
    await here.page.button("steps.notice_mine").click()
    await expect(here.page.button("steps.notice_stay")).to_be_focused()
    await expect(here.page.words("steps.notice_no_mail")).to_be_visible()
    await here.page.button("steps.notice_leave").click()
    await left(here)
    await expect(here.page.words("steps.noted_title")).to_be_focused()
    await expect(here.page.page.locator(".farewell strong")).to_have_text("Soon")
    look = here.page.page.get_by_role("link", name=here.page.t("steps.noted_look"))
    await expect(look).to_have_attribute("href", f"/notice/{notice}")
    await expect(here.page.page.locator(".survey")).to_have_count(0)


async def test_whose_it_is_not_stays(world: World, windows: Windows) -> None:
    here, _ = await told(world, windows)
    await here.page.button("steps.notice_mine").click()
    await here.page.button("steps.notice_stay").click()
    await expect(here.page.button("steps.notice_mine")).to_be_focused()
    await here.at("waiting")


@WITH_MAIL
async def test_an_address_is_checked_kept_and_told_back(world: World, windows: Windows) -> None:
    here, _ = await told(world, windows)
    await here.page.button("steps.notice_mine").click()
    field = here.page.page.get_by_label(here.page.t("steps.notice_email"))
    await expect(field).to_be_focused()
    await field.fill("grace at example")
    await field.press("Enter")
    await expect(here.page.words("steps.notice_email_wrong")).to_be_visible()
    await expect(field).to_have_value("grace at example")
    await expect(field).to_be_focused()
    await field.fill("grace@example.org")
    await here.page.button("steps.notice_leave").click()
    await left(here)
    await expect(here.page.words("steps.noted_told", email="grace@example.org")).to_be_visible()
    await here.page.page.reload()
    await expect(here.page.words("steps.noted_told", email="grace@example.org")).to_be_visible()


@WITH_MAIL
async def test_an_address_is_nobodys_duty(world: World, windows: Windows) -> None:
    here, _ = await told(world, windows)
    await here.page.button("steps.notice_mine").click()
    await here.page.button("steps.notice_leave").click()
    await left(here)


async def test_what_was_read_folds_and_what_is_sent_opens(world: World, windows: Windows) -> None:
    here, _ = await told(world, windows)
    theirs = await here.accept()
    await expect(cards(here).get_by_text("since nine", exact=True)).to_be_hidden()
    await expect(cards(here).locator(".notice-first")).to_contain_text("Mail is slow")
    sent = await world.notice("*Printers* rest today", automatic=False)
    await theirs.ask(NoticeSend(id=client_id(), notice=sent))
    second = cards(here).nth(1)
    await expect(second.locator(".blocks")).to_have_text("Printers rest today")
    await expect(second.locator(".blocks")).to_be_visible()
    await expect(second).to_contain_text(here.page.t("steps.notice_from", name="Ada"))
    await second.get_by_role("button").click()
    await expect(here.page.words("steps.notice_mine_talking")).to_be_visible()
    leave = here.page.t("steps.notice_leave_session")
    await second.get_by_role("button", name=leave).click()
    await left(here)


async def test_what_is_solved_goes_away(world: World, windows: Windows) -> None:
    here, notice = await told(world, windows)
    await world.relay.database.write(
        lambda connection: connection.execute(
            sa.update(notice_table)
            .where(notice_table.c.id == notice)
            .values(closed_at=world.clock.now_ms())
        )
    )
    await world.relay.hub.content_changed()
    await expect(cards(here)).to_have_count(0)


async def test_a_card_survives_a_reload_and_a_new_place(world: World, windows: Windows) -> None:
    here, _ = await told(world, windows)
    await here.page.button("steps.notice_mine").click()
    here.drop()
    await expect(here.page.words("link.online")).to_be_visible()
    await expect(here.page.button("steps.notice_stay")).to_be_visible()
    await here.page.page.reload()
    await expect(cards(here)).to_have_count(1)
    await expect(here.page.button("steps.notice_mine")).to_be_visible()
