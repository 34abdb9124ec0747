"""Names of files in headers: nothing leads out, hides, or ends the header."""

import unicodedata
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.domain.file_names import disposition, shown_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("report.pdf", "report.pdf"),
        ("Übersicht 2026.pdf", "Übersicht 2026.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\Windows\\x.dll", "C__Windows_x.dll"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\r\nSet-Cookie: b", "aSet-Cookie_ b"),
        ("setup.exe. . ", "setup.exe"),
        ("...", "file"),
        ("\u200b\u202e", "file"),
        ("a:b|c?", "a_b_c_"),
        ("\ud800x", "x"),
    ],
)
def test_a_name_is_what_a_person_sees(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_old_and_new_browsers_each_find_their_name() -> None:
    assert disposition('Größe "1".txt') == (
        "attachment; filename=\"Gr__e _1_.txt\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20_1_.txt"
    )


@given(st.text(min_size=1, max_size=255))
def test_no_name_ends_its_header_or_leads_out(name: str) -> None:
    said = disposition(name)
    assert said.isascii() and said.isprintable()
    assert said.count('"') == 2
    shown = unquote(said.partition("''")[2])
    assert shown == shown_name(name) != ""
    assert not set(shown) & set('/\\:*?"<>|') and shown not in {".", ".."}
    assert not {unicodedata.category(one) for one in shown} & {"Cc", "Cf", "Cs"}
