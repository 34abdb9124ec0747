"""What a survey may ask and what may be answered; how answers are counted and exported."""

import csv
import io

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from protocol import limits
from protocol.steps import QuestionKind, SurveyReply
from relay.domain.content import Survey, SurveyItem
from relay.domain.csv_export import BYTE_ORDER_MARK, guarded, table
from relay.domain.survey_results import Answered, Bar, Questions, Remark, outcomes
from relay.domain.survey_rules import Kept, fault_of, kept_answers, tidied_items

STARS, CHOICE, TEXT = QuestionKind.STARS, QuestionKind.CHOICE, QuestionKind.TEXT


def item(
    name: str, kind: QuestionKind = STARS, text: str = "How was it?", *choices: str
) -> SurveyItem:
    return SurveyItem(
        id=name, kind=kind, text={"en": text}, choices=tuple({"en": one} for one in choices)
    )


ITEMS = (item("a"), item("b", CHOICE, "Which?", "One", "Two"), item("c", TEXT, "More?"))
SURVEY = Survey(id=7, enabled=True, questions=ITEMS)


def reply(question: str, number: int | None = None, text: str = "") -> SurveyReply:
    return SurveyReply(question=question, number=number, text=text)


@pytest.mark.parametrize(
    ("items", "why", "question", "choice"),
    [
        (ITEMS, None, -1, -1),
        ((), None, -1, -1),
        (tuple(item(f"q{n}") for n in range(11)), "questions", -1, -1),
        ((item("a"), item("a", TEXT)), "id", -1, -1),
        ((item("a"), item("b", TEXT, "")), "no_text", 1, -1),
        ((item("a", TEXT, "x" * 201),), "text", 0, -1),
        ((item("a", TEXT, "two\nlines"),), "text", 0, -1),
        ((item("a", TEXT, "\u202eevil"),), "text", 0, -1),
        ((SurveyItem(id="a", kind=STARS, text={"fr": "Oui"}),), "language", 0, -1),
        ((item("a", CHOICE, "Which?", "One"),), "choices", 0, -1),
        ((item("a", CHOICE, "Which?", *map(str, range(11))),), "choices", 0, -1),
        ((item("a", CHOICE, "Which?", "One", " one "),), "twice", 0, 1),
        ((item("a", CHOICE, "Which?", "One", " "),), "no_text", 0, 1),
        ((item("a", CHOICE, "Which?", "One", "x" * 121),), "text", 0, 1),
    ],
)
def test_a_survey_says_what_is_wrong_and_where(
    items: tuple[SurveyItem, ...], why: str | None, question: int, choice: int
) -> None:
    fault = fault_of(tidied_items(items))
    assert (fault and fault.why) == why
    if fault:
        assert (fault.question, fault.choice) == (question, choice)


def test_what_is_kept_of_a_survey_is_tidy() -> None:
    stars = SurveyItem(id="a", kind=STARS, text={"en": " How? ", "de": " "}, choices=({"en": "x"},))
    assert tidied_items([stars]) == (SurveyItem(id="a", kind=STARS, text={"en": "How?"}),)


def test_good_answers_are_kept_and_empty_ones_are_not() -> None:
    replies = [reply("b", 1), reply("a", 5), reply("c", None, " \u202eGood\x00 work\r\n ")]
    assert kept_answers(SURVEY, replies) == [
        Kept("b", 1),
        Kept("a", 5),
        Kept("c", None, "Good work"),
    ]
    assert kept_answers(SURVEY, [reply("c", None, "  ")]) == []


@pytest.mark.parametrize(
    ("bad", "question"),
    [
        ([reply("nope", 1)], "nope"),
        ([reply("a", 0)], "a"),
        ([reply("a", 6)], "a"),
        ([reply("a")], "a"),
        ([reply("a", 3, "and words")], "a"),
        ([reply("b", 2)], "b"),
        ([reply("b", None, "Two")], "b"),
        ([reply("c", 1)], "c"),
        ([reply("a", 3), reply("a", 4)], "a"),
        ([reply("c", None, "x" * (limits.SURVEY_TEXT_CHARS + 1))], "c"),
    ],
)
def test_answers_that_do_not_fit_are_refused_by_name(bad: list[SurveyReply], question: str) -> None:
    with pytest.raises(ValueError, match=f"^{question}$"):
        kept_answers(SURVEY, bad)


def test_answers_are_counted_over_all_versions() -> None:
    older = Survey(
        id=1,
        questions=(
            item("b", CHOICE, "Wich?", "Two", "Zero", "One"),
            item("old", STARS, "Before?"),
            item("idle", STARS, "Never answered?"),
        ),
    )
    newer = msgspec.structs.replace(
        SURVEY,
        questions=(
            item("a"),
            SurveyItem(
                id="b",
                kind=CHOICE,
                text={"en": "Which?", "de": "Welche?"},
                choices=({"en": "One", "de": "Eins"}, {"de": "Zwei", "en": "Two"}),
            ),
            item("c", TEXT, "More?"),
        ),
    )
    answered = [
        Answered("s4", 4, 7, [Kept("a", 5), Kept("b", 0), Kept("c", None, "Second")]),
        Answered("s3", 3, 7, [Kept("a", 2), Kept("c", None, "First")]),
        Answered("s2", 2, 1, [Kept("b", 0), Kept("old", 1)]),
        Answered("s1", 1, 1, [Kept("b", 1), Kept("b", 9), Kept("gone", 1)]),
        Answered("s0", 0, 99, [Kept("a", 1)]),
    ]
    stars, choice, text, before = outcomes(Questions([older, newer]), answered)
    assert (stars.count, stars.total) == (2, 7)
    assert [one.times for one in stars.bars] == [1, 0, 0, 1, 0]
    assert choice.question.text == {"en": "Which?", "de": "Welche?"}
    assert [(bar.text["en"], bar.times) for bar in choice.bars] == [
        ("One", 1), ("Two", 1), ("Zero", 1),
    ]  # fmt: skip
    assert text.remarks == [Remark(4, "Second"), Remark(3, "First")]
    assert (before.question.id, before.current, before.total) == ("old", False, 1)
    assert before.bars[-1] == Bar(1, {}, 1)


def test_a_survey_nobody_answered_has_its_questions() -> None:
    assert [one.count for one in outcomes(Questions([SURVEY]), [])] == [0, 0, 0]
    assert outcomes(Questions([]), []) == []


DANGER = set("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\uff1d1+1", "\uff0d1", "'=1"]
FORMULAS += ["\ufeff=1", "x;=cmd|'=1", 'x";=1', "x\n=1", "\u00a0=1", "\u3000\uff1d1", "x;  '=1"]


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_cell_is_a_formula(formula: str, delimiter: str) -> None:
    for cell in cells(table([["a", formula, 5], [formula, "b", formula]]), delimiter):
        assert cell.lstrip("\ufeff").strip()[:1] not in DANGER


def cells(file: bytes, delimiter: str) -> list[str]:
    text = file.decode().removeprefix(BYTE_ORDER_MARK)
    return [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            for cell in row]  # fmt: skip


@given(
    st.lists(st.text(alphabet="=+-@;,\t\r\n\"' a\uff1d\uff0d", max_size=12), min_size=1, max_size=4)
)
@example(["\r=1"])
def test_no_spreadsheet_of_any_country_calculates(row: list[str]) -> None:
    file = table([row])
    for delimiter in ",;\t":
        for cell in cells(file, delimiter):
            assert cell.strip().strip('"').strip()[:1] not in DANGER, (delimiter, cell)


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_what_is_harmless_comes_back_as_it_was(row: list[str]) -> None:
    harmless = [one for one in row if guarded(one) == one]
    back = cells(table([[*harmless, "end"]]), ",")
    assert back == [*harmless, "end"]


def test_the_file_is_what_spreadsheets_expect() -> None:
    assert (
        table([["Ü", 5], ['say "hi"', "a\nb"]])
        == ('\ufeff"Ü","5"\r\n"say ""hi""","a\nb"\r\n').encode()
    )
