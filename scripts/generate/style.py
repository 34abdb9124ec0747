"""`tokens.css`: the design tokens of `protocol/tokens.json` as custom properties."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec


class Type(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Sizes in px, weights as CSS numbers, the line height as a factor."""

    sizes: tuple[int, ...]
    weights: tuple[int, ...]
    line: float


class Tokens(msgspec.Struct, frozen=True):
    """The file as it stands: space and radius in px, colours as `#rrggbb` or any CSS colour."""

    space: tuple[int, ...]
    radius: dict[str, int]
    type: Type
    light: dict[str, str]
    dark: dict[str, str]


class Property(NamedTuple):
    name: str
    value: str


def stylesheet(source: bytes) -> str:
    """The whole file. Raises `msgspec.ValidationError` when the tokens have another shape."""
    tokens = msgspec.json.decode(source, type=Tokens)
    light = [Property("color-scheme", "light dark"), *_measures(tokens), *_colours(tokens.light)]
    return (
        _rule(":root", light)
        + "\n@media (prefers-color-scheme: dark) {\n"
        + _indented(_rule(":root", _colours(tokens.dark)))
        + "}\n"
    )


def _measures(tokens: Tokens) -> Iterable[Property]:
    for step, space in enumerate(tokens.space, start=1):
        yield Property(f"--space-{step}", f"{space}px")
    for name, radius in tokens.radius.items():
        yield Property(f"--radius-{_kebab(name)}", f"{radius}px")
    for size in tokens.type.sizes:
        yield Property(f"--size-{size}", f"{size / 16:g}rem")
    for weight in tokens.type.weights:
        yield Property(f"--weight-{weight}", str(weight))
    yield Property("--line-height", f"{tokens.type.line:g}")


def _colours(colours: Mapping[str, str]) -> list[Property]:
    return [Property(f"--{_kebab(name)}", colour) for name, colour in colours.items()]


def _kebab(name: str) -> str:
    return re.sub(r"[_ ]|(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


def _rule(selector: str, properties: Iterable[Property]) -> str:
    rows = "".join(f"  {name}: {value};\n" for name, value in properties)
    return f"{selector} {{\n{rows}}}\n"


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.splitlines())
