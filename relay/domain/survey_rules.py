"""What a survey may ask, and what may be answered to it. Pure."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from protocol import limits
from protocol.catalogue import LANGUAGES
from protocol.steps import QuestionKind, SurveyReply
from relay.domain.content import Survey, SurveyItem
from relay.domain.wording import Place, cleaned, plain_fault, tidied

LEAST_CHOICES = 2
MOST_STARS = 5


class SurveyFault(NamedTuple):
    """What is wrong with a survey. `question` and `choice` count from 0, -1 for none in
    particular; `why` is one of questions, id, language, no_text, choices, twice, text: the last
    one with the `place`."""

    why: str
    question: int = -1
    choice: int = -1
    language: str = ""
    place: Place | None = None


class Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """One answer as it is stored: `n` is the count of stars or the choice's index."""

    q: str
    n: int | None = None
    t: str = ""


def tidied_items(items: Iterable[SurveyItem]) -> tuple[SurveyItem, ...]:
    """The questions as they are kept: without blanks around texts, empty texts, idle choices."""
    return tuple(
        msgspec.structs.replace(
            one,
            text=_tidied_texts(one.text),
            choices=tuple(map(_tidied_texts, one.choices))
            if one.kind is QuestionKind.CHOICE
            else (),
        )
        for one in items
    )


def fault_of(items: Sequence[SurveyItem]) -> SurveyFault | None:
    """The first thing wrong with `tidied_items`, None when they are fine."""
    if len(items) > limits.SURVEY_QUESTIONS:
        return SurveyFault("questions")
    if len({one.id for one in items}) < len(items):
        return SurveyFault("id")
    for at, item in enumerate(items):
        fault = _texts_fault(item.text, limits.SURVEY_QUESTION_CHARS) or _choices_fault(item)
        if fault is not None:
            return fault._replace(question=at)
    return None


def kept_answers(survey: Survey, replies: Iterable[SurveyReply]) -> list[Kept]:
    """What is stored of a customer's answers; those that say nothing are left out.

    Raises `ValueError` naming the question that does not fit the survey, by its id.
    """
    questions = {one.id: one for one in survey.questions}
    kept: dict[str, Kept] = {}
    for reply in replies:
        question = questions.get(reply.question)
        if question is None or reply.question in kept or not _fits(question, reply):
            raise ValueError(reply.question)
        kept[reply.question] = Kept(reply.question, reply.number, cleaned(reply.text))
    return [one for one in kept.values() if one.n is not None or one.t]


def _fits(question: SurveyItem, reply: SurveyReply) -> bool:
    if question.kind is QuestionKind.TEXT:
        return reply.number is None and len(reply.text) <= limits.SURVEY_TEXT_CHARS
    if reply.text or reply.number is None:
        return False
    if question.kind is QuestionKind.STARS:
        return 1 <= reply.number <= MOST_STARS
    return 0 <= reply.number < len(question.choices)


def _tidied_texts(texts: dict[str, str]) -> dict[str, str]:
    return {language: tidied(text) for language, text in texts.items() if text.strip()}


def _texts_fault(texts: dict[str, str], most: int) -> SurveyFault | None:
    for language, text in texts.items():
        if language not in LANGUAGES:
            return SurveyFault("language", language=language[: limits.ID_CHARS])
        place = plain_fault(text, most)
        if place is not None:
            return SurveyFault("text", language=language, place=place)
    return None if texts else SurveyFault("no_text")


def _choices_fault(item: SurveyItem) -> SurveyFault | None:
    if item.kind is not QuestionKind.CHOICE:
        return None
    if not LEAST_CHOICES <= len(item.choices) <= limits.SURVEY_CHOICES:
        return SurveyFault("choices")
    seen: set[tuple[str, str]] = set()
    for at, choice in enumerate(item.choices):
        fault = _texts_fault(choice, limits.TITLE_CHARS)
        if fault is not None:
            return fault._replace(choice=at)
        names = {(language, text.casefold()) for language, text in choice.items()}
        if names & seen:
            return SurveyFault("twice", choice=at)
        seen |= names
    return None
