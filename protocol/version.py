"""The one place where the version stands; `PROTOCOL` rises when old peers would misread us."""

VERSION = "0.1.0"
PROTOCOL = 1


def is_older(version: str, than: str) -> bool:
    """Whether `version` came before `than`, both as `1.2.3`. Raises `ValueError` otherwise."""
    return _parts(version) < _parts(than)


def _parts(version: str) -> tuple[int, ...]:
    parts = tuple(int(part) for part in version.split("."))
    if len(parts) != 3:
        raise ValueError(version)
    return parts
