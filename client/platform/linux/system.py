"""The distribution's name, from its os-release file."""

import platform
from collections.abc import Mapping

from protocol import limits


def short_name(release: Mapping[str, str]) -> str:
    """`Debian 12` from the fields of an os-release file (see os-release(5))."""
    name = release.get("NAME", "Linux").removesuffix(" GNU/Linux").removesuffix(" Linux")
    return f"{name} {release.get('VERSION_ID', '')}".strip()[: limits.SYSTEM_CHARS]


class LinuxSystem:
    """Reads the os-release file."""

    def name(self) -> str:
        """The distribution and its version; `Linux` where neither is told."""
        try:
            return short_name(platform.freedesktop_os_release())
        except OSError:
            return platform.system()[: limits.SYSTEM_CHARS]
