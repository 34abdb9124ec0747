"""Chat markup: spans of what was written, and nothing that was not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.markup import LINK_TAIL, Span, SpanKind, spans

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
