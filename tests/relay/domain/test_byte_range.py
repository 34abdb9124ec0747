"""Ranges of bytes, as RFC 9110 has them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.domain.byte_range import Span, Unsatisfiable, span_of


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("", None),
        ("bytes=0-0", Span(0, 1)),
        ("bytes=0-499", Span(0, 100)),
        ("bytes=99-", Span(99, 100)),
        ("bytes=-1", Span(99, 100)),
        ("bytes=-1000", Span(0, 100)),
        ("bytes= 5-6 ", Span(5, 7)),
        ("bytes=-", None),
        ("bytes=6-5", None),
        ("bytes=0-1,5-6", None),
        ("bytes=a-b", None),
        ("octets=0-1", None),
        ("bytes=0x1-2", None),
        ("bytes=1-2\n", None),
        ("bytes=\u0661-\u0662", None),
        ("bytes=" + "9" * 30 + "-", None),
    ],
)
def test_a_range_is_one_span_or_everything(header: str, span: Span | None) -> None:
    assert span_of(header, 100) == span


@pytest.mark.parametrize(
    ("header", "size"), [("bytes=100-", 100), ("bytes=-0", 100), ("bytes=0-", 0), ("bytes=-5", 0)]
)
def test_bytes_that_are_not_there(header: str, size: int) -> None:
    with pytest.raises(Unsatisfiable):
        span_of(header, size)


@given(st.text(max_size=40), st.integers(0, 2**40))
def test_whatever_is_asked_lies_within_the_file(header: str, size: int) -> None:
    for one in (header, f"bytes={header}"):
        try:
            span = span_of(one, size)
        except Unsatisfiable:
            continue
        assert span is None or 0 <= span.start < span.after <= size
