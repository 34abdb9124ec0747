"""What the systems tell."""

import plistlib
from pathlib import Path

import pytest

from client.platform import current, linux, macos, windows
from client.platform.base import Unavailable
from client.platform.linux.appearance import LinuxAppearance
from client.platform.linux.system import short_name
from protocol import limits


def test_this_system_has_a_name_and_a_word_on_motion() -> None:
    platform = current()
    assert 0 < len(platform.system.name()) <= limits.SYSTEM_CHARS
    assert isinstance(platform.appearance.reduced_motion(), bool | Unavailable)


@pytest.mark.parametrize(
    ("release", "name"),
    [
        ({"NAME": "Debian GNU/Linux", "VERSION_ID": "12"}, "Debian 12"),
        ({"NAME": "Fedora Linux", "VERSION_ID": "41"}, "Fedora 41"),
        ({"NAME": "Arch Linux"}, "Arch"),
        ({}, "Linux"),
        ({"NAME": "x" * 200}, "x" * limits.SYSTEM_CHARS),
    ],
)
def test_linux_names(release: dict[str, str], name: str) -> None:
    assert short_name(release) == name


@pytest.mark.parametrize(
    ("version", "name"),
    [("10.0.19045", "Windows 10"), ("10.0.22631", "Windows 11"), ("", "Windows")],
)
def test_windows_names(version: str, name: str) -> None:
    assert windows.short_name(version) == name


def test_macos_names() -> None:
    assert macos.short_name("15.1.1") == "macOS 15"


@pytest.mark.parametrize(
    ("file", "text", "still"),
    [
        ("kdeglobals", "[KDE]\nAnimationDurationFactor=0\n", True),
        ("kdeglobals", "[KDE]\nAnimationDurationFactor=1\n", False),
        ("gtk-3.0/settings.ini", "[Settings]\ngtk-enable-animations=false\n", True),
        ("gtk-4.0/settings.ini", "[Settings]\ngtk-enable-animations=1\n", False),
    ],
)
def test_linux_desktops_tell_about_motion(
    tmp_path: Path, file: str, text: str, still: bool
) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text, "utf-8")
    assert LinuxAppearance(tmp_path).reduced_motion() is still


@pytest.mark.parametrize("text", ["", "no section\n", "[KDE]\nother=1\n"])
def test_a_linux_desktop_that_tells_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "kdeglobals").write_text(text, "utf-8")
    assert isinstance(LinuxAppearance(tmp_path).reduced_motion(), Unavailable)


def test_macos_tells_about_motion(tmp_path: Path) -> None:
    file = tmp_path / "settings.plist"
    assert isinstance(macos.MacAppearance(file).reduced_motion(), Unavailable)
    file.write_bytes(plistlib.dumps({"reduceMotion": True}))
    assert macos.MacAppearance(file).reduced_motion() is True
    file.write_bytes(b"not a property list")
    assert isinstance(macos.MacAppearance(file).reduced_motion(), Unavailable)


def test_every_system_is_complete() -> None:
    for system in (linux, macos, windows):
        assert system.build().system
