"""The survey after the end: who may answer, how often, and what is kept."""

import json
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from protocol.facts import NoticeTold, SessionEnded
from protocol.requests import NoticeMine, SessionEnd
from protocol.signals import SurveyOffered
from protocol.steps import QuestionKind
from relay.domain.content import SurveyItem
from relay.storage.schema import survey, survey_answer
from tests.conftest import World, insert
from tests.peers import Caller, Customer, Socket, Visitor, client_id

QUESTIONS = (
    SurveyItem(id="how", kind=QuestionKind.STARS, text={"en": "How was it?"}),
    SurveyItem(
        id="solved",
        kind=QuestionKind.CHOICE,
        text={"en": "Is it solved?"},
        choices=({"en": "Yes"}, {"en": "No"}),
    ),
    SurveyItem(id="more", kind=QuestionKind.TEXT, text={"en": "Anything else?"}),
)
ANSWERS = [{"question": "how", "number": 5}, {"question": "more", "text": "Thank <b>you</b>"}]


@pytest.fixture
async def asking(world: World) -> World:
    """A site that asks."""
    row = {"enabled": True, "questions": msgspec.json.encode(QUESTIONS).decode(), "at": 0}
    await insert(world.relay.database, survey, row)
    await world.relay.hub.content_changed()
    return world


async def post(who: Caller, path: str, **body: object) -> tuple[int, dict[str, Any]]:
    """Status and body of the answer; a browser posts with its Origin, the program without."""
    headers = {"Origin": who.origin} if isinstance(who, Visitor) else {}
    async with who.http.post(f"{who.origin}{path}", json=body, headers=headers) as answer:
        return answer.status, await answer.json() if answer.status != 204 else {}


async def rate(who: Caller, answers: list[dict[str, Any]] | None = None) -> tuple[int, str]:
    """Answer by the way of whoever asks; status and error code."""
    body: dict[str, object] = {"answers": ANSWERS if answers is None else answers, "survey": 1}
    path = "/api/survey"
    if isinstance(who, Customer):
        path, body = f"{path}/native", body | {"token": who.joined.token}
    status, said = await post(who, path, **body)
    return status, said.get("code", "")


async def kept(world: World) -> list[Any]:
    async with world.relay.database.read() as connection:
        rows = (await connection.execute(sa.select(survey_answer.c.answers))).scalars()
        return [json.loads(one) for one in rows]


async def browser(world: World, *, helped: bool) -> tuple[Visitor, Socket]:
    """Somebody in the web chat, taken by a representative or still waiting."""
    ada = await world.representative("ada")
    desk = await world.stack.enter_async_context(await ada.desk())
    visitor = await world.visitor()
    await visitor.enter((await ada.make_key(desk)).key)
    mine, welcome = await visitor.connect()
    await world.stack.enter_async_context(mine)
    if helped and welcome.snapshot is not None:
        await ada.accept(desk, welcome.snapshot.session)
    return visitor, mine


async def end(mine: Socket) -> None:
    await mine.ask(SessionEnd(id=client_id()))
    await mine.hear(SessionEnded)


async def test_a_browser_answers_once_by_its_cookie(asking: World) -> None:
    visitor, mine = await browser(asking, helped=True)
    assert await rate(visitor) == (409, "not_now")
    await end(mine)
    offered = await mine.hear(SurveyOffered)
    assert [one.id for one in offered.questions] == ["how", "solved", "more"]
    assert await rate(visitor) == (204, "")
    assert await rate(visitor) == (409, "conflict")
    again, _ = await visitor.connect()
    await again.closed()
    assert not any(isinstance(one, SurveyOffered) for one in again.heard)
    (answers,) = await kept(asking)
    assert "Thank <b>you</b>" in json.dumps(answers)


async def test_the_program_answers_once_by_its_token(asking: World) -> None:
    talk = await asking.talk()
    await end(talk.mine)
    assert await rate(talk.customer) == (204, "")
    for _ in range(2):
        assert await rate(talk.customer) == (409, "conflict")
    assert len(await kept(asking)) == 1


async def test_answers_are_for_the_questions_that_were_offered(asking: World) -> None:
    talk = await asking.talk()
    await end(talk.mine)
    assert (await talk.mine.hear(SurveyOffered)).survey == 1
    await insert(asking.relay.database, survey, {"enabled": False, "questions": "[]", "at": 1})
    await asking.relay.hub.content_changed()
    assert await rate(talk.customer) == (204, "")
    assert len(await kept(asking)) == 1


async def test_who_was_never_helped_is_not_asked(asking: World) -> None:
    visitor, mine = await browser(asking, helped=False)
    await end(mine)
    assert await rate(visitor) == (409, "not_now")


async def test_who_left_by_a_notice_is_not_asked(asking: World) -> None:
    visitor, mine = await browser(asking, helped=False)
    notice = await asking.notice("Mail is slow")
    await mine.hear(NoticeTold)
    await mine.ask(NoticeMine(id=client_id(), notice=notice))
    await mine.hear(SessionEnded)
    assert await rate(visitor) == (409, "not_now")
    assert await kept(asking) == []


async def test_a_site_that_asks_nothing_takes_no_answers(world: World) -> None:
    talk = await world.talk()
    await end(talk.mine)
    assert await rate(talk.customer) == (409, "not_now")


@pytest.mark.parametrize(
    "answer",
    [
        {"question": "none", "number": 1},
        {"question": "how", "number": 6},
        {"question": "how", "number": 0},
        {"question": "solved", "number": 2},
        {"question": "more", "number": 1},
        {"question": "more", "text": "x" * 1001},
        {"question": "how", "number": "5"},
        {"question": "how", "number": 5, "extra": 1},
    ],
)
async def test_what_the_survey_does_not_ask_is_refused_and_nothing_is_kept(
    asking: World, answer: dict[str, Any]
) -> None:
    talk = await asking.talk()
    await end(talk.mine)
    assert await rate(talk.customer, [answer]) == (400, "bad_input")
    assert await kept(asking) == []
    assert await rate(talk.customer) == (204, "")


@pytest.mark.expect_log("origin.refused")
async def test_nobody_answers_for_others(asking: World) -> None:
    talk = await asking.talk()
    await end(talk.mine)
    stranger = await asking.visitor()
    assert await rate(stranger) == (404, "unknown_session")
    token = talk.customer.joined.token
    status, _ = await post(stranger, "/api/survey", answers=ANSWERS, survey=1, token=token)
    assert status == 404
    status, _ = await post(stranger, "/api/survey/native", answers=ANSWERS, survey=1, token=token)
    assert status == 403
    status, _ = await post(talk.customer, "/api/survey", answers=ANSWERS, survey=1, token=token)
    assert status == 403
    wrong = talk.customer.joined.token[::-1]
    path = "/api/survey/native"
    status, _ = await post(talk.customer, path, answers=ANSWERS, survey=1, token=wrong)
    assert status == 404
    assert await kept(asking) == []
