"""What the protocol says twice, in Python and in the pages, it says alike."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import catalogue, keys, limits, markup
from protocol.errors import RemoteProtocolError
from protocol.facts import AnyFact, ChatPosted, Topic, topic_of
from protocol.snapshot import Snapshot, apply, representatives
from scripts.generate import vocabulary
from tests.browser.twin import Twin
from tests.protocol.messages import any_of

ANY_FACT = st.one_of(*(any_of(fact) for fact in vocabulary.FACTS))
MARKUP = st.text(alphabet="ab *_:/.,()\n\thtps€😀é'\"", max_size=60)
BLOCKS = st.text(alphabet="a- *\n\r\v\f\x1c\x1f\x85\u2028\u00a0\ufeff\t", max_size=60)


def plain(value: object) -> object:
    """As the pages see it."""
    return json.loads(msgspec.json.encode(value))


@given(typed=st.text(max_size=30) | st.text(alphabet="0123456789- ", max_size=12))
def test_a_typed_key_is_read_alike(twin: Twin, typed: str) -> None:
    key = keys.normalise(typed)
    assert twin("normalise", typed) == key
    assert twin("isComplete", key) == keys.is_complete(key)
    assert twin("isRight", key) == keys.is_right(key)
    assert twin("checkDigit", key) == keys.check_digit(key)
    assert twin("shown", key) == keys.shown(key)


@given(number=st.integers(0, 10**keys.DIGITS - 1))
def test_a_good_key_is_good_in_the_page(twin: Twin, number: int) -> None:
    digits = f"{number:0{keys.DIGITS}}"
    assert twin("isRight", digits + keys.check_digit(digits)) is True


@given(text=MARKUP | st.text(max_size=60))
def test_markup_is_read_alike(twin: Twin, text: str) -> None:
    assert twin("spans", text) == [list(span) for span in markup.spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "see https://acme.example/help, please",
        "*bold* and _italic_, not 2*3*4 nor a_b_c",
        "HTTP://X and http://",
        "https://a.example/(b)",
        "*😀* _é_",
    ],
)
def test_markup_of_common_lines_is_read_alike(twin: Twin, text: str) -> None:
    assert twin("spans", text) == [list(span) for span in markup.spans(text)]


@given(text=BLOCKS | MARKUP | st.text(max_size=60))
def test_paragraphs_and_lists_are_read_alike(twin: Twin, text: str) -> None:
    assert twin("blocks", text) == plain(markup.blocks(text))


def test_a_common_notice_is_read_alike(twin: Twin) -> None:
    text = "*Mail* is slow:\n\n- we know\n- see https://acme.example/state.\nThank you\nall\n"
    assert twin("blocks", text) == plain(markup.blocks(text))
    assert [is_list for is_list, _ in markup.blocks(text)] == [False, True, False]


@given(snapshot=any_of(Snapshot))
def test_who_helps_now_is_read_alike(twin: Twin, snapshot: Snapshot) -> None:
    assert twin("representatives", plain(snapshot)) == plain(representatives(snapshot))


@given(snapshot=any_of(Snapshot), facts=st.lists(ANY_FACT, max_size=4))
def test_any_fact_moves_any_snapshot_alike(
    twin: Twin, snapshot: Snapshot, facts: list[AnyFact]
) -> None:
    for fact in facts:
        try:
            after = apply(snapshot, fact)
        except RemoteProtocolError:
            assert twin("apply", plain(snapshot), plain(fact)) == {"thrown": "OutOfOrder"}
            continue
        assert twin("apply", plain(snapshot), plain(fact)) == plain(after)
        snapshot = after


@given(snapshot=any_of(Snapshot), fact=ANY_FACT)
def test_the_next_fact_moves_any_snapshot_alike(
    twin: Twin, snapshot: Snapshot, fact: AnyFact
) -> None:
    held = snapshot.desk_seq if topic_of(fact) is Topic.DESK else snapshot.seq
    following = msgspec.structs.replace(fact, seq=held + 1)
    # Beyond 2**53 a number of JavaScript no longer counts.
    if held < 2**53 - 1:
        assert twin("apply", plain(snapshot), plain(following)) == plain(apply(snapshot, following))


def test_a_long_log_is_cut_alike(twin: Twin) -> None:
    def posted(seq: int) -> ChatPosted:
        return ChatPosted(seq=seq, at=seq, by="c", id=f"line-{seq:04}", text="hello")

    full = tuple(posted(seq) for seq in range(1, limits.LOG_LINES + 1))
    snapshot = Snapshot(session="0" * 32, log=full, seq=limits.LOG_LINES)
    after = apply(snapshot, posted(limits.LOG_LINES + 1))
    assert len(after.log) == limits.LOG_LINES
    assert twin("apply", plain(snapshot), plain(posted(limits.LOG_LINES + 1))) == plain(after)


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_texts_are_filled_in_alike(twin: Twin, language: str) -> None:
    texts, sentences = catalogue.load(language), vocabulary.sentences(language)
    for key in sentences:
        raw = {key: sentences[key]}
        fields = {name: f"<{name}>" for name in catalogue.fields_of(raw[key])}
        assert twin("t", raw, key, fields) == texts(key, **fields)


def test_a_missing_text_or_field_is_a_bug(twin: Twin) -> None:
    assert twin("t", {}, "chat.write", {}) == {"thrown": "RangeError"}
    assert twin("t", {"chat.typing": "{name} writes"}, "chat.typing", {}) == {
        "thrown": "RangeError"
    }


@given(tries=st.integers(0, 200), drawn=st.floats(0, 1, exclude_max=True))
def test_back_off_keeps_within_its_bounds(twin: Twin, tries: int, drawn: float) -> None:
    delay = twin("delayS", tries, drawn)
    most = limits.RECONNECT_FIRST_S * limits.RECONNECT_GROWTH**tries
    assert delay == pytest.approx(drawn * min(limits.RECONNECT_MOST_S, most))
