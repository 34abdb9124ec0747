"""What differs between systems, each behind a small protocol; a package per system."""

import sys

from client.platform.base import Platform


def current() -> Platform:
    """The platform this program runs on. The only place that asks which one that is."""
    match sys.platform:
        case "win32":
            from client.platform.windows import build
        case "darwin":
            from client.platform.macos import build
        case _:
            from client.platform.linux import build
    return build()
