"""What a customer is asked before the queue, and the survey after the end."""

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from protocol import limits


class Step(StrEnum):
    """The questions before the queue, in the order in which they are asked."""

    AGREEMENT = "agreement"
    RECORDING = "recording"


class Reply(StrEnum):
    """NONE: the time was up. Nothing is ever allowed by it."""

    YES = "yes"
    NO = "no"
    NONE = "none"


class QuestionKind(StrEnum):
    """How a question of the survey is answered: 1 to 5 stars, one of its choices, free text."""

    STARS = "stars"
    CHOICE = "choice"
    TEXT = "text"


class SurveyQuestion(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A question in the customer's language; `choices` only where its kind has them."""

    id: str
    kind: QuestionKind
    text: str
    choices: tuple[str, ...] = ()


class SurveyReply(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    """The answer to `question`: `number` is the count of stars (1 to 5) or the index of the choice
    (from 0), `text` what was written. Questions without an answer are left out."""

    question: Annotated[str, Meta(max_length=limits.ID_CHARS)]
    number: Annotated[int, Meta(ge=0, le=100)] | None = None
    text: Annotated[str, Meta(max_length=limits.SURVEY_TEXT_CHARS)] = ""
