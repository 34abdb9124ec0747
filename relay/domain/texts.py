"""The organisation's own texts: which there are, how long they may be, and what they may ask for.

Each has a default in the catalogues (`words.<name>`), which is never lost: a language without a
version of its own uses it, and restoring makes a version that says so. Pure.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from protocol import limits
from protocol.catalogue import Catalogue
from relay.domain.macros import LASTING_MACROS, QUEUE_MACROS, Macro


class TextName(StrEnum):
    """A text that customers read, in the order in which they meet it."""

    PORTAL_TITLE = "portal_title"
    PORTAL_TEXT = "portal_text"
    AGREEMENT_TITLE = "agreement_title"
    AGREEMENT_CLIENT = "agreement_client"
    AGREEMENT_CHAT = "agreement_chat"
    DECLINED = "declined"
    RECORDING_TITLE = "recording_title"
    RECORDING_TEXT = "recording_text"
    GREETING = "greeting"
    HOLD = "hold"
    ORPHANED = "orphaned"
    NOTICE_LEFT = "notice_left"
    SURVEY_TITLE = "survey_title"
    SURVEY_THANKS = "survey_thanks"


class TextRule(NamedTuple):
    """What a text may be: at most `most` characters, with these macros."""

    most: int
    macros: frozenset[Macro]


_TITLES = frozenset(
    {
        TextName.PORTAL_TITLE,
        TextName.AGREEMENT_TITLE,
        TextName.RECORDING_TITLE,
        TextName.SURVEY_TITLE,
    }
)
_QUEUE_TEXTS = frozenset({TextName.GREETING, TextName.HOLD})
_PORTAL_TEXTS = frozenset({TextName.PORTAL_TITLE, TextName.PORTAL_TEXT})


def rule_of(name: TextName) -> TextRule:
    """The rule of one text."""
    most = limits.TITLE_CHARS if name in _TITLES else limits.TEXT_CHARS
    if name in _PORTAL_TEXTS:
        return TextRule(most, frozenset({Macro.SITE}))
    return TextRule(most, LASTING_MACROS | (QUEUE_MACROS if name in _QUEUE_TEXTS else frozenset()))


class Words:
    """The texts as they stand now: `own` by name and language, defaults from `catalogues`."""

    def __init__(
        self, own: Mapping[tuple[TextName, str], str], catalogues: Mapping[str, Catalogue]
    ) -> None:
        self._own = own
        self._catalogues = catalogues

    def __call__(self, name: TextName, language: str) -> str:
        """The text, with its macros still in it. Raises `KeyError` for an unknown language."""
        own = self._own.get((name, language))
        return self.default(name, language) if own is None else own

    def default(self, name: TextName, language: str) -> str:
        """What stands where nobody wrote anything else."""
        return self._catalogues[language](f"words.{name}")

    def drafted(self, drafts: Mapping[tuple[TextName, str], str]) -> "Words":
        """The same with `drafts` in place of what is stored."""
        return Words({**self._own, **drafts}, self._catalogues)
