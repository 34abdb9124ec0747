"""The survey after the end."""

import pytest

from client.session import inputs as given
from client.session.effects import Disconnect, PostSurvey, Quit
from client.session.machines import Page
from client.session.state import LinkState, Stage, Verdict
from protocol.api import SurveyAnswers
from protocol.errors import ErrorCode
from protocol.facts import EndReason, SessionEnded
from protocol.signals import SurveyOffered
from protocol.steps import QuestionKind, SurveyQuestion, SurveyReply
from tests.client.mind import ACCEPTED, ADA, AT, JOINED, OPENED, Mind, welcome

ENDED = SessionEnded(seq=3, at=AT, by=ADA.id, reason=EndReason.CLOSED)
OFFER = SurveyOffered(
    title="How was it?",
    questions=(SurveyQuestion(id="q1", kind=QuestionKind.STARS, text="Our help"),),
    thanks="Thank you.",
)
REPLIES = (SurveyReply(question="q1", number=4),)
POST = PostSurvey(SurveyAnswers(answers=REPLIES, survey=OFFER.survey, token=JOINED.token))


def offered() -> Mind:
    mind = Mind().talk()
    mind.hear(ENDED, OFFER)
    return mind


def stage(mind: Mind) -> Stage | None:
    return mind.state.survey.stage if mind.state.survey else None


def test_the_offer_between_the_end_and_the_close_is_not_lost() -> None:
    mind = Mind().talk()
    assert mind.hear(ENDED) == ()
    assert mind.hear(OFFER) == (Disconnect(),)
    assert mind.take(given.LinkClosed(Verdict.GONE)) == ()
    assert (stage(mind), mind.state.verdict) == (Stage.ASKED, None)
    assert mind.controller.due() is None


def test_the_offer_comes_with_a_link_that_had_to_be_found_again() -> None:
    mind = Mind().talk()
    mind.hear(ENDED)
    mind.take(given.LinkLost())
    assert mind.state.link is LinkState.LOST
    assert mind.hear(welcome([OPENED, ACCEPTED, ENDED])) == ()
    mind.hear(OFFER)
    assert stage(mind) is Stage.ASKED


def test_no_survey_without_an_end() -> None:
    mind = Mind().talk()
    assert mind.hear(OFFER) == ()
    assert stage(mind) is None


def test_answers_are_posted_with_the_token_and_thanked_for() -> None:
    mind = offered()
    assert mind.take(given.SurveySent(REPLIES)) == (POST,)
    assert mind.take(given.SurveySent(REPLIES)) == ()
    mind.take(given.SurveyTaken())
    assert stage(mind) is Stage.SENT
    assert mind.take(given.SurveySent(REPLIES), given.SurveySkipped()) == ()
    assert stage(mind) is Stage.SENT


def test_nothing_answered_is_nothing_sent() -> None:
    mind = offered()
    assert mind.take(given.SurveySent(())) == ()
    assert mind.state.survey
    assert mind.state.survey.empty
    assert mind.take(given.SurveySent(REPLIES)) == (POST,)
    assert not mind.state.survey.empty


def test_a_failed_try_is_kept_and_tried_again() -> None:
    mind = offered()
    mind.take(given.SurveySent(REPLIES), given.SurveyFailed())
    assert stage(mind) is Stage.FAILED
    assert mind.take(given.SurveySent(REPLIES)) == (POST,)


@pytest.mark.parametrize("code", ErrorCode)
def test_a_refusal_says_why_but_not_that_it_was_answered_already(code: ErrorCode) -> None:
    mind = offered()
    mind.take(given.SurveySent(REPLIES), given.SurveyRefused(code))
    assert mind.state.survey
    if code is ErrorCode.CONFLICT:
        assert stage(mind) is Stage.SENT
    else:
        assert (stage(mind), mind.state.survey.code) == (Stage.FAILED, code)


def test_it_can_be_left_out() -> None:
    mind = offered()
    mind.take(given.SurveySkipped())
    assert stage(mind) is None
    assert mind.take(given.SurveySent(REPLIES), given.SurveyTaken()) == ()


def test_a_closed_window_never_waits_for_it() -> None:
    mind = offered()
    mind.take(given.SurveySent(REPLIES))
    assert mind.take(given.CloseWanted()) == (Quit(),)
    assert mind.shows(Page.ENDED)


def test_a_window_closed_in_the_talk_sees_no_survey() -> None:
    mind = Mind().talk()
    mind.take(given.CloseWanted(), given.EndAnswered(yes=True, id="end00001"))
    assert mind.hear(ENDED) == (Disconnect(), Quit())
    assert mind.hear(OFFER) == ()
    assert stage(mind) is None
