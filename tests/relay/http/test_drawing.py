"""Light markup in templates: the host of a link is the one a browser goes to, or it is none."""

import pytest

from protocol.markup import SpanKind
from relay.http.drawing import drawn, host_of


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://example.org", "example.org"),
        ("HTTP://Example.ORG:8080/a?b#c", "example.org:8080"),
        ("https://bank.example@evil.example/x", "evil.example"),
        ("https://bank.example:pw@evil.example", "evil.example"),
        ("https://good.example\\@evil.example", "good.example"),
        ("https://münchen.example/", "xn--mnchen-3ya.example"),
        ("https://", ""),
        ("https:///evil.example", ""),
        ("https://%65vil.example", ""),
        ("https://a..b/", ""),
        ("https://[::1]/", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_the_host_of_an_address(address: str, host: str) -> None:
    assert host_of(address) == host


def test_a_link_is_one_only_with_a_host_and_says_it_where_it_hides() -> None:
    text = "https://plain.example/a https://a@b.example https:///c https://d.example\\@e"
    pieces = drawn(text)[0].items[0]
    links = {one.host: one.beside for one in pieces if one.kind is SpanKind.LINK}
    assert links == {"plain.example": False, "b.example": True, "d.example": True}
    assert "".join(one.text for one in pieces) == text


def test_paragraphs_and_lists_stay_apart() -> None:
    parts = drawn("One\ntwo\n- *a*\n- b\n\nthree")
    assert [(one.is_list, len(one.items)) for one in parts] == [(False, 1), (True, 2), (False, 1)]
    assert parts[1].items[0][0].kind is SpanKind.BOLD
