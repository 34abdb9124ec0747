"""The design tokens, read from the one file that the pages use too."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources


class Scheme(StrEnum):
    """Light or dark; the values are the keys of the file."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Lengths in device-independent pixels; colours as #RRGGBB (shadow: #RRGGBBAA)."""

    space: tuple[int, ...]
    sizes: tuple[int, ...]
    radius: int
    card_radius: int
    line: float
    colours: Mapping[Scheme, Mapping[str, str]]

    @property
    def small(self) -> int:
        """The size of captions."""
        return self.sizes[0]

    @property
    def base(self) -> int:
        """The size of running text."""
        return self.sizes[1]


@cache
def tokens() -> Tokens:
    """The tokens as shipped."""
    raw = json.loads((resources.files("protocol") / "tokens.json").read_text("utf-8"))
    return Tokens(
        space=tuple(raw["space"]),
        sizes=tuple(raw["type"]["sizes"]),
        radius=raw["radius"]["base"],
        card_radius=raw["radius"]["card"],
        line=raw["type"]["line"],
        colours={scheme: raw[scheme.value] for scheme in Scheme},
    )
