"""The survey after the end. Closing the window never waits for it."""

from dataclasses import replace

from client.session.effects import Effect, PostSurvey
from client.session.inputs import (
    SurveyFailed,
    SurveyRefused,
    SurveySent,
    SurveySkipped,
    SurveyTaken,
)
from client.session.state import ClientState, Stage, Survey
from protocol.api import SurveyAnswers
from protocol.errors import ErrorCode

Step = tuple[ClientState, tuple[Effect, ...]]


def survey_sent(state: ClientState, given: SurveySent, _now: float) -> Step:
    """Post the answers, unless there are none yet or they are under way."""
    survey = state.survey
    if survey is None or survey.stage not in (Stage.ASKED, Stage.FAILED):
        return state, ()
    if not given.replies:
        return replace(state, survey=replace(survey, empty=True, code=None)), ()
    sending = replace(survey, stage=Stage.SENDING, replies=given.replies, empty=False, code=None)
    answers = SurveyAnswers(answers=given.replies, survey=survey.offer.survey, token=state.token)
    return replace(state, survey=sending), (PostSurvey(answers),)


def survey_skipped(state: ClientState, _given: SurveySkipped, _now: float) -> Step:
    """The customer does not want to answer."""
    open_ = state.survey is not None and state.survey.stage in (Stage.ASKED, Stage.FAILED)
    return (replace(state, survey=None), ()) if open_ else (state, ())


def survey_taken(state: ClientState, _given: SurveyTaken, _now: float) -> Step:
    """The relay has the answers."""
    return _at(state, Stage.SENT)


def survey_refused(state: ClientState, given: SurveyRefused, _now: float) -> Step:
    """A second try after a lost answer of the relay finds that the first one came through."""
    if given.code is ErrorCode.CONFLICT:
        return _at(state, Stage.SENT)
    return _at(state, Stage.FAILED, given.code)


def survey_failed(state: ClientState, _given: SurveyFailed, _now: float) -> Step:
    """The answers are kept for another try."""
    return _at(state, Stage.FAILED)


def _at(state: ClientState, stage: Stage, code: ErrorCode | None = None) -> Step:
    survey: Survey | None = state.survey
    if survey is None or survey.stage is not Stage.SENDING:
        return state, ()
    return replace(state, survey=replace(survey, stage=stage, code=code)), ()
