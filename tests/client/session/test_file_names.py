"""500 hostile names: none leads anywhere, hides anything or means anything to a system."""

import unicodedata
from itertools import product
from pathlib import Path, PureWindowsPath

import pytest

from client.session.file_names import (
    NAME_BYTES,
    distinct,
    folder_name,
    is_blocked,
    numbered,
    safe_name,
    sent_name,
    shown_name,
)
from protocol import limits

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u2028\u2029\ufff9\U000e0041\u3164\ufe0f"
SLASHES = "/\\\u2044\u2215\u29f8\uff0f\u2216\u29f5\uff3c\ufe68\u2571\u2572"
COLONS = ":\uff1a\ua789\u2236\ufe55\u02d0\u0589"
CONTROLS = "".join(map(chr, (*range(32), 127, *range(0x80, 0xA0))))
DEVICES = ["con", "PRN", "Aux", "NUL", "CONIN$", "conout$", "CLOCK$"] + [
    f"{stem}{n}" for stem in ("com", "LPT") for n in "0123456789\u00b9\u00b2\u00b3"
]
OBEYED = ["desktop.ini", "Desktop.INI", "autorun.inf", "Thumbs.db", "folder.htt"]
STEPS = ["..", ".", "...", "~", "%2e%2e", "\u2024\u2024", "\uff0e\uff0e", "C:", "C:\\Windows"]

HOSTILE = [
    *(f"{step}{slash}{name}" for step, slash, name in product(STEPS, SLASHES, ["passwd", ".."])),
    *(f"report{one}fdp.exe" for one in BIDI + UNSEEN),
    *(f"{one}report.pdf{one}" for one in BIDI + UNSEEN + CONTROLS),
    *(f"report{colon}evil.exe" for colon in COLONS),
    *(f"report.pdf{colon}$DATA" for colon in COLONS),
    *(f"{device}{rest}" for device, rest in product(DEVICES, ["", ".txt", " .txt", ":x", ". "])),
    *OBEYED,
    *(f"setup.exe{end}" for end in (".", " ", "...", ". . ", "\u00a0", "\u3000", ".\u202e")),
    *("", " ", ".", "..", "...", "\u202e", "\u200b", "\0", "/", "\\", "\ud800", "\udcff.txt"),
    *("a" * n + ".pdf" for n in (120, 255, 256, 4096)),
    *("\u00e4" * n + ".pdf" for n in (90, 255, 4096)),
    *("\U0001f600" * n + ".pdf" for n in (60, 255)),
    *("a" * n + "." + "b" * n for n in (100, 4000)),
    *("-rf", "--help", "-", "~root", "|rm", "<x>", '"x"', "*?", "$(x)", "`x`"),
    *("e\u0301" * 100, "\u0335" * 300, "\ufffe", "\U0010ffff", "\ue000"),
]
NAMES = list(dict.fromkeys(HOSTILE))


def test_there_are_500() -> None:
    assert len(NAMES) >= 500


def test_a_name_is_one_plain_file(tmp_path: Path) -> None:
    for name in NAMES:
        safe = safe_name(name)
        place = tmp_path / safe
        assert place.resolve().parent == tmp_path.resolve(), ascii(name)
        place.write_bytes(b"x")
        assert [one.name for one in tmp_path.iterdir()] == [safe], ascii(name)
        place.unlink()


def test_no_system_takes_a_name_for_something_else() -> None:
    for name in NAMES:
        safe = safe_name(name)
        assert safe, ascii(name)
        assert len(safe.encode()) <= NAME_BYTES, ascii(name)
        windows = PureWindowsPath("C:/Downloads") / safe
        assert windows.parent == PureWindowsPath("C:/Downloads"), ascii(name)
        assert not windows.is_reserved(), ascii(name)
        assert not set(safe) & set(SLASHES + COLONS + '<>"|?*'), ascii(name)
        assert safe == safe.strip(" ."), ascii(name)
        assert safe.casefold() not in {one.casefold() for one in OBEYED}, ascii(name)
        assert safe[0] not in "-~", ascii(name)
        assert safe_name(safe) == safe, ascii(name)


def test_nothing_in_a_name_turns_letters_around_or_hides() -> None:
    for name in NAMES:
        for shown in (shown_name(name), safe_name(name), folder_name(name)):
            assert shown.strip(), ascii(name)
            assert not set(shown) & set(BIDI + UNSEEN + CONTROLS), ascii(name)
            assert all(unicodedata.category(one)[0] != "C" for one in shown), ascii(name)


def test_the_relay_takes_every_name() -> None:
    for name in NAMES:
        sent = sent_name(name)
        assert 1 <= len(sent) <= limits.FILE_NAME_CHARS, ascii(name)
        assert sent.strip(), ascii(name)
        sent.encode()


def test_a_folder_is_no_program() -> None:
    for name in NAMES:
        assert "." not in folder_name(name), ascii(name)
        assert safe_name(folder_name(name)) == folder_name(name), ascii(name)


@pytest.mark.parametrize(
    "name", ["report.pdf", "\u00c4rger \u00fcber M\u00fcller (2).docx", "\u5831\u544a.txt", "a"]
)
def test_ordinary_names_stay(name: str) -> None:
    assert safe_name(name) == shown_name(name) == sent_name(name) == name


def test_the_ending_survives_a_long_name() -> None:
    assert safe_name("a" * 500 + ".pdf").endswith("a.pdf")
    assert sent_name("a" * 500 + ".pdf").endswith("a.pdf")


def test_a_number_goes_before_the_ending() -> None:
    assert numbered("report.pdf", 1) == "report.pdf"
    assert numbered("report.pdf", 2) == "report (2).pdf"
    assert numbered("report", 3) == "report (3)"


def test_no_two_names_are_one_file() -> None:
    made = distinct(["A.txt", "a.txt", "a (2).txt", "a\u200b.txt", "a.txt."])
    assert len({one.casefold() for one in made}) == len(made)


@pytest.mark.parametrize("name", ["setup.exe", "SETUP.EXE", "setup.exe. ", "setup.exe:x"])
def test_a_pattern_holds_however_a_name_is_written(name: str) -> None:
    assert is_blocked(name, ("*.exe",))
    assert not is_blocked("setup.txt", ("*.exe",))
