"""Reads as much of the pages' JavaScript as the checks need: where functions are, what is imported.

Not a parser. Strings, comments and regular expressions are blanked out first, so that what is
left has only braces and brackets that count.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_OPAQUE = re.compile(
    r"""
      (?P<comment> //[^\n]* | /\*.*?\*/ )
    | (?P<string> "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' )
    | (?P<template> `(?:\\.|[^`\\])*` )
    | (?P<regex> (?<=[(,=:\[!&|?{;])\s*/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]* )
    """,
    re.X | re.S,
)
_IMPORT = re.compile(
    r"""^\s*(?:import\s*|(?:import|export)\b[^'"=();]*\bfrom\s*)["']([^"']+)["']""", re.M
)
_CALLED = re.compile(r"([\w$#]+)\s*$")
_NAMED = re.compile(r"([\w$#]+)\s*[:=]\s*(?:async\s*)?$")
_NOT_A_FUNCTION = frozenset({"if", "for", "while", "switch", "catch", "with", "await"})


class Found(NamedTuple):
    """A function: its name, its first line, how many lines it has."""

    name: str
    line: int
    lines: int


def imports(source: str) -> list[str]:
    """What the module names behind `from` or a bare `import`."""
    return _IMPORT.findall(_without_comments(source))


def functions(source: str) -> Iterator[Found]:
    """Every function with a body in braces, the nested ones too."""
    code = blanked(source)
    opened: list[tuple[str | None, int]] = []
    for at, char in enumerate(code):
        if char == "{":
            opened.append(_function_before(code, at))
        elif char == "}" and opened:
            name, start = opened.pop()
            if name is not None:
                first = code.count("\n", 0, start) + 1
                yield Found(name, first, code.count("\n", start, at) + 1)


def blanked(source: str) -> str:
    """The source with the insides of strings, comments and regular expressions as blanks."""
    return _OPAQUE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), source)


def _without_comments(source: str) -> str:
    return _OPAQUE.sub(
        lambda match: re.sub(r"[^\n]", " ", match[0]) if match["comment"] else match[0], source
    )


def _function_before(code: str, brace: int) -> tuple[str | None, int]:
    """The name of the function whose body starts at `brace` and where it starts; None if none."""
    before = code[:brace].rstrip()
    if before.endswith("=>"):
        before = before[:-2].rstrip()
        start = _opening(before) if before.endswith(")") else len(before)
        named = _NAMED.search(code[:start])
        return (named[1] if named else "an arrow function"), start
    if not before.endswith(")"):
        return None, brace
    start = _opening(before)
    called = _CALLED.search(code[:start])
    if called is None or called[1] in _NOT_A_FUNCTION:
        return None, brace
    return called[1], called.start()


def _opening(text: str) -> int:
    """Where the bracket that closes at the end of `text` was opened."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] == ")") - (text[at] == "(")
        if depth == 0:
            return at
    return 0
