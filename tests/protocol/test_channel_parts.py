"""Long channel messages travel in parts; whatever becomes of those, nothing foreign comes out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import limits
from protocol.channel import HEADER, Flag, Header, Joiner, Kind, parts, peek
from protocol.errors import CloseCode, RemoteProtocolError

MOST = limits.CHANNEL_PAYLOAD_BYTES
FRAME = Header(Kind.FRAME, Flag.KEY, 0, 1, 1, 1, 99)
SIZES = [0, 1, MOST - 1, MOST, MOST + 1, 2 * MOST, 2 * MOST + 1]
EDGES = Flag.FIRST | Flag.LAST


def payload(size: int, start: int = 0) -> bytes:
    """Bytes of which no part looks like another one."""
    return b"".join(n.to_bytes(4, "big") for n in range(start, start + size // 4 + 1))[:size]


def joined(messages: list[bytes], joiner: Joiner | None = None) -> list[tuple[Header, bytes]]:
    """The wholes that come out."""
    joiner = joiner or Joiner()
    return [whole for one in messages if (whole := joiner.add(one)) is not None]


@pytest.mark.parametrize("size", SIZES)
def test_what_is_taken_apart_is_put_together_again(size: int) -> None:
    sent = parts(FRAME, payload(size))
    assert len(sent) == max(1, -(-size // MOST))
    ((header, whole),) = joined(sent)
    assert whole == payload(size)
    assert header._replace(flags=header.flags & ~EDGES) == FRAME


@pytest.mark.parametrize("size", SIZES)
def test_exactly_the_first_is_first_and_the_last_is_last(size: int) -> None:
    found = [peek(one).flags & EDGES for one in parts(FRAME, payload(size))]
    assert [bool(one & Flag.FIRST) for one in found] == [True] + [False] * (len(found) - 1)
    assert [bool(one & Flag.LAST) for one in found] == [False] * (len(found) - 1) + [True]
    assert all(len(one) <= HEADER.size + MOST for one in parts(FRAME, payload(size)))


def test_edges_of_the_sender_do_not_matter() -> None:
    wrong = FRAME._replace(flags=Flag.KEY | Flag.LAST)
    assert parts(wrong, payload(3 * MOST)) == parts(FRAME, payload(3 * MOST))


FIRST, SECOND = FRAME, FRAME._replace(seq=2)
LONG = 4 * MOST


@given(data=st.data())
def test_lost_repeated_and_mixed_up_parts_never_make_a_wrong_whole(data: st.DataObject) -> None:
    """Two messages of four parts each, in any order, some missing, some twice."""
    good = {1: payload(LONG), 2: payload(LONG, 100_000)}
    sent = [*parts(FIRST, good[1]), *parts(SECOND, good[2])]
    shuffled = data.draw(st.lists(st.sampled_from(sent), max_size=16))
    for header, whole in joined(shuffled):
        chunks = [whole[at : at + MOST] for at in range(0, len(whole), MOST)]
        allowed = [good[header.seq][at : at + MOST] for at in range(0, LONG, MOST)]
        assert set(chunks) <= set(allowed), "nothing of the other message is in it"
        assert chunks[0] == allowed[0], "the first part is the first"
        assert chunks[-1] == allowed[-1], "the last part is the last"


@pytest.mark.parametrize("lost", range(4))
def test_the_next_message_is_whole_whichever_edge_the_last_one_lost(lost: int) -> None:
    sent = parts(FIRST, payload(LONG))
    del sent[lost]
    whole = [header.seq for header, _ in joined([*sent, *parts(SECOND, payload(LONG))])]
    assert whole[-1] == 2
    assert 1 not in whole or lost in (1, 2), "without an edge it is not whole"


@pytest.mark.parametrize(
    "other",
    [
        FRAME._replace(seq=2),
        FRAME._replace(epoch=2),
        FRAME._replace(share=2),
    ],
    ids=["seq", "epoch", "share"],
)
def test_a_part_of_something_else_ends_what_it_interrupts(other: Header) -> None:
    mine, theirs = parts(FRAME, payload(LONG)), parts(other, payload(LONG))
    assert joined([*mine[:2], theirs[2], *mine[2:]]) == []


def test_senders_and_kinds_do_not_disturb_each_other() -> None:
    mine = parts(FRAME, payload(LONG))
    cursor = parts(FRAME._replace(kind=Kind.CURSOR), payload(LONG))
    theirs = parts(FRAME._replace(sender=1), payload(LONG))
    mixed = [one for three in zip(mine, cursor, theirs, strict=True) for one in three]
    found = joined(mixed)
    assert [(header.kind, header.sender) for header, _ in found] == [
        (Kind.FRAME, 0), (Kind.CURSOR, 0), (Kind.FRAME, 1)
    ]  # fmt: skip
    assert {whole for _, whole in found} == {payload(LONG)}


@pytest.mark.parametrize("extra", [0, 1])
def test_what_grows_over_the_limit_is_dropped_and_the_next_one_is_not(extra: int) -> None:
    joiner = Joiner(most=2 * MOST)
    found = joined(parts(FIRST, payload(2 * MOST + extra)), joiner)
    assert bool(found) is (extra == 0)
    assert len(joined(parts(SECOND, payload(10)), joiner)) == 1


def test_without_an_end_it_keeps_no_more_than_the_limit() -> None:
    joiner = Joiner(most=2 * MOST)
    first, middle = parts(FIRST, payload(LONG))[:2]
    endless = [first, *[middle] * 50]
    assert joined(endless, joiner) == []
    assert joined(parts(FIRST, payload(LONG))[-1:], joiner) == [], "it was forgotten"


@given(message=st.binary(max_size=60))
def test_noise_is_refused_or_harmless(message: bytes) -> None:
    joiner = Joiner()
    try:
        joiner.add(message)
    except RemoteProtocolError as broken:
        assert broken.close in {CloseCode.MALFORMED, CloseCode.TOO_BIG}
    assert len(joined(parts(FRAME, b"next"), joiner)) == 1
