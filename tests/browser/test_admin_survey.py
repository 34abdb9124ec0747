"""The survey, written by an administrator, and what customers answered to it."""

import csv
import io
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.async_api import Locator, expect

from protocol.steps import QuestionKind, SurveyReply
from relay.app import Relay
from relay.storage.schema import session
from relay.storage.surveys import SurveyStore
from tests.browser.administration import administrator, open_page
from tests.browser.loop import BROWSER, fixture
from tests.browser.window import Window, Windows

pytestmark = BROWSER

PATH = "/admin/survey"


@fixture
async def admin(relay: Relay, windows: Windows) -> Window:
    await administrator(relay)
    window = await open_page(relay, windows, PATH)
    await expect(window.words("admin.survey_empty")).to_be_visible()
    return window


def question(window: Window, place: int) -> Locator:
    """The question with that number."""
    title = window.page.get_by_role("heading", name=window.t("admin.survey_question", place=place))
    return window.page.locator(".survey-question", has=title).filter(visible=True)


def words(window: Window, place: int, language: str = "English") -> Locator:
    """The field of its words."""
    label = window.t("admin.survey_question_in", language=language)
    return question(window, place).get_by_label(label, exact=True)


async def ask(window: Window, text: str, kind: QuestionKind = QuestionKind.STARS) -> None:
    """Add a question."""
    await window.button("admin.survey_add").click()
    await window.page.keyboard.type(text)
    added = window.page.locator(".survey-question").last
    await added.get_by_label(window.t("admin.survey_kind")).select_option(kind.value)


async def save(window: Window) -> None:
    await window.button("admin.customer_save").click()
    await expect(window.page.locator(".customer-unsaved")).to_be_empty()


def asked(relay: Relay) -> list[str]:
    """The questions as they are asked, in English."""
    return [one.text.get("en", "") for one in relay.hub.content.survey.questions]


async def answer(relay: Relay, *replies: SurveyReply) -> None:
    """A customer whose session has ended answers."""
    store, now = SurveyStore(relay.database), relay.parts.clock.now_ms()
    name = f"s{len((await store.results(0)).answered)}"
    values = {"id": name, "state": "ended", "opened_at": now}
    adding = sa.insert(session).values(values).returning(session.c.number)
    number = (await relay.database.write(lambda one: one.execute(adding))).scalar_one()
    assert await store.answer(number, await store.current(), replies, now)


async def test_a_survey_is_written_previewed_and_saved(relay: Relay, admin: Window) -> None:
    await admin.page.get_by_label(admin.t("admin.survey_on")).check()
    await ask(admin, "How was it?")
    await words(admin, 1, "Deutsch").fill("Wie war es?")
    await ask(admin, "Solved?", QuestionKind.CHOICE)
    label = admin.t("admin.survey_choice_in", language="English")
    choices = question(admin, 2).get_by_label(label, exact=True)
    await choices.nth(0).fill("Yes")
    await choices.nth(1).fill("No")
    shown = admin.page.locator(".survey-shown")
    await expect(shown.locator("li")).to_have_text(["Yes", "No"])
    await admin.page.get_by_label(admin.t("admin.customer_languages")).select_option("de")
    await expect(shown.locator(".survey-shown-question")).to_have_text(["Wie war es?", "Solved?"])
    await save(admin)
    assert asked(relay) == ["How was it?", "Solved?"]
    assert relay.hub.content.survey.enabled
    await admin.page.reload()
    await expect(words(admin, 2)).to_have_value("Solved?")


async def test_questions_are_ordered_by_buttons_and_by_keyboard(
    relay: Relay, admin: Window
) -> None:
    for text in ("One", "Two", "Three"):
        await ask(admin, text)
    await admin.button("admin.survey_down", place="1").click()
    await expect(words(admin, 2)).to_have_value("One")
    await expect(admin.button("admin.survey_down", place="2")).to_be_focused()
    await words(admin, 3).press("Alt+ArrowUp")
    await expect(words(admin, 2)).to_have_value("Three")
    await expect(words(admin, 2)).to_be_focused()
    status = admin.page.get_by_text(admin.t("admin.survey_moved", place=2, count=3))
    await expect(status).to_have_count(1)
    await words(admin, 2).press("Alt+ArrowUp")
    await words(admin, 1).press("Alt+ArrowUp")
    first = admin.button("admin.survey_up", place="1")
    await expect(first).to_have_attribute("aria-disabled", "true")
    await save(admin)
    assert asked(relay) == ["Three", "Two", "One"]


async def test_a_deleted_question_comes_back_by_undo(relay: Relay, admin: Window) -> None:
    for text in ("One", "Two"):
        await ask(admin, text)
    await admin.button("admin.survey_delete", place="1").click()
    await expect(admin.button("admin.survey_undo")).to_be_focused()
    await expect(words(admin, 1)).to_have_value("Two")
    await admin.page.keyboard.press("Enter")
    await expect(words(admin, 1)).to_have_value("One")
    await admin.button("admin.survey_delete", place="2").click()
    await save(admin)
    assert asked(relay) == ["One"]
    await expect(admin.button("admin.survey_undo")).to_have_count(0)


async def test_what_is_missing_is_named_and_the_cursor_goes_there(
    relay: Relay, admin: Window
) -> None:
    admin.pardon("400")
    await ask(admin, "Solved?", QuestionKind.CHOICE)
    label = admin.t("admin.survey_choice_in", language="English")
    choices = question(admin, 1).get_by_label(label, exact=True)
    await choices.nth(0).fill("Yes")
    await admin.button("admin.customer_save").click()
    await expect(admin.words("admin.survey_wrong_choice")).to_be_visible()
    await expect(choices.nth(1)).to_be_focused()
    await choices.nth(1).fill("yes")
    await admin.button("admin.customer_save").click()
    await expect(admin.words("admin.survey_wrong_twice")).to_be_visible()
    await choices.nth(1).fill("No")
    await expect(admin.words("admin.survey_wrong_twice")).to_have_count(0)
    await words(admin, 1).fill(" ")
    await admin.button("admin.customer_save").click()
    await expect(admin.words("admin.survey_wrong_text")).to_be_visible()
    await expect(words(admin, 1)).to_be_focused()
    assert relay.hub.content.survey.id == 0


async def test_there_are_at_most_ten(admin: Window) -> None:
    for n in range(10):
        await ask(admin, f"Question {n}")
    add = admin.button("admin.survey_add")
    await expect(add).to_have_attribute("title", admin.t("admin.survey_full", most=10))


async def test_of_two_administrators_the_second_decides(
    relay: Relay, windows: Windows, admin: Window
) -> None:
    await administrator(relay, "ada", "Ada")
    other = await open_page(relay, windows, PATH, "ada")
    other.pardon("409")
    await expect(other.words("admin.survey_empty")).to_be_visible()
    await ask(admin, "Theirs?")
    await save(admin)
    await ask(other, "Mine?")
    await other.button("admin.customer_save").click()
    dialog = other.page.get_by_role("dialog")
    await expect(dialog).to_contain_text("Root")
    await expect(dialog.locator("ins")).to_have_text("Theirs")
    await other.button("admin.customer_conflict_later").click()
    await expect(words(other, 1)).to_have_value("Mine?")
    assert asked(relay) == ["Theirs?"]
    await other.button("admin.customer_save").click()
    await other.button("admin.survey_conflict_mine").click()
    await expect(other.page.locator(".customer-unsaved")).to_be_empty()
    assert asked(relay) == ["Mine?"]
    admin.pardon("409")
    await words(admin, 1).fill("Theirs again?")
    await admin.button("admin.customer_save").click()
    await admin.button("admin.customer_conflict_take").click()
    await expect(words(admin, 1)).to_have_value("Mine?")


async def test_results_are_read_and_exported(relay: Relay, admin: Window, tmp_path: Path) -> None:
    await ask(admin, "How was it?")
    await ask(admin, "And?", QuestionKind.TEXT)
    await save(admin)
    first, second = (one.id for one in relay.hub.content.survey.questions)
    for stars, said in ((5, "=1+1"), (4, "\u202eevil <b>x</b>"), (4, "")):
        await answer(
            relay,
            SurveyReply(question=first, number=stars),
            SurveyReply(question=second, text=said),
        )
    await admin.page.reload()
    await admin.page.get_by_role("tab", name=admin.t("admin.survey_results")).click()
    await expect(admin.words("admin.survey_people.other", n=3)).to_be_visible()
    await expect(admin.words("admin.survey_average", n="4.3", most=5)).to_be_visible()
    rows = admin.page.locator(".survey-bars tr")
    await expect(rows.nth(1)).to_contain_text(admin.t("steps.survey_stars.other", n=4))
    await expect(rows.nth(1)).to_contain_text("67%")
    await expect(admin.page.locator(".survey-remark")).to_have_text(["evil <b>x</b>", "=1+1"])
    async with admin.page.expect_download() as downloading:
        await admin.page.get_by_role("link", name=admin.t("admin.survey_csv")).click()
    download = await downloading.value
    assert download.suggested_filename.startswith("survey-")
    await download.save_as(tmp_path / "survey.csv")
    text = (tmp_path / "survey.csv").read_text("utf-8-sig")
    cells = [row[2:] for row in csv.reader(io.StringIO(text, newline=""))]
    assert cells == [
        ["How was it?", "And?"], ["4", ""], ["4", "evil <b>x</b>"], ["5", "'=1+1"]
    ]  # fmt: skip


async def test_a_draft_is_tried_as_a_customer(relay: Relay, admin: Window) -> None:
    await ask(admin, "Only a draft?")
    async with admin.page.context.expect_page() as opened:
        await admin.button("admin.customer_try").click()
    chat = await opened.value
    await expect(chat.get_by_text(admin.t("steps.trial"))).to_be_visible()
    assert asked(relay) == []


@pytest.mark.parametrize("width", [400, 320])
async def test_narrow_pages_do_not_scroll_sideways(relay: Relay, admin: Window, width: int) -> None:
    await admin.page.set_viewport_size({"width": width, "height": 700})
    await ask(admin, "W" * 200, QuestionKind.CHOICE)
    for field in await question(admin, 1).get_by_role("textbox").all():
        if not await field.input_value():
            await field.fill(f"{await field.get_attribute('lang')} {'M' * 100} {id(field)}"[:120])
    await save(admin)
    (item,) = relay.hub.content.survey.questions
    await answer(relay, SurveyReply(question=item.id, number=1))
    scroll = "() => document.documentElement.scrollWidth"
    assert await admin.page.evaluate(scroll) == width
    await admin.page.reload()
    await admin.page.get_by_role("tab", name=admin.t("admin.survey_results")).click()
    await expect(admin.page.locator(".survey-bars tr")).to_have_count(2)
    assert await admin.page.evaluate(scroll) == width
