import pytest

from relay.domain.tries import MOST_NAMES, Tries, network_of


def test_so_many_in_the_window_and_no_more() -> None:
    tries = Tries(3, 60)
    assert [tries.take("a", 10.0 + n) for n in range(3)] == [0, 0, 0]
    assert tries.take("a", 20.5) == 50
    assert tries.wait("a", 69.9) == 1
    assert tries.take("b", 20.5) == 0


def test_the_window_slides() -> None:
    tries = Tries(2, 60)
    assert tries.take("a", 0) == 0
    assert tries.take("a", 50) == 0
    assert tries.take("a", 60) == 0
    assert tries.take("a", 61) == 49


def test_a_refused_try_does_not_lengthen_the_wait() -> None:
    tries = Tries(1, 60)
    tries.take("a", 0)
    assert [tries.take("a", at) for at in (1, 30, 59)] == [59, 30, 1]
    assert tries.take("a", 60) == 0


def test_a_right_try_is_given_back() -> None:
    tries = Tries(1, 60)
    for at in range(10):
        assert tries.take("a", at) == 0
        tries.give_back("a")
    tries.give_back("never tried")


def test_memory_is_bounded_and_the_longest_silent_is_forgotten() -> None:
    tries = Tries(1, 1e9)
    for n in range(MOST_NAMES + 1):
        assert tries.take(str(n), n) == 0
    assert tries.wait("0", MOST_NAMES) == 0
    assert tries.wait("1", MOST_NAMES) > 0


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("::1", "::"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_an_ipv6_household_counts_as_one(address: str, network: str) -> None:
    assert network_of(address) == network
