"""The site's switches: what they may be, and what becomes of two changes at once."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.files import FileRules
from protocol.roles import Way
from protocol.settings_api import SiteRules
from relay.domain.content import DEFAULT_SETTINGS, SiteSettings, file_rules, patterns_of
from relay.domain.site_rules import PATTERNS, RANGES, Wrong, fault_of, merged


def changed(**changes: object) -> SiteSettings:
    return msgspec.structs.replace(DEFAULT_SETTINGS, **changes)


ANY = st.builds(
    changed,
    greeting=st.booleans(),
    hold_every_s=st.sampled_from([0, 30, 90]),
    way=st.sampled_from(Way),
    orphaned_after_s=st.sampled_from([None, 60]),
)


def test_pages_and_relay_know_the_same_settings() -> None:
    assert set(SiteRules.__struct_fields__) == set(SiteSettings.__struct_fields__)


def test_the_defaults_are_fine() -> None:
    assert fault_of(DEFAULT_SETTINGS) is None


@pytest.mark.parametrize("field", RANGES)
def test_numbers_have_ranges(field: str) -> None:
    least, most = RANGES[field]
    for value in (least, most):
        assert fault_of(changed(**{field: value})) is None
    for value in (least - 1, most + 1, -1, -(2**53)):
        assert fault_of(changed(**{field: value})) == Wrong(field, "range", least, most)


def test_off_is_a_number_too() -> None:
    assert fault_of(changed(hold_every_s=0, orphaned_after_s=None)) is None


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", None),
        ("https://help.example", None),
        ("https://help.example./a?b=%20c#d", None),
        ("https://help.example:8443/", None),
        ("https://bücher.example/über", None),
        ("https://192.0.2.7/", None),
        ("https://[2001:db8::1]:443/", None),
        ("http://help.example", "url_https"),
        ("javascript:alert(1)", "url_https"),
        ("data:text/html,x", "url_https"),
        ("help.example", "url_https"),
        ("//help.example", "url_https"),
        ("https:help.example", "url_shape"),
        ("https://", "url_shape"),
        ("https:///path", "url_shape"),
        ("https://bank.example@evil.example/", "url_account"),
        ("https://a:b@evil.example/", "url_account"),
        ("https://help.example:0/", "url_shape"),
        ("https://help.example:99999/", "url_shape"),
        ("https://help.example:x/", "url_shape"),
        ("https://help..example/", "url_shape"),
        ("https://-help.example/", "url_shape"),
        ("https://he lp.example/", "url_shape"),
        ("https://help.example\\@evil.example/", "url_shape"),
        ("https://help.example/\n", "url_shape"),
        ("https://help.example/\x00", "url_shape"),
        ("https://help.example/\u202eexe", "url_shape"),
        ("https://999.1.1.1/", "url_shape"),
        ("https://[::1/", "url_shape"),
        ("https://[zz]/", "url_shape"),
        ("https://" + "a" * 64 + ".example/", "url_shape"),
        ("https://help.example/" + "a" * 500, "url_long"),
    ],
)
def test_customers_are_sent_to_honest_addresses_only(url: str, why: str | None) -> None:
    wrong = fault_of(changed(orphaned_url=url))
    assert (wrong and wrong.why) == why


@given(ANY, ANY, ANY)
def test_nothing_that_somebody_else_changed_is_lost(
    before: SiteSettings, wish: SiteSettings, present: SiteSettings
) -> None:
    result = merged(before, wish, present)
    for field in SiteSettings.__struct_fields__:
        was, wanted, now = (getattr(one, field) for one in (before, wish, present))
        mine, theirs = wanted != was, now != was
        if not isinstance(result, SiteSettings):
            assert (field in result) is (mine and theirs and wanted != now)
        else:
            assert getattr(result, field) == (wanted if mine else now)


def test_two_changes_of_different_settings_both_hold() -> None:
    mine, theirs = changed(greeting=False), changed(hold_every_s=30)
    assert merged(DEFAULT_SETTINGS, mine, theirs) == changed(greeting=False, hold_every_s=30)
    torn = merged(DEFAULT_SETTINGS, changed(hold_every_s=60), theirs)
    assert torn == ["hold_every_s"]


@pytest.mark.parametrize(
    ("typed", "patterns"),
    [
        ("", ()),
        ("*.exe", ("*.exe",)),
        ("*.exe *.bat", ("*.exe", "*.bat")),
        (" *.exe,\n*.bat;*.exe ", ("*.exe", "*.bat")),
        ("secret*; ?.log", ("secret*", "?.log")),
    ],
)
def test_patterns_of_names_are_set_apart_by_what_people_type(
    typed: str, patterns: tuple[str, ...]
) -> None:
    assert patterns_of(typed) == patterns
    assert fault_of(changed(files_blocked=typed)) is None
    assert file_rules(changed(files_blocked=typed)).blocked == patterns


@pytest.mark.parametrize(
    "typed", ["*", "*.*", "*.exe ***", "a/b", "..\\x", "a\u202eexe", "a\u200bb", "x" * 256]
)
def test_a_pattern_that_fits_nothing_or_everything_is_none(typed: str) -> None:
    assert fault_of(changed(files_blocked=typed)) == Wrong("files_blocked", "patterns_shape")


def test_only_so_many_patterns() -> None:
    names = [f"*.x{number}" for number in range(PATTERNS + 1)]
    assert fault_of(changed(files_blocked=" ".join(names[:-1]))) is None
    many = Wrong("files_blocked", "patterns_many")
    assert fault_of(changed(files_blocked=" ".join(names))) == many


def test_what_may_be_sent_follows_the_switches() -> None:
    settings = changed(files_from_customer=False, files_mb=3, files_most=4)
    rules = FileRules(from_customer=False, most_bytes=3_000_000, most_files=4)
    assert file_rules(settings) == rules
    assert file_rules(DEFAULT_SETTINGS) == FileRules()


@pytest.mark.parametrize("text", ["x" * 61, "two\nlines", "right\u202eleft", "bell\a"])
def test_a_watermark_is_one_short_line(text: str) -> None:
    wrong = Wrong("watermark_text", "text_shape")
    assert fault_of(changed(watermark_text=text)) == wrong


@pytest.mark.parametrize(("percent", "fine"), [(4, False), (5, True), (80, True), (81, False)])
def test_a_watermark_is_neither_nothing_nor_everything(percent: int, fine: bool) -> None:
    wrong = fault_of(changed(watermark_percent=percent))
    assert wrong == (None if fine else Wrong("watermark_percent", "range", 5, 80))
