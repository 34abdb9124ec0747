"""The survey: only after real help, only where it is on, in the customer's words."""

from dataclasses import replace
from itertools import product

import pytest

from protocol.acts import SessionClose
from protocol.facts import EndReason, Participant
from protocol.requests import NotePost, SessionEnd, SessionTransfer
from protocol.steps import QuestionKind, SurveyQuestion
from relay.domain.content import Survey, SurveyItem
from relay.domain.given import Given
from relay.domain.session import Session
from relay.domain.surveys import is_asked, offer
from relay.domain.texts import TextName
from tests.relay.domain import cast
from tests.relay.domain.cast import ADA, GRACE, SITE, WISH, accepted, carried_out

QUESTIONS = (
    SurveyItem(id="q1", kind=QuestionKind.STARS, text={"en": "How was it?", "de": "Wie war es?"}),
    SurveyItem(
        id="q2",
        kind=QuestionKind.CHOICE,
        text={"en": "Was it solved?"},
        choices=({"en": "Yes", "de": "Ja"}, {"en": "No"}),
    ),
)
SURVEY = Survey(id=7, enabled=True, questions=QUESTIONS)
HELP = {"never helped": False, "helped": True}


def ended(reason: EndReason, *, helped: bool, language: str = "en") -> Session:
    """A session that the relay has ended for `reason`."""
    at = cast.session(language=language)
    if helped:
        at = accepted(at)
    return carried_out(at, SessionClose(reason=reason))


@pytest.mark.parametrize("reason", EndReason)
@pytest.mark.parametrize("helped", HELP.values(), ids=HELP)
@pytest.mark.parametrize("rated", [False, True], ids=["not rated", "rated"])
def test_only_who_was_helped_and_has_not_answered_is_asked(
    reason: EndReason, helped: bool, rated: bool
) -> None:
    session = replace(ended(reason, helped=helped), rated=rated)
    wanted = helped and not rated and reason in (EndReason.CLOSED, EndReason.LINK_LOST)
    assert is_asked(session) is wanted
    for enabled, questions in product((True, False), (QUESTIONS, ())):
        site = cast.content(survey=Survey(enabled=enabled, questions=questions))
        found = offer(session, site, SITE)
        assert (found is not None) is (wanted and enabled and bool(questions))


def test_nobody_is_asked_while_the_session_runs() -> None:
    site = cast.content(survey=SURVEY)
    for session in (cast.session(), cast.session(preparing=True), accepted(cast.session())):
        assert not is_asked(session)
        assert offer(session, site, SITE) is None


@pytest.mark.parametrize("sender", [GRACE, ADA], ids=lambda one: one.name)
def test_whoever_ends_it_the_customer_is_asked(sender: Participant) -> None:
    session = carried_out(accepted(cast.session()), SessionEnd(id="end-it-now"), sender)
    assert is_asked(session)


def test_a_note_after_the_end_changes_nothing() -> None:
    session = ended(EndReason.CLOSED, helped=True)
    assert is_asked(carried_out(session, NotePost(id="note-0001", text="kind"), ADA))


def test_who_was_helped_and_gave_up_in_the_next_queue_is_asked() -> None:
    passed = carried_out(
        accepted(cast.session()), SessionTransfer(id="pass-0001", queue=WISH), ADA, Given()
    )
    assert is_asked(carried_out(passed, SessionEnd(id="end-it-now"), GRACE))


def test_the_words_are_the_organisations_own_in_the_customers_language() -> None:
    own = {
        (TextName.SURVEY_TITLE, "de"): "Wie war %REP% von %SITE%?",
        (TextName.SURVEY_THANKS, "en"): "not read",
    }
    site = cast.content(own, survey=SURVEY)
    found = offer(ended(EndReason.CLOSED, helped=True, language="de"), site, SITE)
    assert found is not None
    assert found.title == "Wie war Ada von Acme Support?"
    assert found.thanks == cast.words().default(TextName.SURVEY_THANKS, "de")
    assert found.questions == (
        SurveyQuestion(id="q1", kind=QuestionKind.STARS, text="Wie war es?"),
        SurveyQuestion(
            id="q2", kind=QuestionKind.CHOICE, text="Was it solved?", choices=("Ja", "No")
        ),
    )
