"""The code in the file's name."""

import secrets

import pytest

from client.binding import code_in
from protocol import joincodes

RANDOM = "K7PQ2M9XAB"
CODE = RANDOM + joincodes.check(RANDOM)
SHOWN = joincodes.shown(CODE)


@pytest.mark.parametrize(
    "name",
    [
        f"Support-{SHOWN}.exe",
        f"Support-{SHOWN}",
        f"Support-{SHOWN} (1).exe",
        f"Support-{SHOWN}(2)",
        f"Support-{SHOWN}[1].exe",
        f"Support-{SHOWN} - Copy.exe",
        f"Support-{SHOWN} \u2013 Kopie (3).exe",
        f"Copy of Support-{SHOWN}",
        f"Support-{SHOWN}-1.AppImage",
        f"Support-{SHOWN}_1.run",
        f"Support-{SHOWN}.exe.download",
        f"Support-{SHOWN} 2.app",
        f"Support-{SHOWN} copia.exe",
        f"support-{SHOWN.lower()}.exe",
        f"{SHOWN}",
        f"Unterstützung für Bürö {SHOWN}",
        f"Support_{CODE}.exe",
        f"Support-{SHOWN.replace('-', '_')}.exe",
        f"Support-{SHOWN.replace('-', ' ')}.exe",
        f"Support-{SHOWN.replace('-', chr(0x2011))}.exe",
        f"Support-{SHOWN.replace('0', 'O').replace('1', 'l')}.exe",
        "Support-" + "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in SHOWN),
        f"Support-AAAA-BBBB-CCCC-{SHOWN}.exe",
    ],
)
def test_it_is_read_out_of_mangled_names(name: str) -> None:
    assert code_in([name]) == CODE


@pytest.mark.parametrize(
    "name",
    [
        "",
        "support-bridge",
        "Support-K7PQ-2M9X.exe",
        f"Support-{SHOWN[:-1]}.exe",
        f"Support-{SHOWN}X.exe",
        f"SupportX{SHOWN}.exe",
        f"Support-{SHOWN[:-1]}{'0' if SHOWN[-1] != '0' else '1'}.exe",
        f"Support-{SHOWN[5:10]}{SHOWN[:5]}{SHOWN[10:]}.exe",
        "https---evil.example-8443.exe",
        "x" * 10_000,
    ],
)
def test_what_is_not_whole_or_not_right_is_none(name: str) -> None:
    assert code_in([name]) == ""


def test_the_first_name_that_carries_one_counts() -> None:
    random = "".join(secrets.choice(joincodes.ALPHABET) for _ in range(joincodes.RANDOM_CHARS))
    other = random + joincodes.check(random)
    assert code_in(["Support Bridge", f"Support-{other}.app", SHOWN]) == other


def test_a_code_as_long_as_a_path_is_no_trouble() -> None:
    assert code_in(["-".join(["K7PQ"] * 2_000)]) == ""
