"""The survey and its answers on both kinds of database."""

import asyncio

import msgspec
import pytest
import sqlalchemy as sa

from protocol.steps import QuestionKind, SurveyReply
from relay.domain.accounts import Account, UserRole
from relay.domain.content import NO_SURVEY, Survey, SurveyItem
from relay.domain.survey_results import Answered
from relay.domain.survey_rules import Kept
from relay.storage.accounts import AccountStore
from relay.storage.database import Database
from relay.storage.schema import session
from relay.storage.surveys import SurveyConflict, SurveyStore

NOW = 1_700_000_000_000
STARS = SurveyItem(id="a", kind=QuestionKind.STARS, text={"en": "How?", "de": "Wie?"})
WISH = Survey(enabled=True, questions=(STARS,))


@pytest.fixture
async def ada(database: Database) -> Account:
    role = UserRole.ADMINISTRATOR
    return await AccountStore(database).create("ada", "Ada", role, None, NOW)


@pytest.fixture
def surveys(database: Database) -> SurveyStore:
    return SurveyStore(database)


async def new_session(database: Database, name: str, trial: bool = False) -> int:
    values = {"id": name, "state": "ended", "opened_at": NOW, "trial": trial}
    adding = sa.insert(session).values(values).returning(session.c.number)
    number: int = (await database.write(lambda c: c.execute(adding))).scalar_one()
    return number


def stars(number: int) -> list[SurveyReply]:
    return [SurveyReply(question="a", number=number)]


async def test_each_save_is_a_version(surveys: SurveyStore, ada: Account) -> None:
    assert await surveys.current() == NO_SURVEY
    first = await surveys.save(WISH, ada.id, NOW)
    assert await surveys.current() == first
    stored = await surveys.stored()
    assert (stored.by, stored.at) == ("Ada", NOW)
    off = msgspec.structs.replace(first, enabled=False)
    second = await surveys.save(off, ada.id, NOW)
    assert (second.enabled, second.id > first.id) == (False, True)
    assert await surveys.save(second, ada.id, NOW) == second


async def test_of_many_who_save_at_once_one_wins(surveys: SurveyStore, ada: Account) -> None:
    texts = [msgspec.structs.replace(STARS, text={"en": f"How {n}?"}) for n in range(6)]
    saves = [surveys.save(Survey(questions=(one,)), ada.id, NOW) for one in texts]
    outcomes = await asyncio.gather(*saves, return_exceptions=True)
    assert [type(one) for one in outcomes].count(SurveyConflict) == 5
    refused = next(one for one in outcomes if isinstance(one, SurveyConflict))
    assert refused.newest.survey == await surveys.current()


async def test_a_session_answers_once(
    database: Database, surveys: SurveyStore, ada: Account
) -> None:
    survey = await surveys.save(WISH, ada.id, NOW)
    number = await new_session(database, "s1")
    tries = [surveys.answer(number, survey, stars(n), NOW) for n in (1, 2, 3, 4, 5)]
    assert sorted(await asyncio.gather(*tries)) == [False] * 4 + [True]
    assert len((await surveys.results(0)).answered) == 1


async def test_answers_that_do_not_fit_are_refused(
    database: Database, surveys: SurveyStore, ada: Account
) -> None:
    survey = await surveys.save(WISH, ada.id, NOW)
    number = await new_session(database, "s1")
    with pytest.raises(ValueError, match=r"^a$"):
        await surveys.answer(number, survey, stars(6), NOW)
    assert await surveys.answer(number, survey, [], NOW)
    assert (await surveys.results(0)).answered == []
    assert await surveys.answer(number, survey, stars(5), NOW)


async def test_results_are_of_a_time_and_without_tests(
    database: Database, surveys: SurveyStore, ada: Account
) -> None:
    survey = await surveys.save(WISH, ada.id, NOW)
    for at, trial in ((1, False), (2, True), (3, False)):
        number = await new_session(database, f"s{at}", trial)
        assert await surveys.answer(number, survey, stars(at), at)
    draft = msgspec.structs.replace(survey, id=0)
    assert await surveys.answer(await new_session(database, "s4"), draft, stars(1), 4)
    collected = await surveys.results(0)
    assert collected.answered == [
        Answered("s3", 3, survey.id, [Kept("a", 3)]),
        Answered("s1", 1, survey.id, [Kept("a", 1)]),
    ]
    assert collected.questions.all() == [STARS]
    assert [one.at for one in (await surveys.results(2)).answered] == [3]
