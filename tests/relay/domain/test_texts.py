"""The organisation's own texts: which rule each follows, and which words stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import catalogue, limits
from relay.domain.macros import LASTING_MACROS, QUEUE_MACROS, Macro, misplaced
from relay.domain.texts import TextName, Words, rule_of
from tests.relay.domain.cast import CATALOGUES, words

SITE_ONLY = frozenset({Macro.SITE})
EVERYTHING = LASTING_MACROS | QUEUE_MACROS

TOLD = """
    portal_title      title  site
    portal_text       text   site
    agreement_title   title  lasting
    agreement_client  text   lasting
    agreement_chat    text   lasting
    declined          text   lasting
    recording_title   title  lasting
    recording_text    text   lasting
    greeting          text   everything
    hold              text   everything
    orphaned          text   lasting
    notice_left       text   lasting
    survey_title      title  lasting
    survey_thanks     text   lasting
"""
RULES = {name: (kind, macros) for name, kind, macros in map(str.split, TOLD.strip().splitlines())}
MOST = {"title": limits.TITLE_CHARS, "text": limits.TEXT_CHARS}
MACROS = {"site": SITE_ONLY, "lasting": LASTING_MACROS, "everything": EVERYTHING}

OWN = st.dictionaries(
    st.tuples(st.sampled_from(TextName), st.sampled_from(catalogue.LANGUAGES)), st.text()
)


@pytest.mark.parametrize("name", TextName)
def test_every_text_follows_the_rule_as_told(name: TextName) -> None:
    kind, macros = RULES[name]
    assert rule_of(name) == (MOST[kind], MACROS[macros])


def test_every_rule_is_told() -> None:
    assert list(RULES) == [name.value for name in TextName]


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
@pytest.mark.parametrize("name", TextName)
def test_every_default_follows_its_own_rule(name: TextName, language: str) -> None:
    default = words().default(name, language)
    assert default == CATALOGUES[language](f"words.{name}")
    assert misplaced(default, rule_of(name).macros) is None
    assert 0 < len(default) <= rule_of(name).most


@given(own=OWN)
def test_the_own_text_stands_and_else_the_default(own: dict[tuple[TextName, str], str]) -> None:
    known = Words(own, CATALOGUES)
    for name in TextName:
        for language in catalogue.LANGUAGES:
            default = known.default(name, language)
            assert known(name, language) == own.get((name, language), default)
            assert default == words().default(name, language), "the default is never lost"


@given(own=OWN, drafts=OWN)
def test_a_draft_stands_in_for_what_is_stored_and_changes_nothing(
    own: dict[tuple[TextName, str], str], drafts: dict[tuple[TextName, str], str]
) -> None:
    stored = Words(own, CATALOGUES)
    drafted = stored.drafted(drafts)
    for name in TextName:
        for language in catalogue.LANGUAGES:
            at = name, language
            assert drafted(*at) == drafts.get(at, stored(*at))
            assert stored(*at) == own.get(at, stored.default(*at))


def test_an_empty_text_of_ones_own_is_one() -> None:
    assert words({(TextName.HOLD, "en"): ""})(TextName.HOLD, "en") == ""


def test_a_language_that_nobody_has_is_a_bug() -> None:
    with pytest.raises(KeyError):
        words()(TextName.HOLD, "fr")
