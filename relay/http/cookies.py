"""The cookies: all of them opaque tokens that no script can read and no other site can send."""

import re

from aiohttp import web

LOGIN = "__Host-login"
CHAT = "__Host-chat"
STEP = "__Host-step"
"""Between the password (or link) and the code of a second factor."""

_TOKEN = re.compile(r"[0-9A-Za-z_-]{43}")


def give(response: web.Response, name: str, token: str, *, max_age_s: int | None = None) -> None:
    """Set the cookie; without `max_age_s` it ends with the browser."""
    response.set_cookie(
        name, token, max_age=max_age_s, path="/", secure=True, httponly=True, samesite="Strict"
    )


def take_back(response: web.Response, name: str) -> None:
    """Make the browser forget the cookie."""
    response.del_cookie(name, path="/", secure=True, httponly=True, samesite="Strict")


def token_in(request: web.Request, name: str) -> str | None:
    """The token in the cookie, when it looks like one."""
    value = request.cookies.get(name, "")
    return value if _TOKEN.fullmatch(value) else None
