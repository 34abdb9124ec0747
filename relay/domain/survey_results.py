"""What surveys brought in: counted over every version in which a question was asked. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from protocol.steps import QuestionKind
from relay.domain.content import Survey, SurveyItem
from relay.domain.survey_rules import MOST_STARS, Kept

REMARKS = 200
"""Most texts of a question that are shown; all of them are in the export."""


class Answered(NamedTuple):
    """What one customer answered, at `at` (ms), to the survey of that version."""

    session: str
    at: int
    survey: int
    answers: list[Kept]


class Remark(NamedTuple):
    at: int
    text: str


class Bar(NamedTuple):
    """How often `number` was answered: stars, or the place of a choice with this `text`."""

    number: int
    text: Mapping[str, str]
    times: int


@dataclass(slots=True)
class Outcome:
    """The answers to one question, worded as it was asked last. `current`: it still is.

    `total` is the sum of the stars; `remarks` are the newest texts.
    """

    question: SurveyItem
    current: bool
    count: int = 0
    total: int = 0
    bars: list[Bar] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


class Questions:
    """Every question that was ever asked, each as it was worded last.

    A question is known by its id and kind. A choice is the same as another when any language
    words them alike: correcting or translating it does not split its answers.
    """

    def __init__(self, surveys: Iterable[Survey]) -> None:
        """`surveys` are all versions, the oldest first."""
        self._versions = {one.id: one for one in surveys}
        newest = max(self._versions, default=0)
        self._current = {_key(one) for one in self._items(newest)}
        self._known: dict[tuple[str, QuestionKind], SurveyItem] = {}
        for number in sorted(self._versions, reverse=True):
            for item in self._items(number):
                known = self._known.setdefault(_key(item), item)
                self._known[_key(item)] = _with_choices(known, item)

    def all(self) -> list[SurveyItem]:
        """The questions: those of the newest survey first."""
        return list(self._known.values())

    def is_current(self, question: SurveyItem) -> bool:
        """Whether the newest survey asks it."""
        return _key(question) in self._current

    def asked(self, survey: int, answer: Kept) -> tuple[SurveyItem, int | None] | None:
        """Which question was answered, and with which number; None when nothing is known of it."""
        item = next((one for one in self._items(survey) if one.id == answer.q), None)
        if item is None:
            return None
        known = self._known[_key(item)]
        if item.kind is not QuestionKind.CHOICE or answer.n is None:
            return known, answer.n
        if answer.n >= len(item.choices):
            return None
        return known, _same(known.choices, item.choices[answer.n])

    def _items(self, survey: int) -> Sequence[SurveyItem]:
        version = self._versions.get(survey)
        return version.questions if version else ()


def outcomes(questions: Questions, answered: Iterable[Answered]) -> list[Outcome]:
    """What was answered, the newest of `answered` first; earlier questions only with answers."""
    found = {_key(one): Outcome(one, questions.is_current(one)) for one in questions.all()}
    numbers: dict[tuple[str, QuestionKind], Counter[int]] = {key: Counter() for key in found}
    for one in answered:
        for answer in one.answers:
            asked = questions.asked(one.survey, answer)
            if asked is None:
                continue
            item, number = asked
            outcome = found[_key(item)]
            outcome.count += 1
            if number is not None:
                numbers[_key(item)][number] += 1
            elif len(outcome.remarks) < REMARKS:
                outcome.remarks.append(Remark(one.at, answer.t))
    for key, outcome in found.items():
        _count(outcome, numbers[key])
    return [one for one in found.values() if one.current or one.count]


def _count(outcome: Outcome, numbers: Counter[int]) -> None:
    match outcome.question.kind:
        case QuestionKind.STARS:
            outcome.bars = [Bar(n, {}, numbers[n]) for n in range(MOST_STARS, 0, -1)]
            outcome.total = sum(number * count for number, count in numbers.items())
        case QuestionKind.CHOICE:
            choices = outcome.question.choices
            outcome.bars = [Bar(n, text, numbers[n]) for n, text in enumerate(choices)]
        case QuestionKind.TEXT:
            pass


def _key(item: SurveyItem) -> tuple[str, QuestionKind]:
    return item.id, item.kind


def _with_choices(known: SurveyItem, older: SurveyItem) -> SurveyItem:
    """`known` with the choices that only an older version offered behind its own."""
    missing = [one for one in older.choices if _same(known.choices, one) is None]
    if not missing:
        return known
    return SurveyItem(
        id=known.id, kind=known.kind, text=known.text, choices=(*known.choices, *missing)
    )


def _same(choices: Sequence[Mapping[str, str]], wanted: Mapping[str, str]) -> int | None:
    """The place of the choice that is worded as `wanted` in any language."""
    for at, choice in enumerate(choices):
        if any(choice.get(language) == text for language, text in wanted.items()):
            return at
    return None
