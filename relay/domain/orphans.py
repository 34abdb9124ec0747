"""When a waiting customer is told that nobody will come. Pure."""

from relay.domain.content import SiteSettings

PATIENCE_MS = 15_000
"""Somebody who was on duty so shortly ago only reloads a page."""


def is_orphaned(settings: SiteSettings, waited_ms: int, nobody_ms: int | None) -> bool:
    """Whether to give up after `waited_ms` in a queue in which nobody has been on duty for
    `nobody_ms` (None: somebody is)."""
    if settings.orphaned_at_once and nobody_ms is not None and nobody_ms >= PATIENCE_MS:
        return True
    return settings.orphaned_after_s is not None and waited_ms >= settings.orphaned_after_s * 1000
