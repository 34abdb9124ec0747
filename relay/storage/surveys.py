"""The survey in every version, and what customers answered."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from protocol.steps import SurveyReply
from relay.domain.content import NO_SURVEY, Survey, SurveyItem
from relay.domain.survey_results import Answered, Questions
from relay.domain.survey_rules import Kept, kept_answers
from relay.storage.database import Database
from relay.storage.schema import session, survey, survey_answer, user
from relay.storage.site_lock import lock_site


class StoredSurvey(NamedTuple):
    """A version of the survey; `by` is the shown name of who saved it, `at` in ms."""

    survey: Survey
    by: str
    at: int | None


class SurveyConflict(Exception):
    """Somebody saved since; `newest` is what stands now."""

    def __init__(self, newest: StoredSurvey) -> None:
        super().__init__(str(newest.survey.id))
        self.newest = newest


class Collected(NamedTuple):
    """What came in, the newest first, and the questions it answers."""

    questions: Questions
    answered: list[Answered]


class SurveyStore:
    """Every method raises `StorageUnavailable`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def current(self) -> Survey:
        """The survey that is asked now."""
        return (await self.stored()).survey

    async def version(self, survey_id: int) -> Survey | None:
        """The survey as it stood under that id."""
        wanted = sa.select(survey).where(survey.c.id == survey_id)
        async with self._database.read() as connection:
            row = (await connection.execute(wanted)).one_or_none()
        return None if row is None else _survey(row)

    async def stored(self) -> StoredSurvey:
        """As `current`, with who saved it and when."""
        async with self._database.read() as connection:
            return await _stored(connection)

    async def save(self, wish: Survey, user_id: str, now: int) -> Survey:
        """Make a new version in place of `wish.id`. Raises `SurveyConflict`."""

        async def work(connection: AsyncConnection) -> Survey:
            await lock_site(connection)
            present = await _stored(connection)
            same = msgspec.structs.replace(wish, id=present.survey.id)
            if same == present.survey:
                return same
            if wish.id != present.survey.id:
                raise SurveyConflict(present)
            values = {
                "enabled": wish.enabled,
                "questions": msgspec.json.encode(wish.questions).decode(),
                "user_id": user_id,
                "at": now,
            }
            inserted = await connection.execute(
                sa.insert(survey).values(values).returning(survey.c.id)
            )
            return msgspec.structs.replace(wish, id=int(inserted.scalar_one()))

        return await self._database.write(work)

    async def answer(
        self, session_number: int, asked: Survey, replies: Iterable[SurveyReply], now: int
    ) -> bool:
        """Keep what a customer answered; False when this session has answered already.

        Answers to a draft (id 0) are only checked. Raises `ValueError` with the id of a question
        that does not fit.
        """
        kept = kept_answers(asked, replies)
        if not kept or not asked.id:
            return True
        values = {
            "session": session_number,
            "survey_id": asked.id,
            "at": now,
            "answers": msgspec.json.encode(kept).decode(),
        }
        once = postgresql.insert(survey_answer).values(values).on_conflict_do_nothing()

        async def work(connection: AsyncConnection) -> bool:
            return (await connection.execute(once)).rowcount == 1

        return await self._database.write(work)

    async def results(self, since: int) -> Collected:
        """Everything answered from `since` (ms) on; test sessions do not count."""
        wanted = (
            sa.select(survey_answer, session.c.id.label("session_id"))
            .join(session, session.c.number == survey_answer.c.session)
            .where(survey_answer.c.at >= since, session.c.trial.is_(False))
            .order_by(survey_answer.c.at.desc(), survey_answer.c.session.desc())
        )
        async with self._database.read() as connection:
            versions = await connection.execute(sa.select(survey).order_by(survey.c.id))
            questions = Questions([_survey(row) for row in versions])
            rows = (await connection.execute(wanted)).all()
        return Collected(questions, [_answered(row) for row in rows])


async def _stored(connection: AsyncConnection) -> StoredSurvey:
    wanted = sa.select(survey, user.c.shown_name).join(
        user, user.c.id == survey.c.user_id, isouter=True
    )
    newest = wanted.order_by(survey.c.id.desc()).limit(1)
    row = (await connection.execute(newest)).one_or_none()
    if row is None:
        return StoredSurvey(NO_SURVEY, "", None)
    return StoredSurvey(_survey(row), row.shown_name or "", row.at)


def _survey(row: sa.Row[Any]) -> Survey:
    questions = msgspec.json.decode(row.questions, type=tuple[SurveyItem, ...])
    return Survey(id=row.id, enabled=row.enabled, questions=questions)


def _answered(row: sa.Row[Any]) -> Answered:
    kept = msgspec.json.decode(row.answers, type=list[Kept])
    return Answered(row.session_id, row.at, row.survey_id, kept)
