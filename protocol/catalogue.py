"""Every sentence a person reads: one JSON catalogue per language, for client, relay and pages.

A catalogue is a flat object, key to text. `{name}` is filled in. A key that ends in `.one` has a
sibling `.other`; `Catalogue.count` picks between them. The tests see to it that all languages
have the same keys with the same fields, and that no key goes unused.
"""

import json
import re
from collections.abc import Iterable, Mapping
from importlib import resources

LANGUAGES = ("en", "de")


class Catalogue:
    """The texts of one language. Looking up a key that does not exist is a `KeyError`: a bug."""

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self._texts = texts

    def __call__(self, key: str, /, **fields: str | int) -> str:
        """The text of `key` with its fields filled in (as plain text, each at most once over)."""
        return _FIELD.sub(lambda match: str(fields[match[1]]), self._texts[key])

    def count(self, key: str, n: int, /, **fields: str | int) -> str:
        """The singular or plural text of `key`, with `{n}` and `fields` filled in."""
        return self(f"{key}.one" if n == 1 else f"{key}.other", n=n, **fields)

    def keys(self) -> frozenset[str]:
        """All keys."""
        return frozenset(self._texts)


_FIELD = re.compile(r"\{([a-z_]+)\}")


def fields_of(text: str) -> frozenset[str]:
    """The names of the fields in one text."""
    return frozenset(_FIELD.findall(text))


def load(language: str) -> Catalogue:
    """The catalogue of one of `LANGUAGES`."""
    source = resources.files("protocol") / "texts" / f"{language}.json"
    return Catalogue(language, json.loads(source.read_text("utf-8")))


def choose(wished: Iterable[str]) -> str:
    """The first of `LANGUAGES` that the wishes (`de-AT`, `en`, …; best first) ask for."""
    for wish in wished:
        language = re.split(r"[-_]", wish.strip().lower())[0]
        if language in LANGUAGES:
            return language
    return LANGUAGES[0]
