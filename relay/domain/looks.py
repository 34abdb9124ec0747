"""What a portal looks like: the colours its accent leads to, and where it stands. Pure.

An administrator chooses one accent. Each scheme, light and dark, uses the shades of it nearest to
the chosen one that can be read there beside the design's own colours, so that no choice makes a
page unreadable. `protocol/tokens.json` holds those colours.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from protocol.site_api import SLUG_CHARS
from relay.domain.colours import SIGN, TEXT, contrast, mixed, nearest

_TOKENS = json.loads((resources.files("protocol") / "tokens.json").read_text("utf-8"))
LIGHT: Mapping[str, str] = _TOKENS["light"]
DARK: Mapping[str, str] = _TOKENS["dark"]

_GROUNDS = ("ground", "surface", "raised")
_INKS = ("#FFFFFF", DARK["accentInk"], "#000000")
"""What may stand on an accent, the best liked first; one of them can be read on any colour."""

_SOFT, _BUBBLE = {True: 0.10, False: 0.22}, {True: 0.15, False: 0.38}
"""How much of the accent its tinted grounds hold, on light and on dark pages."""


class Scheme(NamedTuple):
    """The colours of one scheme. `as_chosen` says that the accent can be read there as it is: under
    text, and as text on a surface. Links on other grounds use the nearest shade all the same."""

    as_chosen: bool
    accent: str
    accent_ink: str
    accent_text: str
    accent_soft: str
    bubble_own: str


class Look(NamedTuple):
    """What an accent leads to; `nearest` is the colour most like it that light pages can use as
    it is."""

    light: Scheme
    dark: Scheme
    nearest: str


@lru_cache(maxsize=200)
def look_of(accent: str) -> Look:
    """The look of `accent` (`#rrggbb`); empty: the design's own."""
    if not accent:
        return Look(_own(LIGHT), _own(DARK), LIGHT["accent"])
    light = _scheme(accent, LIGHT, is_light=True)
    dark = _scheme(accent, DARK, is_light=False)
    return Look(light, dark, nearest(accent, lambda one: _as_it_is(one, LIGHT)))


@lru_cache(maxsize=200)
def stylesheet(accent: str) -> str:
    """A stylesheet that sets the accent's custom properties; empty for no accent."""
    if not accent:
        return ""
    look = look_of(accent)
    return (
        f":root {{\n{_properties(look.light)}}}\n\n"
        f"@media (prefers-color-scheme: dark) {{\n:root {{\n{_properties(look.dark)}}}\n}}\n"
    )


def version_of(content: bytes) -> str:
    """Names exactly this content of a stylesheet or a picture."""
    return hashlib.sha256(content).hexdigest()[:16]


def is_colour(text: str) -> bool:
    """Whether it is `#rrggbb`."""
    return _COLOUR.fullmatch(text) is not None


_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

# fmt: off
RESERVED_SLUGS = frozenset({
    "account", "admin", "api", "app", "assets", "canned", "chat", "console", "css", "favicon",
    "healthz", "help", "icons", "index", "join", "js", "key", "login", "logout", "look", "main",
    "metrics", "new", "notice", "null", "portal", "portals", "readyz", "session", "setup",
    "sign-in", "sign-out", "static", "survey", "texts", "undefined", "ws", "www",
})
# fmt: on
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def slug_fault(slug: str) -> str:
    """Why `slug` cannot name a portal: `slug_shape`, `slug_reserved` or nothing."""
    if len(slug) > SLUG_CHARS or not _SLUG.fullmatch(slug):
        return "slug_shape"
    return "slug_reserved" if slug in RESERVED_SLUGS else ""


def _own(tokens: Mapping[str, str]) -> Scheme:
    names = ("accent", "accentInk", "accentText", "accentSoft", "bubbleOwn")
    return Scheme(True, *(tokens[name] for name in names))


def _scheme(accent: str, tokens: Mapping[str, str], *, is_light: bool) -> Scheme:
    grounds = [tokens[one] for one in _GROUNDS]
    fill = nearest(accent, lambda one: _is_fill(one, grounds))
    soft = _tint(fill, tokens, _SOFT[is_light])
    bubble = _tint(fill, tokens, _BUBBLE[is_light])
    text = nearest(accent, lambda one: _reads(one, [*grounds, soft, bubble]))
    return Scheme(_as_it_is(accent, tokens), fill, _ink_on(fill), text, soft, bubble)


def _as_it_is(colour: str, tokens: Mapping[str, str]) -> bool:
    """Whether buttons have exactly this colour, and links could."""
    fill = _is_fill(colour, [tokens[one] for one in _GROUNDS])
    return fill and contrast(colour, tokens["surface"]) >= TEXT


def _is_fill(colour: str, grounds: list[str]) -> bool:
    """Whether a button of that colour is seen on every ground, and what is written on it read."""
    seen = all(contrast(colour, ground) >= SIGN for ground in grounds)
    return seen and contrast(colour, _ink_on(colour)) >= TEXT


def _ink_on(colour: str) -> str:
    readable = (one for one in _INKS if contrast(one, colour) >= TEXT)
    return next(readable, _INKS[0])


def _reads(colour: str, grounds: list[str]) -> bool:
    return all(contrast(colour, ground) >= TEXT for ground in grounds)


def _tint(fill: str, tokens: Mapping[str, str], share: float) -> str:
    """The surface with `share` of the accent in it, less where the page's inks would not be read
    on it."""
    for percent in range(round(share * 100), -1, -1):
        tint = mixed(fill, tokens["surface"], percent / 100)
        if _reads(tokens["ink"], [tint]) and _reads(tokens["soft"], [tint]):
            return tint
    return tokens["surface"]


def _properties(scheme: Scheme) -> str:
    values = {
        "accent": scheme.accent,
        "accent-ink": scheme.accent_ink,
        "accent-text": scheme.accent_text,
        "accent-soft": scheme.accent_soft,
        "bubble-own": scheme.bubble_own,
    }
    return "".join(f"  --{name}: {value};\n" for name, value in values.items())
