"""The customer's answers to the survey after the end."""

import structlog
from aiohttp import web
from msgspec.structs import replace

from protocol.api import SurveyAnswers
from protocol.errors import ErrorCode
from relay.domain.content import Survey
from relay.domain.tokens import token_hash
from relay.http import cookies
from relay.http.answers import Refusal, read_json
from relay.http.parts import Parts
from relay.realtime.entrance import Rating
from relay.storage.sessions import SessionStore
from relay.storage.surveys import SurveyStore

log = structlog.get_logger("survey")


class SurveyPost:
    """The handlers."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._surveys = SurveyStore(parts.database)
        self._sessions = SessionStore(parts.database)

    async def from_page(self, request: web.Request) -> web.Response:
        """POST /api/survey: a page proves itself by its cookie."""
        said = await read_json(request, SurveyAnswers)
        return await self._store(cookies.token_in(request, cookies.CHAT), said)

    async def from_client(self, request: web.Request) -> web.Response:
        """POST /api/survey/native: the program proves itself by its resume token."""
        said = await read_json(request, SurveyAnswers)
        return await self._store(said.token, said)

    async def _store(self, token: str | None, said: SurveyAnswers) -> web.Response:
        """204. Raises `Refusal`: UNKNOWN_SESSION; CONFLICT where it was answered already;
        NOT_NOW where nobody asks; BAD_INPUT for what the survey does not ask. Nothing of a
        trial is kept."""
        hub = self._parts.hub
        member = None if token is None else await hub.member(token_hash(token))
        if member is None:
            raise Refusal(ErrorCode.UNKNOWN_SESSION)
        rating = await hub.entrance.rating(member)
        if rating is None:
            session = await self._sessions.load(member.session)
            rated = session is not None and session.rated
            raise Refusal(ErrorCode.CONFLICT if rated else ErrorCode.NOT_NOW)
        asked = await self._asked(rating, said.survey)
        if asked is None or not asked.enabled:
            raise Refusal(ErrorCode.NOT_NOW)
        try:
            kept = await self._surveys.answer(
                rating.number, asked, said.answers, self._parts.clock.now_ms()
            )
        except ValueError as error:
            raise Refusal(ErrorCode.BAD_INPUT, field="answers", detail=str(error)) from None
        if not kept:
            raise Refusal(ErrorCode.CONFLICT)
        if said.answers and not rating.trial:
            await hub.entrance.rated(rating.session)
        log.info("survey.answered", session=rating.session)
        return web.Response(status=204)

    async def _asked(self, rating: Rating, survey_id: int) -> Survey | None:
        """The questions that the customer was offered, even if they have been changed since.

        Answers to a trial's draft are only looked at: it gets no id.
        """
        if rating.trial:
            return replace(rating.survey, id=0)
        if survey_id == rating.survey.id:
            return rating.survey
        return await self._surveys.version(survey_id)
