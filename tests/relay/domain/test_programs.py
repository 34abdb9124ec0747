"""Which file a visitor is offered, and under which name it is saved."""

import json

import pytest

from relay.domain.programs import (
    BUILDS,
    Choice,
    Fetched,
    Program,
    bill_of,
    choice,
    is_handheld,
    megabytes,
    saved_as,
    sum_in,
)
from tests.relay.releases import FOLDER, LINUX, MACOS, MACOS_INTEL, WINDOWS, bill

AGENTS = {
    "windows": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142 Safari/537",
    "macos": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Safari/605",
    "linux": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "arm": "Mozilla/5.0 (X11; Linux aarch64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "android": "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/142 Mobile",
    "ios": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Safari/605",
    "unknown": "curl/8.0",
    "none": "",
}


def program(name: str) -> Program:
    build = BUILDS[name]
    return Program(
        name=name,
        system=build.system.value,
        architecture=build.architecture,
        size=1,
        sha256="0" * 64,
        version="0.1.0",
        built="2026-11-23",
        added=0,
    )


ALL = {name: program(name) for name in BUILDS}


def named(found: Choice) -> tuple[str, str, list[str]]:
    return (
        found.first.name if found.first else "",
        found.spare.name if found.spare else "",
        [one.name for one in found.others],
    )


@pytest.mark.parametrize(
    ("agent", "first", "spare", "others"),
    [
        ("windows", WINDOWS, "", [MACOS, MACOS_INTEL, LINUX]),
        ("macos", MACOS, "", [WINDOWS, MACOS_INTEL, LINUX]),
        ("linux", LINUX, FOLDER, [WINDOWS, MACOS, MACOS_INTEL]),
        *((one, "", "", [WINDOWS, MACOS, MACOS_INTEL, LINUX]) for one in AGENTS
          if one in ("arm", "android", "ios", "unknown", "none")),
    ],
)  # fmt: skip
def test_a_browser_is_offered_what_its_machine_runs(
    agent: str, first: str, spare: str, others: list[str]
) -> None:
    assert named(choice(ALL, AGENTS[agent])) == (first, spare, others)


def test_what_was_chosen_is_offered_on_any_machine() -> None:
    assert named(choice(ALL, AGENTS["windows"], LINUX))[:2] == (LINUX, FOLDER)
    assert named(choice(ALL, AGENTS["windows"], FOLDER)) == (
        FOLDER,
        "",
        [WINDOWS, MACOS, MACOS_INTEL, LINUX],
    )
    assert named(choice(ALL, AGENTS["windows"], "../x"))[0] == WINDOWS


def test_only_what_is_there_is_offered() -> None:
    assert choice({}, AGENTS["windows"]) == Choice(None, None, ())
    assert named(choice({MACOS_INTEL: ALL[MACOS_INTEL]}, AGENTS["macos"]))[0] == MACOS_INTEL
    assert named(choice({FOLDER: ALL[FOLDER]}, AGENTS["linux"])) == ("", "", [])


def test_handheld_machines_are_known() -> None:
    assert [one for one in AGENTS if is_handheld(AGENTS[one])] == ["android", "ios"]


def test_the_name_carries_the_code_and_nothing_else() -> None:
    assert [saved_as(one, "K7PQ-2M9X-AB0C") for one in BUILDS.values()] == [
        "Support-K7PQ-2M9X-AB0C.exe",
        "Support-K7PQ-2M9X-AB0C.zip",
        "Support-K7PQ-2M9X-AB0C.zip",
        "Support-K7PQ-2M9X-AB0C",
        "Support-K7PQ-2M9X-AB0C.tar.xz",
    ]


@pytest.mark.parametrize(
    ("size", "language", "said"),
    [
        (68_849_999, "en", "68.8"),
        (68_849_999, "de", "68,8"),
        (1, "en", "0.1"),
        (10**9, "en", "1000.0"),
    ],
)
def test_sizes_are_said_in_megabytes(size: int, language: str, said: str) -> None:
    assert megabytes(size, language) == said


def test_a_sum_is_read_as_sha256sum_writes_it() -> None:
    assert sum_in(f"{'A' * 64}  {LINUX}\n", LINUX) == "a" * 64
    assert sum_in(f"{'a' * 64} *{LINUX}", LINUX) == "a" * 64
    for wrong in (
        "",
        f"{'a' * 63}  {LINUX}\n",
        f"{'a' * 64}  {WINDOWS}\n",
        f"{'a' * 64}  x/{LINUX}",
    ):
        assert sum_in(wrong, LINUX) is None


def test_a_bill_is_read_as_the_build_writes_it() -> None:
    said = bill_of(json.dumps(bill(b"x", relay="https://a.example", identity="i")).encode())
    assert said is not None
    assert (said.relay, said.identity, said.version) == ("https://a.example", "i", "0.1.0")
    assert (said.built, said.development) == ("2026-11-23", False)
    other = bill(b"x")
    other["metadata"]["component"]["name"] = "something-else"
    assert bill_of(json.dumps(other).encode()) is None


def test_the_oldest_codes_are_forgotten_first() -> None:
    fetched = Fetched(most=2)
    for code in ("a", "b", "a", "c"):
        fetched.add(code)
    assert [one in fetched for one in "abc"] == [False, True, True]
