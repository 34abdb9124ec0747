"""When a waiting customer is told that nobody will come: every switch, both sides of each limit."""

import pytest

from relay.domain.content import SiteSettings
from relay.domain.orphans import PATIENCE_MS, is_orphaned

ABSENCES = (None, 0, PATIENCE_MS - 1, PATIENCE_MS, 10**9)


@pytest.mark.parametrize("nobody_ms", ABSENCES)
@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("after_s", [None, 10, 600])
def test_every_combination_is_as_told(
    nobody_ms: int | None, at_once: bool, after_s: int | None
) -> None:
    settings = SiteSettings(orphaned_at_once=at_once, orphaned_after_s=after_s)
    deserted = at_once and nobody_ms in (PATIENCE_MS, 10**9)
    for waited_ms in (0, 9_999, 10_000, 599_999, 600_000, 10**9):
        too_long = after_s is not None and waited_ms >= after_s * 1000
        assert is_orphaned(settings, waited_ms, nobody_ms) is (deserted or too_long)


def test_a_site_as_delivered_gives_up_only_where_nobody_is_on_duty() -> None:
    assert not is_orphaned(SiteSettings(), 10**9, None)
    assert is_orphaned(SiteSettings(), 0, PATIENCE_MS)


def test_a_page_that_is_loaded_again_orphans_nobody() -> None:
    assert not is_orphaned(SiteSettings(), 0, 5_000)
