"""Words made to run as script or to turn text around, in every field that the web chat shows."""

from pathlib import Path

from playwright.async_api import expect

from protocol.requests import SessionEnd
from relay.domain.texts import TextName
from tests.browser.loop import BROWSER
from tests.browser.scene import ask_afterwards, scene
from tests.browser.test_admin_payloads import FOREIGN, PAYLOADS, WATCH
from tests.browser.window import Windows
from tests.conftest import World
from tests.peers import client_id, say

pytestmark = BROWSER

TURNED = "\u202eturned\u202c \u2066held\u2069"
EVIL = '<img src=x onerror="ran()"><script>ran()</script>'

PROGRAMS = Path(__file__).parent / "js"
VIEW = (PROGRAMS / "wicked_view.js").read_text("utf-8")
DRAW = (PROGRAMS / "every_field.js").read_text("utf-8")


async def test_every_field_of_every_part_shows_text(world: World, windows: Windows) -> None:
    here = await scene(world, windows)
    page = here.page.page
    await page.evaluate(f"() => {{ {WATCH} }}")
    await page.evaluate(VIEW)
    foreign = FOREIGN.replace("details, ", "").replace("main :is", ":is")
    assert await page.evaluate(DRAW, [[*PAYLOADS, TURNED], foreign]) == []
    assert await page.evaluate("() => window.runs") == 0


async def test_a_whole_session_of_them(world: World, windows: Windows) -> None:
    await world.configure(agreement_chat=True, hold_every_s=30)
    for name in (
        TextName.AGREEMENT_TITLE,
        TextName.AGREEMENT_CHAT,
        TextName.GREETING,
        TextName.HOLD,
    ):
        await world.word(name, EVIL)
    await world.word(TextName.SURVEY_TITLE, EVIL)
    await world.word(TextName.SURVEY_THANKS, EVIL)
    await ask_afterwards(
        world, [{"id": "one", "kind": "choice", "text": {"en": EVIL}, "choices": [{"en": EVIL}]}]
    )
    here = await scene(world, windows, name=EVIL)
    page = here.page.page
    await page.evaluate(f"() => {{ {WATCH} }}")
    await expect(page.get_by_role("heading", name=EVIL)).to_be_visible()
    await here.page.button("steps.accept").click()
    await here.at("waiting")
    await expect(page.locator(".greeting")).to_have_text(EVIL)
    for start in range(0, len(PAYLOADS), 20):
        await world.notice("\n".join(PAYLOADS[start : start + 20])[:1020])
    await expect(page.locator(".notice")).to_have_count(
        len(PAYLOADS) // 20 + (len(PAYLOADS) % 20 > 0)
    )
    world.later(31)
    await expect(page.locator(".hold")).to_have_text(EVIL)
    theirs = await here.accept()
    for line in PAYLOADS[:30]:
        await say(theirs, line)
    await expect(here.page.line(PAYLOADS[29])).to_be_visible()
    await theirs.ask(SessionEnd(id=client_id()))
    await here.at("ended")
    await page.get_by_role("radio", name=EVIL).check()
    await here.page.button("steps.survey_send").click()
    await expect(here.page.words("steps.survey_sent")).to_be_visible()
    await expect(page.locator(".survey")).to_contain_text(EVIL)
    assert await page.locator(FOREIGN.replace("details, ", "")).count() == 0
    assert await page.evaluate("() => window.runs") == 0
