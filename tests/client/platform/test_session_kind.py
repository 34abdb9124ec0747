"""Which desktop a Linux program runs on."""

import pytest
from Xlib.display import Display

from client.platform.linux import wayland
from client.platform.linux.session_kind import SessionKind, kind


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, SessionKind.NONE),
        ({"DISPLAY": ":0"}, SessionKind.X11),
        ({"DISPLAY": ":0", "XDG_SESSION_TYPE": "x11"}, SessionKind.X11),
        ({"WAYLAND_DISPLAY": "wayland-0"}, SessionKind.WAYLAND),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, SessionKind.WAYLAND),
        ({"DISPLAY": ":0", "XDG_SESSION_TYPE": "wayland"}, SessionKind.WAYLAND),
        (
            {"DISPLAY": ":0", "WAYLAND_DISPLAY": "w", "XDG_SESSION_TYPE": "x11"},
            SessionKind.X11,
        ),
        ({"DISPLAY": ":0", "XDG_SESSION_TYPE": "tty"}, SessionKind.X11),
        ({"XDG_SESSION_TYPE": "wayland"}, SessionKind.NONE),
        ({"DISPLAY": "", "WAYLAND_DISPLAY": ""}, SessionKind.NONE),
    ],
)
def test_the_login_says_which(environment: dict[str, str], expected: SessionKind) -> None:
    assert kind(environment) is expected


def test_a_real_x_server_is_not_taken_for_one_of_wayland(screen_name: str) -> None:
    display = Display(screen_name)
    try:
        assert not wayland.is_behind(display)
    finally:
        display.close()
