"""The questions before the queue, in the web chat: nothing is reachable before the answers."""

from collections.abc import Callable

import pytest
from playwright.async_api import expect

from protocol.facts import EndReason, SessionEnded
from protocol.steps import Reply, Step
from relay.domain import preparing
from relay.domain.texts import TextName
from tests.browser.loop import BROWSER
from tests.browser.scene import Scene, scene
from tests.browser.window import Windows
from tests.conftest import World

pytestmark = BROWSER


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> None:
    """A relay that can record: what decides about the questions is told so."""
    plan: Callable[..., tuple[Step, ...]] = preparing.plan

    def able(*asked: object, can_record: bool) -> tuple[Step, ...]:
        return plan(*asked, can_record=True)

    monkeypatch.setattr(preparing, "plan", able)


async def asked(world: World, windows: Windows) -> Scene:
    """A customer in front of the agreement."""
    await world.configure(agreement_chat=True)
    await world.word(TextName.AGREEMENT_TITLE, "Our *rules*")
    await world.word(TextName.AGREEMENT_CHAT, "- Be kind\n- See https://acme.example/rules")
    here = await scene(world, windows)
    await here.at("preparing")
    await expect(here.page.page.get_by_role("heading", name="Our *rules*")).to_be_visible()
    return here


def reply_of(here: Scene, step: Step) -> Reply | None:
    """What the relay has stored as the answer."""
    (room,) = here.world.relay.hub.rooms.values()
    replies = [one.reply for one in room.session.snapshot.answers if one.step is step]
    return replies[0] if replies else None


async def ended(here: Scene) -> SessionEnded:
    """How the session ended, when it has."""
    await here.at("ended")
    last = await here.last()
    assert isinstance(last, SessionEnded)
    return last


async def test_nothing_is_reachable_before_the_answer(world: World, windows: Windows) -> None:
    here = await asked(world, windows)
    page = here.page.page
    await expect(page.get_by_role("heading", name="Our *rules*")).to_be_focused()
    await expect(page.get_by_role("listitem")).to_have_count(2)
    await expect(page.get_by_role("link", name="https://acme.example/rules")).to_be_visible()
    await expect(page.get_by_role("log")).to_have_count(0)
    await expect(page.get_by_role("textbox")).to_have_count(0)
    await expect(here.page.button("chat.program")).to_have_count(0)
    await here.page.button("steps.accept").click()
    await here.at("waiting")
    await expect(here.page.field("chat.write")).to_be_editable()
    await expect(here.page.log).to_contain_text(here.page.t("steps.line_agreed"))


async def test_the_agreement_comes_before_the_recording(
    recorder: None, world: World, windows: Windows
) -> None:
    here = await asked(world, windows)
    await here.page.button("steps.accept").click()
    await expect(here.page.words("steps.recording_none")).to_be_visible()
    await here.page.button("steps.deny").click()
    await here.at("waiting")
    assert reply_of(here, Step.AGREEMENT) is Reply.YES
    assert reply_of(here, Step.RECORDING) is Reply.NO


async def test_no_answer_to_the_recording_is_a_no(
    recorder: None, world: World, windows: Windows
) -> None:
    here = await asked(world, windows)
    await here.page.button("steps.accept").click()
    await expect(here.page.button("steps.allow")).to_be_visible()
    world.later(61)
    await here.at("waiting")
    assert reply_of(here, Step.RECORDING) is Reply.NONE
    await expect(here.page.log).to_contain_text(here.page.t("steps.line_recording_none"))


async def test_declining_ends_with_the_organisations_words(world: World, windows: Windows) -> None:
    await world.word(TextName.DECLINED, "Call us *instead*.")
    here = await asked(world, windows)
    await here.page.button("steps.decline").click()
    assert (await ended(here)).reason is EndReason.DECLINED
    await expect(here.page.page.locator("strong", has_text="instead")).to_be_visible()
    await expect(here.page.words("steps.declined_title")).to_be_focused()
    await expect(here.page.field("chat.write")).to_have_count(0)


async def test_time_runs_out_politely(world: World, windows: Windows) -> None:
    here = await asked(world, windows)
    await expect(here.page.page.locator(".question-left")).to_contain_text(":")
    world.later(121)
    assert (await ended(here)).reason is EndReason.UNANSWERED
    await expect(here.page.words("steps.unanswered_title")).to_be_visible()


async def test_the_time_left_is_the_relays(world: World, windows: Windows) -> None:
    here = await asked(world, windows)
    world.later(60)
    await here.page.page.reload()
    await here.at("preparing")
    left = here.page.page.locator(".question-left")
    await expect(left).to_contain_text(here.page.t("steps.time_left", time="0:").rstrip())
    await expect(here.page.page.get_by_role("heading", name="Our *rules*")).to_be_focused()


@pytest.mark.parametrize("key", ["Enter", "Space", "Escape"])
async def test_no_key_accepts_by_accident(world: World, windows: Windows, key: str) -> None:
    here = await asked(world, windows)
    await expect(here.page.page.get_by_role("heading", name="Our *rules*")).to_be_focused()
    await here.page.page.keyboard.press(key)
    await here.page.page.keyboard.press("Tab")
    await here.page.page.keyboard.press(key)
    assert reply_of(here, Step.AGREEMENT) is None
    await expect(here.page.button("steps.accept")).to_be_visible()


async def test_by_keyboard_alone(world: World, windows: Windows) -> None:
    here = await asked(world, windows)
    accept = here.page.button("steps.accept")
    for _ in range(8):
        await here.page.page.keyboard.press("Tab")
        if await accept.evaluate("(button) => button === document.activeElement"):
            break
    await here.page.page.keyboard.press("Enter")
    await here.at("waiting")


async def test_a_long_agreement_scrolls_under_its_buttons(world: World, windows: Windows) -> None:
    await world.configure(agreement_chat=True)
    await world.word(TextName.AGREEMENT_CHAT, "\n\n".join(["A rule of many words."] * 100))
    here = await scene(world, windows, width=320, height=480)
    await here.at("preparing")
    await expect(here.page.button("steps.accept")).to_be_in_viewport()
    await expect(here.page.button("steps.decline")).to_be_in_viewport()
    text = here.page.page.locator(".question-text")
    assert await text.evaluate("(box) => box.scrollHeight > box.clientHeight")
    assert await here.page.page.evaluate(
        "() => document.documentElement.scrollHeight <= window.innerHeight"
    )


async def test_an_answer_given_offline_is_kept(world: World, windows: Windows) -> None:
    here = await asked(world, windows)
    here.page.pardon("ERR_INTERNET_DISCONNECTED")
    here.page.pardon("WebSocket connection")
    await here.page.page.context.set_offline(True)
    here.drop()
    await here.page.button("steps.accept").click()
    await expect(here.page.words("steps.answer_kept").first).to_be_visible()
    await here.page.page.context.set_offline(False)
    await here.at("waiting")
    assert reply_of(here, Step.AGREEMENT) is Reply.YES


async def test_a_tab_that_is_closed_takes_up_its_question(world: World, windows: Windows) -> None:
    here = await asked(world, windows)
    context = here.page.page.context
    await here.page.page.close()
    again = await windows.beside(context)
    await again.page.goto(f"{world.origin}/chat")
    await again.button("steps.accept").click()
    await expect(again.page.locator("#chat[data-stage=waiting]")).to_be_visible()
