"""The survey as administrators write it, and what they read and export of its answers."""

import csv
import io
from typing import Any

import pytest
import sqlalchemy as sa

from protocol.steps import SurveyReply
from relay.app import Relay
from relay.storage.schema import session
from relay.storage.surveys import SurveyStore
from tests.relay.http.administrator import sign_in
from tests.relay.site import PASSWORD, ManualClock, Visitor

DAY_S = 24 * 3600
STARS = {"id": "a", "kind": "stars", "text": {"en": "How was it?", "de": "Wie war es?"}}
CHOICE = {
    "id": "b",
    "kind": "choice",
    "text": {"en": "Solved?"},
    "choices": [{"en": "=Yes", "de": "Ja"}, {"en": "No"}],
}
TEXT = {"id": "c", "kind": "text", "text": {"de": "Sonst noch etwas?"}}
QUESTIONS: list[dict[str, Any]] = [{"choices": []} | one for one in (STARS, CHOICE, TEXT)]


@pytest.fixture
async def admin(visitor: Visitor) -> Visitor:
    """Root's browser."""
    await sign_in(visitor)
    return visitor


async def save(admin: Visitor, version: int = 0, **changes: object) -> Any:
    body = {"version": version, "enabled": True, "questions": QUESTIONS} | changes
    return (await admin.post("/api/survey/questions", body)).json()


async def answer(relay: Relay, *replies: SurveyReply) -> None:
    """A customer whose session has ended answers."""
    store, now = SurveyStore(relay.database), relay.parts.clock.now_ms()
    count = sa.select(sa.func.count()).select_from(session)
    async with relay.database.read() as connection:
        name = f"s{(await connection.execute(count)).scalar_one()}"
    values = {"id": name, "state": "ended", "opened_at": now}
    adding = sa.insert(session).values(values).returning(session.c.number)
    number = (await relay.database.write(lambda one: one.execute(adding))).scalar_one()
    assert await store.answer(number, await store.current(), replies, now)


async def test_a_survey_is_saved_and_asked_from_then_on(relay: Relay, admin: Visitor) -> None:
    empty = (await admin.get("/api/survey/questions")).json()
    assert (empty["version"], empty["enabled"], empty["questions"]) == (0, False, [])
    saved = await save(admin)
    assert saved["questions"] == QUESTIONS
    assert saved["by"] == "Root"
    content = relay.hub.content
    assert content.survey.enabled
    assert [one.id for one in content.survey.questions] == ["a", "b", "c"]


async def test_the_second_of_two_is_told(admin: Visitor) -> None:
    first = await save(admin)
    refused = await save(admin, questions=QUESTIONS[:1])
    assert (refused["code"], refused["field"]) == ("conflict", "questions")
    second = await save(admin, first["version"], questions=QUESTIONS[:1])
    assert len(second["questions"]) == 1
    assert (await save(admin, first["version"], enabled=False))["code"] == "conflict"


@pytest.mark.parametrize(
    ("questions", "field", "detail"),
    [
        ([STARS | {"text": {"en": " "}}], "questions.0.-1.", "no_text"),
        ([STARS, TEXT | {"text": {"fr": "Oui"}}], "questions.1.-1.fr", "language"),
        ([TEXT | {"text": {"de": "x" * 201}}], "questions.0.-1.de", "long:1:201:200"),
        ([TEXT | {"text": {"de": "a\u202eb"}}], "questions.0.-1.de", "turn:1:2:"),
        ([CHOICE | {"choices": [{"en": "One"}]}], "questions.0.-1.", "choices"),
        ([CHOICE | {"choices": [{"en": "One"}, {}]}], "questions.0.1.", "no_text"),
        ([CHOICE | {"choices": [{"en": "One"}, {"en": "ONE"}]}], "questions.0.1.", "twice"),
        ([STARS | {"id": f"q{n}"} for n in range(11)], "questions.-1.-1.", "questions"),
        ([STARS, STARS], "questions.-1.-1.", "id"),
    ],
)
async def test_a_wrong_survey_is_refused_with_its_place(
    admin: Visitor, questions: list[dict[str, Any]], field: str, detail: str
) -> None:
    wanted = [{"choices": []} | one for one in questions]
    refused = await save(admin, questions=wanted)
    assert (refused["code"], refused["field"], refused["detail"]) == ("bad_input", field, detail)
    body = {"version": 0, "enabled": True, "questions": wanted}
    trial = await admin.post("/api/survey/trial", {"language": "en", "survey": body})
    assert trial.json()["field"] == field
    assert (await admin.get("/api/survey/questions")).json()["version"] == 0


async def test_results_are_counted_by_time(
    relay: Relay, admin: Visitor, clock: ManualClock
) -> None:
    await save(admin)
    await answer(relay, SurveyReply(question="a", number=2), SurveyReply(question="c", text="Old"))
    clock.advance(10 * DAY_S)
    await admin.post("/api/login", {"name": "root", "password": PASSWORD})
    await answer(relay, SurveyReply(question="a", number=5), SurveyReply(question="b", number=0))
    await answer(relay, SurveyReply(question="c", text="<b>New</b>"))
    found = (await admin.get("/api/survey/results")).json()
    stars, choice, text = found["questions"]
    assert (found["people"], stars["count"], stars["total"]) == (3, 2, 7)
    assert [one["count"] for one in stars["bars"]] == [1, 0, 0, 1, 0]
    assert [one["count"] for one in choice["bars"]] == [1, 0]
    assert [one["text"] for one in text["remarks"]] == ["<b>New</b>", "Old"]
    week = (await admin.get("/api/survey/results?days=7")).json()
    assert (week["people"], week["questions"][0]["total"]) == (2, 5)
    for days in ("0", "-1", "x", "", "9999999999999", "\u0665"):
        assert (await admin.get(f"/api/survey/results?days={days}")).status == 400


async def test_the_file_is_safe_to_open(relay: Relay, admin: Visitor) -> None:
    first = await save(admin)
    await answer(
        relay,
        SurveyReply(question="a", number=4),
        SurveyReply(question="b", number=0),
        SurveyReply(question="c", text='=HYPERLINK("https://evil.example")\n;@x'),
    )
    await save(admin, first["version"], questions=QUESTIONS[1:])
    got = await admin.get("/api/survey/results.csv", headers={"Accept-Language": "de"})
    assert got.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert got.headers["Content-Disposition"].startswith('attachment; filename="survey-20')
    assert got.body.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(io.StringIO(got.text.removeprefix("\ufeff"), newline=""))
    assert head[2:] == ["Solved?", "Sonst noch etwas?", "Wie war es?"]
    assert row[2:] == ["Ja", "'=HYPERLINK(\"https://evil.example\")\n;'@x", "4"]
    assert row[0].endswith("Z")
    english = await admin.get("/api/survey/results.csv?days=1")
    assert '"\'=Yes"' in english.text
