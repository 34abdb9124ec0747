"""Which unpacked folders are ours to remove."""

import pytest

from client.leftovers import IN_USE, is_ours

OWN = {"libz.so.1", "PySide6", "client", "base_library.zip", IN_USE}


@pytest.mark.parametrize("found", [OWN, OWN - {IN_USE}, {"libz.so.1"}, {IN_USE}, set()])
def test_a_whole_one_or_the_beginning_of_one(found: set[str]) -> None:
    assert is_ours(found, OWN)


@pytest.mark.parametrize("found", [{"libz.so.1", "their_data.txt"}, {"holiday.jpg"}])
def test_with_anything_else_in_it_is_somebody_elses(found: set[str]) -> None:
    assert not is_ours(found, OWN)
