"""Whether a customer is asked how it was, and in which words. Pure."""

from protocol.facts import EndReason, SessionEnded
from protocol.signals import SurveyOffered
from protocol.steps import SurveyQuestion
from relay.domain.content import Content, SurveyItem, in_language
from relay.domain.filling import lasting
from relay.domain.macros import filled
from relay.domain.session import Session
from relay.domain.texts import TextName

_ASKED_AFTER = frozenset({EndReason.CLOSED, EndReason.LINK_LOST})
"""Nobody is asked about help that never came, or that a notice made needless."""


def is_asked(session: Session) -> bool:
    """Whether the customer of an ended session may be asked; not twice."""
    ended = session.snapshot.log[-1] if session.snapshot.log else None
    return (
        isinstance(ended, SessionEnded)
        and ended.reason in _ASKED_AFTER
        and session.was_helped
        and not session.rated
    )


def offer(session: Session, content: Content, site: str) -> SurveyOffered | None:
    """The survey in the customer's language, if it is on and fits this session."""
    survey = content.survey
    if not survey.enabled or not survey.questions or not is_asked(session):
        return None
    language = session.opened.language
    values = lasting(session, site)
    title = filled(content.words(TextName.SURVEY_TITLE, language), values)
    thanks = filled(content.words(TextName.SURVEY_THANKS, language), values)
    questions = tuple(_in_words(one, language) for one in survey.questions)
    return SurveyOffered(title=title, questions=questions, thanks=thanks, survey=survey.id)


def _in_words(item: SurveyItem, language: str) -> SurveyQuestion:
    return SurveyQuestion(
        id=item.id,
        kind=item.kind,
        text=in_language(item.text, language),
        choices=tuple(in_language(one, language) for one in item.choices),
    )
