"""Light markup: spans of what was written, and nothing that was not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.markup import LINK_TAIL, Block, Span, SpanKind, blocks, spans

MARKERS = {SpanKind.TEXT: "", SpanKind.LINK: "", SpanKind.BOLD: "*", SpanKind.ITALIC: "_"}
LINES = st.one_of(
    st.text(max_size=60),
    st.text("*_ ab\nhtps:/.,)é", max_size=60),
    st.lists(
        st.sampled_from(
            ["*", "_", "http://", "https://a.b/c", "**", "*x*", "_y z_", " ", ".", "\n"]
        )
    ).map("".join),
)


def written(found: list[Span]) -> str:
    """The line the spans came from."""
    return "".join(MARKERS[kind] + text + MARKERS[kind] for kind, text in found)


@given(line=LINES)
def test_the_spans_with_their_markers_are_the_line(line: str) -> None:
    assert written(spans(line)) == line


@given(line=LINES)
def test_no_span_is_empty(line: str) -> None:
    assert all(text for _, text in spans(line))


@given(line=LINES)
def test_a_link_is_http_holds_no_blank_and_ends_with_no_sentence_mark(line: str) -> None:
    for kind, text in spans(line):
        if kind is SpanKind.LINK:
            assert text.lower().startswith(("http://", "https://"))
            assert not set(text) & set(" \t\r\n<>\"'")
            assert text[-1] not in LINK_TAIL


@given(line=LINES)
def test_emphasis_stays_on_its_line_and_hugs_its_words(line: str) -> None:
    for kind, text in spans(line):
        if kind in {SpanKind.BOLD, SpanKind.ITALIC}:
            assert "\n" not in text
            assert not text.startswith(" ")
            assert not text.endswith(" ")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("", []),
        ("plain", [("text", "plain")]),
        ("*bold* words", [("bold", "bold"), ("text", " words")]),
        ("so _very_ slow", [("text", "so "), ("italic", "very"), ("text", " slow")]),
        ("2*3*4 and a_b_c", [("text", "2*3*4 and a_b_c")]),
        ("* not bold *", [("text", "* not bold *")]),
        ("at http://a.b/c_d_e.", [("text", "at "), ("link", "http://a.b/c_d_e"), ("text", ".")]),
        ("(http://example.org)", [("text", "("), ("link", "http://example.org"), ("text", ")")]),
        ("javascript:alert(1)", [("text", "javascript:alert(1)")]),
        ("<b>no</b>", [("text", "<b>no</b>")]),
    ],
)  # fmt: skip
def test_examples(line: str, found: list[tuple[str, str]]) -> None:
    assert [(str(kind), text) for kind, text in spans(line)] == found


@pytest.mark.parametrize(
    "unit", ["*", "_", "*a", "_a ", "*a ", "a*", "http://", "h", "*_", "* *\n"]
)
@pytest.mark.parametrize("end", ["", "*", "_", "\n", "x"])
def test_a_hostile_megabyte_is_read_to_its_end(unit: str, end: str) -> None:
    """Anything worse than linear would not come back from a line this long."""
    line = unit * (2**20 // len(unit)) + end
    assert written(spans(line)) == line


BLOCK_TEXTS = st.one_of(
    st.text(max_size=80),
    st.text("*_- ab\n\r.", max_size=80),
    st.lists(
        st.sampled_from(
            ["", " ", "-", "- ", "- item", "-no item", "  - *bold* item", "a _line_",
             "https://a.b/c ", "*not", "over*", "\u2028", "\x0b", "- - twice"]
        )
    ).map("\n".join),
)  # fmt: skip


def words(text: str) -> str:
    """What of a text is to be read: all but blanks, line breaks and the marks of lists."""
    lines = (line.strip() for line in text.splitlines())
    return "".join("".join(line.removeprefix("- ").split()) for line in lines)


def read(found: list[Block]) -> str:
    """What the blocks show, with its markers and without blanks."""
    return "".join("".join(written(item).split()) for block in found for item in block.items)


@given(text=BLOCK_TEXTS)
def test_blocks_lose_no_word_and_invent_none(text: str) -> None:
    assert read(blocks(text)) == words(text)


@given(text=BLOCK_TEXTS)
def test_blocks_hold_exactly_the_spans_of_their_lines(text: str) -> None:
    for block in blocks(text):
        for item in block.items:
            assert item == spans(written(item))


@given(text=BLOCK_TEXTS)
def test_a_paragraph_is_one_item_and_never_empty(text: str) -> None:
    for block in blocks(text):
        if not block.is_list:
            (item,) = block.items
            assert written(item).strip() == written(item) != ""


@given(text=BLOCK_TEXTS)
def test_a_list_has_an_item_for_each_of_its_lines_and_no_item_breaks(text: str) -> None:
    listed = [line for line in text.splitlines() if line.strip().startswith("- ")]
    items = [item for block in blocks(text) if block.is_list for item in block.items]
    assert [written(item) for item in items] == [line.strip()[2:].strip() for line in listed]


@given(text=BLOCK_TEXTS)
def test_two_lists_in_a_row_have_an_empty_line_between_them(text: str) -> None:
    found = blocks(text)
    touching = sum(one.is_list and other.is_list for one, other in pairwise(found))
    assert touching <= sum(not line.strip() for line in text.splitlines())


@given(first=BLOCK_TEXTS, second=BLOCK_TEXTS)
def test_an_empty_line_parts_what_stands_around_it(first: str, second: str) -> None:
    assert blocks(f"{first}\n\n{second}") == blocks(first) + blocks(second)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (" \n\n ", []),
        ("one", [(False, ["one"])]),
        ("one\ntwo", [(False, ["one\ntwo"])]),
        ("one\n\ntwo", [(False, ["one"]), (False, ["two"])]),
        ("- a\n- b", [(True, ["a", "b"])]),
        ("- a\n\n- b", [(True, ["a"]), (True, ["b"])]),
        ("so:\n- a\n- b\nand", [(False, ["so:"]), (True, ["a", "b"]), (False, ["and"])]),
        ("  - *a*  \r\n -  b", [(True, ["*a*", "b"])]),
        ("-a\n--\n-", [(False, ["-a\n--\n-"])]),
        ("1. a", [(False, ["1. a"])]),
        ("<li>a", [(False, ["<li>a"])]),
    ],
)  # fmt: skip
def test_examples_of_blocks(text: str, found: list[tuple[bool, list[str]]]) -> None:
    told = [(block.is_list, [written(item) for item in block.items]) for block in blocks(text)]
    assert told == found


@pytest.mark.parametrize("unit", ["- \n", "- ", "-\n", "- *a\n", "\n", "a\n", "\r"])
def test_a_hostile_megabyte_of_blocks_is_read_to_its_end(unit: str) -> None:
    text = unit * (2**20 // len(unit))
    assert read(blocks(text)) == words(text)
