import pytest

from relay.domain.names import tidy


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Grace Hopper", "Grace Hopper"),
        ("  Grace \t\n Hopper ", "Grace Hopper"),
        ("Gr\x00a\x1bce\u202e", "Grace"),
        ("Zoë 张伟 🙂", "Zoë 张伟 🙂"),
        ("x" * 100, "x" * 10),
        ("123456789 123", "123456789"),
        ("\u200b\u2028", ""),
        ("", ""),
    ],
)
def test_one_printable_line(text: str, expected: str) -> None:
    most = 10 if len(text) > 12 and text[0] in "x1" else 80
    assert tidy(text, most) == expected
