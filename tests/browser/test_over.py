"""After the end, in the web chat: the last word, where one may go on, the survey."""

import json
import re

import pytest
import sqlalchemy as sa
from playwright.async_api import Route, expect

from protocol.facts import SessionEnded as Ended
from protocol.requests import SessionEnd
from relay.domain.texts import TextName
from relay.storage.schema import survey_answer
from tests.browser.loop import BROWSER
from tests.browser.scene import Scene, ask_afterwards, scene
from tests.browser.window import Windows
from tests.conftest import World
from tests.peers import client_id

pytestmark = BROWSER

THERE = "https://acme.example/later?from=chat"


async def orphaned(world: World, windows: Windows, url: str = THERE) -> Scene:
    """A customer whom nobody came to help."""
    await world.configure(orphaned_after_s=30, orphaned_at_once=False, orphaned_url=url)
    await world.word(TextName.ORPHANED, "Nobody is *here*.")
    here = await scene(world, windows)
    await here.at("waiting")
    world.later(31)
    await here.at("ended")
    return here


async def test_the_page_goes_on_by_itself(world: World, windows: Windows) -> None:
    here = await scene(world, windows)
    page = here.page.page

    async def answer(route: Route) -> None:
        await route.fulfill(body="there")

    await page.route("https://acme.example/**", answer)
    await here.at("waiting")
    await page.clock.install()
    await world.configure(orphaned_after_s=30, orphaned_at_once=False, orphaned_url=THERE)
    world.later(31)
    await here.at("ended")
    await expect(page.get_by_text(THERE)).to_be_visible()
    await page.clock.run_for(9000)
    assert page.url.endswith("/chat")
    await page.clock.run_for(2000)
    await expect(page).to_have_url(THERE)


async def test_going_on_can_be_stopped(world: World, windows: Windows) -> None:
    here = await orphaned(world, windows)
    soon = here.page.page.get_by_text(re.compile(r"^acme\.example opens in"))
    await expect(soon).to_be_visible()
    await expect(here.page.page.locator(".farewell strong")).to_have_text("here")
    await here.page.button("steps.go_on_stop").click()
    await expect(soon).to_have_count(0)
    link = here.page.page.get_by_role("link", name=here.page.t("steps.go_on", host="acme.example"))
    await expect(link).to_be_focused()
    await expect(link).to_have_attribute("href", THERE)


async def test_a_reload_says_the_same_and_stays(world: World, windows: Windows) -> None:
    here = await orphaned(world, windows)
    await here.page.page.reload()
    await expect(here.page.words("steps.orphaned_title")).to_be_visible()
    await expect(here.page.page.get_by_text(THERE)).to_be_visible()
    await expect(here.page.page.get_by_text(re.compile("opens in"))).to_have_count(0)


@pytest.mark.parametrize("url", ["http://acme.example/", "javascript:alert(1)", "acme.example", ""])
async def test_only_https_leads_on(world: World, windows: Windows, url: str) -> None:
    here = await orphaned(world, windows, url)
    await expect(here.page.words("steps.orphaned_title")).to_be_visible()
    await expect(here.page.page.locator(".further")).to_have_count(0)


async def surveyed(world: World, windows: Windows) -> Scene:
    """A customer who was helped and is asked how it was."""
    await ask_afterwards(world)
    await world.word(TextName.SURVEY_THANKS, "You are *kind*.")
    here = await scene(world, windows)
    theirs = await here.accept()
    await theirs.ask(SessionEnd(id=client_id()))
    await here.at("ended")
    await expect(here.page.page.locator(".survey")).to_be_visible()
    return here


async def answers(world: World) -> list[str]:
    """What is stored, as JSON."""
    async with world.relay.database.read() as connection:
        return list((await connection.execute(sa.select(survey_answer.c.answers))).scalars())


async def test_a_survey_by_keyboard(world: World, windows: Windows) -> None:
    here = await surveyed(world, windows)
    page = here.page.page
    first = page.get_by_role("radio").first
    await first.focus()
    for _ in range(3):
        await page.keyboard.press("ArrowRight")
    await expect(
        page.get_by_role("radio", name=here.page.t("steps.survey_stars.other", n=4))
    ).to_be_checked()
    await page.get_by_role("radio", name="No", exact=True).check()
    await page.get_by_label("What was missing?").fill("Nothing <b>at all</b>")
    await here.page.button("steps.survey_send").click()
    await expect(here.page.words("steps.survey_sent")).to_be_focused()
    await expect(page.get_by_text("You are *kind*.")).to_be_visible()
    (stored,) = await answers(world)
    assert [one.get("n", one.get("t")) for one in json.loads(stored)] == [
        4,
        1,
        "Nothing <b>at all</b>",
    ]
    await page.reload()
    await here.at("ended")
    await expect(here.page.words("session.ended_title")).to_be_visible()
    await expect(here.page.button("steps.survey_send")).to_have_count(0)


async def test_every_answer_can_be_left_out_but_not_all(world: World, windows: Windows) -> None:
    here = await surveyed(world, windows)
    await here.page.button("steps.survey_send").click()
    await expect(here.page.words("steps.survey_empty")).to_be_visible()
    await here.page.page.get_by_role("radio", name="Yes", exact=True).check()
    await here.page.button("steps.survey_clear").click()
    await here.page.button("steps.survey_send").click()
    await expect(here.page.words("steps.survey_empty")).to_be_visible()
    await here.page.page.get_by_label("What was missing?").fill("Tea")
    await here.page.button("steps.survey_send").click()
    await expect(here.page.words("steps.survey_sent")).to_be_visible()
    assert len(await answers(world)) == 1


async def test_what_is_not_sent_survives_a_reload(world: World, windows: Windows) -> None:
    here = await surveyed(world, windows)
    page = here.page.page
    await page.locator(".star").nth(1).click()
    await page.get_by_label("What was missing?").fill("Half a sentence")
    await page.reload()
    await expect(page.get_by_label("What was missing?")).to_have_value("Half a sentence")
    await expect(page.get_by_role("radio").nth(1)).to_be_checked()


async def test_without_a_network_the_answers_are_kept(world: World, windows: Windows) -> None:
    here = await surveyed(world, windows)
    page = here.page.page
    here.page.pardon("ERR_INTERNET_DISCONNECTED")
    await page.get_by_label("What was missing?").fill("Tea")
    await page.context.set_offline(True)
    await here.page.button("steps.survey_send").click()
    await expect(here.page.words("steps.survey_failed")).to_be_visible()
    await expect(page.get_by_label("What was missing?")).to_have_value("Tea")
    await page.context.set_offline(False)
    await here.page.button("steps.survey_again").click()
    await expect(here.page.words("steps.survey_sent")).to_be_visible()
    assert len(await answers(world)) == 1


async def test_a_survey_answered_twice_is_stored_once(world: World, windows: Windows) -> None:
    here = await surveyed(world, windows)
    here.page.pardon("409")
    second = await windows.beside(here.page.page.context)
    second.pardon("409")
    await second.page.goto(here.page.page.url)
    for window in (here.page, second):  # both ask before either is answered
        await window.page.get_by_label("What was missing?").fill("Tea")
    for window in (here.page, second):
        await window.button("steps.survey_send").click()
        await expect(window.words("steps.survey_sent")).to_be_visible()
    assert len(await answers(world)) == 1


async def test_a_survey_may_be_left(world: World, windows: Windows) -> None:
    here = await surveyed(world, windows)
    await here.page.button("steps.survey_skip").click()
    await expect(here.page.page.locator(".survey")).to_be_hidden()
    await here.page.page.reload()
    await here.at("ended")
    await expect(here.page.words("session.ended_title")).to_be_visible()
    await expect(here.page.button("steps.survey_send")).to_have_count(0)


async def test_an_end_during_a_reload_brings_its_survey(world: World, windows: Windows) -> None:
    await ask_afterwards(world)
    here = await scene(world, windows)
    theirs = await here.accept()
    await here.page.page.goto("about:blank")
    await theirs.ask(SessionEnd(id=client_id()))
    await theirs.hear(Ended)
    await here.page.page.goto(f"{world.origin}/chat")
    await here.at("ended")
    await expect(here.page.button("steps.survey_send")).to_be_visible()
