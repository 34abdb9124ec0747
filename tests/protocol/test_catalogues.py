"""The texts: every language says everything, and nothing is said that nobody uses."""

import re
from pathlib import Path

import pytest

from client.config import DEVELOPMENT_OPTIONS
from client.session.present_checks import FIXES
from client.session.state import Trouble
from protocol import catalogue
from protocol.api import ProgramStep
from protocol.errors import ErrorCode
from protocol.facts import SignedInBy
from protocol.files import FileEnd
from protocol.inputs import Special
from protocol.screen import InputRefusal, Obstacle
from protocol.sharing import CLIPBOARD, Grant, GrantEnd, PauseCause, Scope, ShareCause
from protocol.steps import Step
from protocol.working import Hurdle, NudgeMark
from relay.domain.macros import Macro
from relay.domain.permissions import Permission, UserRole
from relay.domain.texts import TextName
from relay.domain.wording import Fault
from scripts.generate import vocabulary

ROOT = Path(__file__).resolve().parents[2]
TEXTS = {language: vocabulary.sentences(language) for language in catalogue.LANGUAGES}
ENGLISH = TEXTS[catalogue.LANGUAGES[0]]

ERRORS = {f"error.{code}" for code in ErrorCode}
ASKED = ("person_disable", "person_second_remove")
"""What the administration asks about before it does it."""

CHAT_LINES = (
    *("agreed", "declined", "unanswered", "recording_yes", "recording_no", "recording_none"),
    *("queued", "lost", "passed", "passed_on", "notice", "notice_by"),
    *("moved_client", "moved_chat", "joined", "joined_alone", "nudged", "held", "resumed"),
)
"""What the conversation's lines say to the customer and, in other words, at the desk."""

FILE_ACTS = (
    *("accept", "decline", "choose", "refuse", "cancel", "again"),
    *("fetch", "resave", "link", "have"),
)
"""What a card of the pages lets one do with a file."""

SCREEN = (Grant.VIEW, Grant.CONTROL)
TIMED = tuple(grant for grant in Grant if grant is not Grant.VIEW)
TIMED_PARTS = ("", "_left", "_take_name", "_more_name")
CLIPBOARD_PARTS = ("", "_none", "_asked", "_held", "_held_for")
GRANT_LINES = ("asked", "asked_you", "given")

MADE_KEYS = (
    ERRORS
    | {f"client.join.{trouble}" for trouble in Trouble if trouble is not Trouble.OUTDATED}
    | {f"relay.created_{role}" for role in UserRole}
    | {f"role.{role}" for role in UserRole}
    | {f"permission.{permission}" for permission in Permission}
    | {f"admin.{act}_{part}" for act in ASKED for part in ("title", "text")}
    | {f"{stem}{name}" for name in TextName for stem in ("words.", "admin.customer_words_")}
    | {f"admin.customer_macro_{macro.value.lower()}" for macro in Macro}
    | {f"admin.customer_fault_{fault}" for fault in Fault}
    | {f"admin.customer_{kind}" for kind in ("added", "removed", "wrong_url_account")}
    | {f"admin.customer_wrong_patterns_{fault}" for fault in ("many", "shape")}
    | {"admin.customer_wrong_text_shape"}
    | {f"client.option.{name}" for name in (*DEVELOPMENT_OPTIONS, "version", "licences", "help")}
    | {f"chat.program_{step}" for step in ("start", "enter")}
    | {f"chat.desk_{line}" for line in CHAT_LINES}
    | {f"steps.line_{line}" for line in CHAT_LINES}
    | {f"chat.desk_{what}_you" for what in ("nudged", "held", "resumed")}
    | {f"line.nudge_{mark}" for mark in NudgeMark}
    | {f"chat.signed_in_{how}" for how in SignedInBy}
    | {f"program.step_{step}" for step in ProgramStep}
    | {
        f"program.{system}_{what}"
        for system in ("windows", "macos", "linux")
        for what in ("bar", "warning", "start")
    }
    | {f"steps.line_ended_{reason}" for reason in ("orphaned", "notice")}
    | {f"steps.{step}_none" for step in Step}
    | {f"line.{grant}_{what}" for grant in Grant for what in (*GrantEnd, *GRANT_LINES)}
    | {f"line.share_{scope}" for scope in Scope}
    | {f"{stem}paused_{why}" for stem in ("line.share_", "screen.") for why in PauseCause}
    | {f"line.share_ended_{why}" for why in (*ShareCause, "representative_you")}
    | {
        f"console.share_{ask}_{part}"
        for ask in ("see", "control", *CLIPBOARD)
        for part in ("title", "text")
    }
    | {f"console.share_{what}_{grant}" for what in ("open", "withdraw") for grant in SCREEN}
    | {f"console.share_{scope}" for scope in Scope}
    | {f"screen.{what}_{one}" for what in ("seeing", "acting") for one in Obstacle}
    | {f"screen.refused_{why}" for why in InputRefusal if why is not InputRefusal.RESTING}
    | {f"screen.key_{key}" for key in Special}
    | {f"file.{act}{part}" for act in FILE_ACTS for part in ("", "_name")}
    | {f"file.over_{why}" for why in (*FileEnd, "gone", "declined_ask")}
    | {f"file.over_{why}_you" for why in ("declined", "declined_ask", "cancelled")}
    | {f"client.share.{what}_{when}" for what in ("see", "control") for when in ("all", "now")}
    | {f"client.banner.{verb}_{scope}" for verb in ("sees", "see") for scope in Scope}
    | {f"client.banner.{what}_{why}" for what in ("view", "control") for why in Obstacle}
    | {f"client.line.{what}_{grant}" for what in ("asked", "gave", *GrantEnd) for grant in Grant}
    | {f"client.share.{which}_title" for which in (*CLIPBOARD, "clipboard")}
    | {f"client.share.{which}_text" for which in CLIPBOARD}
    | {f"client.line.gave_{grant}_for" for grant in Grant if grant is not Grant.VIEW}
    | {f"client.banner.may_{grant}{part}" for grant in TIMED for part in TIMED_PARTS}
    | {f"clipboard.{way}{part}" for way in CLIPBOARD for part in CLIPBOARD_PARTS}
    | {"client.share.wayland_hint"}
    | {f"client.check.{one}_{part}" for one in FIXES for part in ("title", "text")}
    | {f"client.check.{one}_permission_place" for one in ("screen", "input")}
    | {f"desk.check_{one}" for one in Hurdle}
    | {f"client.line.started_{scope}" for scope in Scope}
    | {f"client.line.paused_{why}" for why in PauseCause}
    | {f"client.line.share_ended_{why}" for why in (ShareCause.LINK_LOST, ShareCause.NOBODY)}
    | {
        f"steps.{end}_{part}"
        for end in ("declined", "unanswered", "orphaned", "noted")
        for part in ("title", "text")
    }
)
"""Keys that the sources put together from a value, each with all values it may have."""

FAULT = re.compile(r"""\bStartFault\(\s*"([a-z_]+)\"""")

PROGRAMS = ("client", "relay")
KINDS = frozenset({".py", ".js", ".html"})


def sources() -> str:
    """Everything that may use a text, in one string."""
    files = [
        path
        for program in PROGRAMS
        for path in sorted((ROOT / program).rglob("*"))
        if path.suffix in KINDS and "node_modules" not in path.parts
    ]
    return "\n".join(path.read_text("utf-8") for path in files)


def used_keys() -> set[str]:
    """Every quoted word in the sources that could be a key; of counted ones the stem."""
    source = sources()
    whole = re.findall(r"[\"'`]([a-z_]+(?:\.[a-z_]+)+)[\"'`]", source)
    return {*whole, *(f"relay.fault.{name}" for name in FAULT.findall(source))}


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_every_language_has_the_same_keys(language: str) -> None:
    assert TEXTS[language].keys() == ENGLISH.keys()


@pytest.mark.parametrize("key", sorted(ENGLISH))
def test_every_language_fills_in_the_same_fields(key: str) -> None:
    wanted = catalogue.fields_of(ENGLISH[key])
    found = {language: catalogue.fields_of(texts[key]) for language, texts in TEXTS.items()}
    assert found == dict.fromkeys(TEXTS, wanted)


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_no_text_is_empty_or_has_blanks_around_it(language: str) -> None:
    assert [key for key, text in TEXTS[language].items() if not text or text != text.strip()] == []


@pytest.mark.parametrize("code", ErrorCode)
def test_every_refusal_has_a_sentence(code: ErrorCode) -> None:
    assert f"error.{code}" in ENGLISH


def test_every_refusal_with_a_sentence_exists() -> None:
    assert {key for key in ENGLISH if key.startswith("error.")} == ERRORS


def test_counted_texts_come_in_pairs_with_the_number_in_the_plural() -> None:
    stems = {key.removesuffix(".one") for key in ENGLISH if key.endswith(".one")}
    assert stems == {key.removesuffix(".other") for key in ENGLISH if key.endswith(".other")}
    assert all("n" in catalogue.fields_of(texts[f"{stem}.other"])
               for texts in TEXTS.values() for stem in stems)  # fmt: skip


def test_every_key_is_used_somewhere() -> None:
    used = used_keys() | MADE_KEYS
    counted = re.compile(r"\.(one|other)$")
    assert {key for key in ENGLISH if not {key, counted.sub("", key)} & used} == set()


def test_german_says_sie() -> None:
    familiar = re.compile(r"\b([Dd]u|[Dd]ein\w*|[Dd]ich|[Dd]ir)\b")
    assert [key for key, text in TEXTS["de"].items() if familiar.search(text)] == []


@pytest.mark.parametrize(
    ("wished", "chosen"),
    [
        ([], "en"),
        (["de"], "de"),
        (["de-AT", "en"], "de"),
        (["de_DE.UTF-8"], "de"),
        (["fr", "de"], "de"),
        (["fr"], "en"),
        (["EN-gb", "de"], "en"),
        (["*", ""], "en"),
    ],
)
def test_the_first_wish_that_can_be_met_is_met(wished: list[str], chosen: str) -> None:
    assert catalogue.choose(wished) == chosen


def test_fields_are_filled_in_as_plain_text_once() -> None:
    texts = catalogue.Catalogue("en", {"hello": "Hello {name}, {name}!"})
    assert texts("hello", name="{n} <b>") == "Hello {n} <b>, {n} <b>!"


@pytest.mark.parametrize(("n", "said"), [(0, "0 people"), (1, "one person"), (2, "2 people")])
def test_numbers_choose_their_text(n: int, said: str) -> None:
    texts = catalogue.Catalogue("en", {"p.one": "one person", "p.other": "{n} people"})
    assert texts.count("p", n) == said


def test_a_key_that_does_not_exist_is_a_bug() -> None:
    with pytest.raises(KeyError):
        catalogue.load("en")("no.such.key")
