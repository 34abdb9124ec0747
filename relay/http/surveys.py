"""The survey as administrators write it, and what came in.

A survey that may not be saved is refused with its place: `field` is
`questions.<question>.<choice>.<language>` (counted from 0; -1 and an empty language where there
is none in particular), `detail` the reason of `relay.domain.survey_rules.SurveyFault`, or that of
a text as in `relay.http.texts`.
"""

import datetime as dt

import structlog
from aiohttp import web

from protocol.catalogue import Catalogue
from protocol.errors import ErrorCode
from protocol.settings_api import (
    SurveyBar,
    SurveyRemark,
    SurveyResult,
    SurveyResults,
    SurveyRow,
    SurveyState,
    SurveyWish,
)
from protocol.steps import QuestionKind
from relay.domain import csv_export
from relay.domain.content import Survey, SurveyItem, in_language
from relay.domain.survey_results import Answered, Outcome, Questions, outcomes
from relay.domain.survey_rules import fault_of, tidied_items
from relay.http.answers import Refusal, answer, read_json
from relay.http.parts import Parts
from relay.http.texts import place_detail
from relay.http.who import ACCOUNT
from relay.storage.surveys import SurveyConflict, SurveyStore

log = structlog.get_logger("survey")

MOST_DAYS = 3650
_DAY_MS = 24 * 3600 * 1000


class Surveys:
    """The handlers; their routes ask for `survey.manage`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._surveys = SurveyStore(parts.database)

    async def state(self, _request: web.Request) -> web.Response:
        """GET /api/survey/questions"""
        return answer(await self._state())

    async def save(self, request: web.Request) -> web.Response:
        """POST /api/survey/questions: then as `state`. CONFLICT: somebody saved since."""
        wish, me = await read_json(request, SurveyWish), request[ACCOUNT]
        try:
            saved = await self._surveys.save(survey_of(wish), me.id, self._parts.clock.now_ms())
        except SurveyConflict:
            raise Refusal(ErrorCode.CONFLICT, field="questions") from None
        log.info("survey.saved", by=me.id, version=saved.id, questions=len(saved.questions))
        await self._parts.hub.content_changed()
        return answer(await self._state())

    async def results(self, request: web.Request) -> web.Response:
        """GET /api/survey/results?days=n: without `days` since ever."""
        collected = await self._surveys.results(self._since(request))
        found = outcomes(collected.questions, collected.answered)
        return answer(
            SurveyResults(
                now=self._parts.clock.now_ms(),
                people=len(collected.answered),
                questions=tuple(map(_result, found)),
            )
        )

    async def export(self, request: web.Request) -> web.Response:
        """GET /api/survey/results.csv?days=n: a row for everybody who answered."""
        collected = await self._surveys.results(self._since(request))
        texts = self._parts.pages.texts(request)
        today = dt.datetime.fromtimestamp(self._parts.clock.now_ms() / 1000, dt.UTC)
        name = f"survey-{today:%Y-%m-%d}.csv"
        log.info("survey.exported", by=request[ACCOUNT].id, people=len(collected.answered))
        return web.Response(
            body=csv_export.table(_rows(collected.questions, collected.answered, texts)),
            content_type="text/csv",
            charset="utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    async def _state(self) -> SurveyState:
        stored = await self._surveys.stored()
        return SurveyState(
            now=self._parts.clock.now_ms(),
            version=stored.survey.id,
            enabled=stored.survey.enabled,
            by=stored.by,
            at=stored.at,
            questions=tuple(
                SurveyRow(id=one.id, kind=one.kind, text=one.text, choices=one.choices)
                for one in stored.survey.questions
            ),
        )

    def _since(self, request: web.Request) -> int:
        """The first moment asked for, in ms; 0 for ever. Raises `Refusal`."""
        asked = request.query.get("days")
        if asked is None:
            return 0
        if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:9]) <= MOST_DAYS):
            raise Refusal(ErrorCode.BAD_INPUT, field="days")
        return self._parts.clock.now_ms() - int(asked) * _DAY_MS


def survey_of(wish: SurveyWish) -> Survey:
    """The survey somebody asks for. Raises `Refusal` BAD_INPUT."""
    items = tidied_items(
        SurveyItem(id=one.id, kind=one.kind, text=one.text, choices=one.choices)
        for one in wish.questions
    )
    fault = fault_of(items)
    if fault is not None:
        raise Refusal(
            ErrorCode.BAD_INPUT,
            field=f"questions.{fault.question}.{fault.choice}.{fault.language}",
            detail=place_detail(fault.place) if fault.place else fault.why,
        )
    return Survey(id=wish.version, enabled=wish.enabled, questions=items)


def _result(outcome: Outcome) -> SurveyResult:
    return SurveyResult(
        id=outcome.question.id,
        kind=outcome.question.kind,
        text=outcome.question.text,
        current=outcome.current,
        count=outcome.count,
        total=outcome.total,
        bars=tuple(
            SurveyBar(number=one.number, text=dict(one.text), count=one.times)
            for one in outcome.bars
        ),
        remarks=tuple(SurveyRemark(at=one.at, text=one.text) for one in outcome.remarks),
    )


def _rows(
    questions: Questions, answered: list[Answered], texts: Catalogue
) -> list[list[str | int]]:
    """A head, then what each of them answered: stars as numbers, everything else in words."""
    asked = [one.question for one in outcomes(questions, answered)]
    columns = {(one.id, one.kind): at for at, one in enumerate(asked, start=2)}
    words = [in_language(one.text, texts.language) for one in asked]
    rows: list[list[str | int]] = [
        [texts("admin.survey_csv_time"), texts("admin.survey_csv_session"), *words]
    ]
    for one in answered:
        when = dt.datetime.fromtimestamp(one.at / 1000, dt.UTC)
        row: list[str | int] = [f"{when:%Y-%m-%dT%H:%M:%SZ}", one.session, *[""] * len(asked)]
        for kept in one.answers:
            known = questions.asked(one.survey, kept)
            if known is None:
                continue
            item, number = known
            row[columns[item.id, item.kind]] = _cell(item, number, kept.t, texts.language)
        rows.append(row)
    return rows


def _cell(item: SurveyItem, number: int | None, text: str, language: str) -> str | int:
    if number is None:
        return text
    if item.kind is QuestionKind.CHOICE:
        return in_language(item.choices[number], language)
    return number
