"""Photos of those who help: asked for once, shown when they are there."""

from datetime import UTC, date

import pytest
from msgspec import structs

from client.session.conversation import Calendar
from client.session.effects import Effect, FetchPhoto
from client.session.picturing import MOST
from client.session.present import present
from client.session.working_inputs import PhotoCame
from protocol.catalogue import load
from protocol.facts import RepresentativeJoined
from tests.client.mind import ACCEPTED, ADA, AT, OPENED, Mind, line, welcome

SUM = "ab" * 32
EN = load("en")
DAY = Calendar(date(2023, 11, 14), UTC)


def talk(photo: str = SUM) -> tuple[Mind, list[FetchPhoto]]:
    mind = Mind().join()
    there = structs.replace(ACCEPTED, participant=structs.replace(ADA, photo=photo))
    effects = mind.hear(welcome([OPENED, there, line(3, ADA, "Hello")]))
    return mind, asked(effects)


def asked(effects: tuple[Effect, ...]) -> list[FetchPhoto]:
    return [one for one in effects if isinstance(one, FetchPhoto)]


def test_a_photo_is_asked_for_once_and_shown_when_it_came() -> None:
    mind, effects = talk()
    assert effects == [FetchPhoto(SUM)]
    assert present(mind.state, EN, DAY).header.photo == b""
    mind.hear(line(mind.seq, ADA, "Are you there?"))
    assert asked(tuple(mind.done)) in ([], [FetchPhoto(SUM)])
    mind.take(PhotoCame(SUM, b"picture"))
    view = present(mind.state, EN, DAY)
    assert view.header.photo == b"picture"
    assert [one.photo for one in view.log if one.name or one.initials] == [b"picture"] * 2


@pytest.mark.parametrize("name", ["", "x", "A" * 64, "0" * 63, "../../etc/passwd", SUM + "\n"])
def test_what_is_no_sum_is_not_asked_for(name: str) -> None:
    assert talk(name)[1] == []


def test_a_photo_that_nobody_named_is_not_kept() -> None:
    mind, _ = talk()
    mind.take(PhotoCame("cd" * 32, b"other"))
    mind.take(PhotoCame(SUM, b"picture"), PhotoCame(SUM, b"again"))
    assert dict(mind.state.photos) == {SUM: b"picture"}


def test_only_so_many_are_asked_for() -> None:
    mind, effects = talk()
    for number in range(2 * MOST):
        person = structs.replace(ADA, id=f"r{number}", photo=f"{number:064x}")
        fact = RepresentativeJoined(seq=mind.seq, at=AT, participant=person, by=ADA.id)
        effects += asked(mind.hear(fact))
    assert len(effects) == MOST
    assert len(set(effects)) == MOST
