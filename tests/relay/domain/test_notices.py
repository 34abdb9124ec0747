"""When a notice holds, for whom, and how many may hold at a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import limits
from relay.domain.content import Notice
from relay.domain.notices import (
    KEPT_MS,
    NoticeState,
    active,
    crowded,
    for_portal,
    is_expired_for_good,
    matches,
    next_change,
    over_since,
    state_of,
    system_of,
)

NOW = 1_767_225_600_000
HOUR = 3_600_000

times = st.integers(NOW - 9, NOW + 9)
maybe = st.none() | times


def notice(
    name: str = "n", starts_at: int = NOW, ends_at: int | None = None, **more: object
) -> Notice:
    return Notice(name, name, {"en": "Broken."}, starts_at, ends_at, **more)  # type: ignore[arg-type]


def holds(one: Notice, **said: str) -> bool:
    """Whether it matches somebody on the main portal of whom nothing else is known."""
    return matches(one, **({"portal": "main", "issue": "", "system": "", "words": ""} | said))


@pytest.mark.parametrize(
    ("one", "state"),
    [
        (notice(starts_at=NOW + 1), NoticeState.PLANNED),
        (notice(), NoticeState.ACTIVE),
        (notice(ends_at=NOW + 1), NoticeState.ACTIVE),
        (notice(starts_at=NOW - 2, ends_at=NOW), NoticeState.OVER),
        (notice(closed_at=NOW), NoticeState.OVER),
        (notice(starts_at=NOW + 9, closed_at=NOW), NoticeState.OVER),
        (notice(starts_at=NOW - 9, ends_at=NOW - 5, closed_at=NOW - 1), NoticeState.OVER),
    ],
)
def test_a_notice_holds_from_its_start_until_before_its_end(
    one: Notice, state: NoticeState
) -> None:
    assert state_of(one, NOW) is state
    assert active(one, NOW) is (state is NoticeState.ACTIVE)


def test_it_is_deleted_a_day_after_it_ended_or_was_closed() -> None:
    ended, closed = notice(ends_at=NOW), notice(ends_at=NOW + HOUR, closed_at=NOW)
    for one in (ended, closed):
        assert over_since(one) == NOW
        assert not is_expired_for_good(one, NOW + KEPT_MS - 1)
        assert is_expired_for_good(one, NOW + KEPT_MS)
    assert not is_expired_for_good(notice(), NOW + 99 * KEPT_MS)


@given(st.lists(st.builds(notice, starts_at=times, ends_at=maybe, closed_at=maybe), max_size=5))
def test_nothing_changes_before_the_next_change(notices: list[Notice]) -> None:
    next_at = next_change(notices, NOW)
    until = NOW + 20 if next_at is None else next_at

    def states(at: int) -> list[NoticeState]:
        return [state_of(one, at) for one in notices]

    assert all(states(at) == states(NOW) for at in range(NOW, until))
    if next_at is not None:
        assert states(next_at) != states(NOW)


@pytest.mark.parametrize(
    ("rules", "said", "fits"),
    [
        ({}, {}, True),
        ({"portals": {"main"}}, {}, True),
        ({"portals": {"main"}}, {"portal": ""}, True),
        ({"portals": {"shop"}}, {}, False),
        ({"portals": {"shop", "main"}}, {"portal": "shop"}, True),
        ({"issues": {"mail"}}, {}, False),
        ({"issues": {"mail"}}, {"issue": "mail"}, True),
        ({"systems": {"windows"}}, {"system": "windows"}, True),
        ({"systems": {"windows"}}, {"system": "linux"}, False),
        ({"systems": {"windows"}}, {}, False),
        ({"issues": {"mail"}, "systems": {"windows"}}, {"issue": "mail"}, False),
        ({"issues": {"mail"}, "words": ("outlook",)}, {"issue": "mail", "words": "x"}, False),
    ],
)
def test_every_rule_that_is_set_has_to_hold(
    rules: dict[str, object], said: dict[str, str], fits: bool
) -> None:
    assert holds(notice(**rules), **said) is fits  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("word", "said", "fits"),
    [
        ("outlook", "My OUTLOOK is down.", True),
        ("Outlook", "outlook", True),
        ("outlook", "outlooks", False),
        ("look", "outlook", False),
        ("new outlook", "the new\n  Outlook hangs", True),
        ("new outlook", "a new old outlook", False),
        ("e-mail", "no (E-Mail) today", True),
        ("c++", "C++ fails", True),
        ("c", "C++ fails", True),
        ("Straße", "in der STRASSE", True),
        ("ΣΊΣΥΦΟΣ", "σίσυφος", True),
        ("Ä", "a\u0308 with a mark", True),
        ("druck", "Drucker", False),
        ("", "anything", False),
        ("vpn", "", False),
    ],
)
def test_words_are_found_whole_and_whatever_their_case(word: str, said: str, fits: bool) -> None:
    assert holds(notice(words=(word,)), words=said) is fits


def test_one_of_the_words_is_enough() -> None:
    assert holds(notice(words=("vpn", "mail")), words="no mail")


@pytest.mark.parametrize(
    ("said", "system"),
    [
        ("Windows 11", "windows"),
        ("Microsoft Windows 10.0", "windows"),
        ("macOS 15", "macos"),
        ("Debian GNU/Linux 12 (bookworm)", "linux"),
        ("Ubuntu 24.04.1 LTS", "linux"),
        ("Arch Linux", "linux"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/140.0", "windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1", "macos"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0", "linux"),
        ("Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/140.0 Mobile", "android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari", "ios"),
        ("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) Safari", "ios"),
        ("Mozilla/5.0 (X11; CrOS x86_64 16033.58.0) Chrome/140.0", ""),
        ("Haiku R1", ""),
        ("", ""),
    ],
)
def test_the_system_is_read_from_what_programs_and_browsers_say(said: str, system: str) -> None:
    assert system_of(said) == system


def test_a_portal_shows_what_holds_for_everybody_there_the_latest_first() -> None:
    shown = [notice("old", NOW - 9), notice("new", NOW - 1, portals=frozenset({"shop"}))]
    hidden = [
        notice("planned", NOW + 1),
        notice("over", NOW - 9, NOW),
        notice("by hand", automatic=False),
        notice("elsewhere", portals=frozenset({"main"})),
        notice("issue", issues=frozenset({"mail"})),
        notice("words", words=("mail",)),
        notice("system", systems=frozenset({"ios"})),
    ]
    assert [one.id for one in for_portal([*shown, *hidden], "shop", NOW)] == ["new", "old"]
    found = for_portal([*shown, *hidden], "shop", NOW, "ios")
    assert [one.id for one in found] == ["system", "new", "old"]


def test_a_portal_has_so_many_notices_at_a_time_and_no_more() -> None:
    many = [notice(f"n{n}", NOW + n, NOW + 100) for n in range(limits.NOTICES - 1)]
    last = notice("last", NOW + 50)
    assert crowded(last, many, ["main"]) is None
    assert crowded(last, [*many, last], ["main"]) is None, "itself does not count"
    full = [*many, notice("first", NOW - 9)]
    assert crowded(last, full, ["main"]) == "main"
    assert crowded(notice("later", NOW + 100), full, ["main"]) is None
    assert crowded(notice("before", NOW - 99, NOW), full, ["main"]) is None
    assert crowded(notice("early", NOW - 99), full, ["main"]) == "main"
    assert crowded(notice("never", NOW + 50, NOW + 50), full, ["main"]) is None


def test_each_portal_counts_its_own() -> None:
    shop = frozenset({"shop"})
    many = [notice(f"n{n}", portals=shop) for n in range(limits.NOTICES)]
    assert crowded(notice("x", portals=frozenset({"main"})), many, ["main", "shop"]) is None
    assert crowded(notice("x"), many, ["main", "shop"]) == "shop"


@given(
    st.lists(st.builds(notice, starts_at=times, ends_at=maybe), min_size=10, max_size=14),
    st.builds(notice, starts_at=times, ends_at=maybe),
)
def test_crowding_is_what_counting_every_moment_finds(
    others: list[Notice], candidate: Notice
) -> None:
    named = [one._replace(id=f"o{n}") for n, one in enumerate(others)]
    moments = range(NOW - 9, NOW + 10)
    full = any(
        active(candidate, at) and sum(active(one, at) for one in named) >= limits.NOTICES
        for at in moments
    )
    assert (crowded(candidate, named, ["main"]) == "main") is full
