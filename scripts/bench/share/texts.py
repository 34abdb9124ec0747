"""Lines of program text, coloured by what they are: seeded, so the same in each run. Pure."""

import random
from collections.abc import Iterator
from typing import NamedTuple

WORDS = (
    *("order", "invoice", "customer", "printer", "queue", "window", "region", "number", "total"),
    *("state", "picture", "update", "previous", "limit", "address", "ready", "result", "amount"),
)
KEYWORDS = ("if", "for", "return", "while", "with", "yield", "raise", "assert")
PLAIN, KEYWORD, STRING, NUMBER, COMMENT = "#24292F", "#8250DF", "#0A7F42", "#0550AE", "#6E7781"


class Word(NamedTuple):
    """Some characters of one colour (`#RRGGBB`)."""

    text: str
    colour: str


Line = tuple[Word, ...]


def lines(count: int, seed: int) -> tuple[Line, ...]:
    """So many lines of 0 to about 110 characters."""
    chance = random.Random(seed)  # noqa: S311 (a picture)
    return tuple(tuple(_line(chance)) for _ in range(count))


def sentence(length: int, seed: int) -> str:
    """`length` characters of words with blanks between them."""
    chance = random.Random(seed)  # noqa: S311 (a picture)
    text = ""
    while len(text) < length:
        text += chance.choice(WORDS) + " "
    return text[:length]


def _line(chance: random.Random) -> Iterator[Word]:
    kind = chance.random()
    indent = " " * 4 * chance.randrange(4)
    if kind < 0.08:
        return
    if kind < 0.2:
        yield Word(f"{indent}# {' '.join(chance.choices(WORDS, k=chance.randint(3, 9)))}", COMMENT)
        return
    yield Word(indent, PLAIN)
    if kind < 0.55:
        yield Word(chance.choice(KEYWORDS) + " ", KEYWORD)
    for _ in range(chance.randint(2, 5)):
        yield from _term(chance)


def _term(chance: random.Random) -> Iterator[Word]:
    yield Word(f"{chance.choice(WORDS)}_{chance.choice(WORDS)}", PLAIN)
    match chance.randrange(4):
        case 0:
            yield Word(f'("{chance.choice(WORDS)}")', STRING)
        case 1:
            yield Word(f"[{chance.randrange(1000)}]", NUMBER)
        case 2:
            yield Word(f".{chance.choice(WORDS)}", PLAIN)
        case _:
            yield Word(f" = {chance.randrange(100)}", NUMBER)
    yield Word(", ", PLAIN)
