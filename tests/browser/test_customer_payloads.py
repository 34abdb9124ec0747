"""Texts made to run as script, in every field in which customers or administrators write."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from playwright.async_api import expect

from protocol.catalogue import LANGUAGES
from protocol.steps import QuestionKind, SurveyReply
from relay.app import Relay
from relay.domain.accounts import Account
from relay.domain.content import Survey, SurveyItem
from relay.domain.texts import TextName, rule_of
from relay.storage.schema import session
from relay.storage.surveys import SurveyStore
from relay.storage.texts import TextChange, TextStore
from tests.browser.administration import administrator, open_page
from tests.browser.loop import BROWSER
from tests.browser.test_admin_payloads import PAYLOADS, WATCH, check
from tests.browser.window import Windows

pytestmark = BROWSER


def texts() -> Iterator[dict[tuple[TextName, str], str]]:
    """Rounds in which every text is made of payloads, until each text has had all of them."""
    names = [name for name in TextName if not name.startswith("recording")]  # not offered yet
    rest = {(name, language): list(PAYLOADS) for name in names for language in LANGUAGES}
    while any(rest.values()):
        taken = {}
        for key, payloads in rest.items():
            used: list[str] = []
            while payloads and len("\n".join([*used, payloads[0]])) <= rule_of(key[0]).most:
                used.append(payloads.pop(0))
                if rule_of(key[0]).most < 1000:
                    break
            if used:
                taken[key] = "\n".join(used)
        yield taken


async def put(relay: Relay, root: Account, wanted: dict[tuple[TextName, str], str]) -> None:
    """Save these texts as they are."""
    store = TextStore(relay.database)
    stands = await store.newest()
    for (name, language), text in wanted.items():
        known = stands.get((name, language))
        base = known.version if known else 0
        await store.save(TextChange(name, language, text, base), root.id, 1)


async def test_no_text_runs_where_it_is_written(relay: Relay, windows: Windows) -> None:
    root = await administrator(relay)
    window = await open_page(relay, windows, "/admin/customer")
    await window.page.add_init_script(WATCH)
    rounds = list(texts())
    for wanted in (*rounds[:3], *rounds[3::20]):
        await put(relay, root, wanted)
        await window.page.reload()
        for (name, language), text in wanted.items():
            field = window.page.locator(f"#text-{name.value}-{language}")
            await expect(field).to_have_value(text)
        await check(window.page)
    for button in await window.page.get_by_role("button", name="Versions").all():
        if await button.is_visible():
            await button.click()
            await window.page.locator(".versions > li").nth(1).wait_for()
            await window.page.keyboard.press("Escape")
    await check(window.page)


async def test_no_text_runs_as_it_is_typed(relay: Relay, windows: Windows) -> None:
    await administrator(relay)
    window = await open_page(relay, windows, "/admin/customer")
    await window.page.add_init_script(WATCH)
    await window.page.reload()
    area = window.page.locator("#text-agreement_chat-en")
    title = window.page.locator("#text-agreement_title-en")
    for payload in PAYLOADS:
        await area.fill(f"{payload}\n\n- {payload}\n- *{payload}* https://x.example/{payload}")
        await title.fill(payload)
    shown = window.page.locator(".customer-shown-title").filter(visible=True)
    await expect(shown.filter(has_text=PAYLOADS[-1])).to_have_count(2)
    await check(window.page)


def survey(payloads: Sequence[str], language: str) -> Survey:
    """Ten questions with ten choices each, all of payloads."""
    places = range(10)
    return Survey(
        enabled=True,
        questions=tuple(
            SurveyItem(
                id=f"q{n}",
                kind=QuestionKind.CHOICE if n else QuestionKind.TEXT,
                text={language: payloads[n]},
                choices=tuple({language: payloads[10 * n + at]} for at in places) if n else (),
            )
            for n in places
        ),
    )


async def new_session(relay: Relay, name: str, now: int) -> int:
    """The number of a session that has ended."""
    values = {"id": name, "state": "ended", "opened_at": now}
    adding = sa.insert(session).values(values).returning(session.c.number)
    return int((await relay.database.write(lambda one: one.execute(adding))).scalar_one())


async def test_no_survey_and_no_answer_runs(relay: Relay, windows: Windows) -> None:
    root = await administrator(relay)
    store = SurveyStore(relay.database)
    written = await store.save(survey(PAYLOADS, "en"), root.id, 1)
    now = relay.parts.clock.now_ms()
    for n, payload in enumerate(PAYLOADS):
        number = await new_session(relay, f"s{n}", now)
        said = [SurveyReply(question="q0", text=payload), SurveyReply(question="q1", number=n % 10)]
        await store.answer(number, written, said, now - n)
    window = await open_page(relay, windows, "/admin/survey")
    await window.page.add_init_script(WATCH)
    await window.page.reload()
    questions = window.page.locator(".survey-shown-question")
    await expect(questions).to_have_text(PAYLOADS[:10])
    await expect(window.page.locator(".survey-shown li")).to_have_text(PAYLOADS[10:100])
    await window.page.get_by_role("tab", name=window.t("admin.survey_results")).click()
    await window.button("admin.survey_more.other", n=str(len(PAYLOADS) - 5)).click()
    await expect(window.page.locator(".survey-remark")).to_have_text(PAYLOADS)
    await check(window.page)
