"""What administrators are shown about the estimates."""

from relay.domain.estimate import Range
from relay.domain.estimate_record import Accuracy, Outcome, accuracy


def test_the_ends_of_a_range_belong_to_it() -> None:
    told = Range(60, 180)
    assert [Outcome(told, wait).covered for wait in (59.9, 60, 180, 180.1)] == [
        False,
        True,
        True,
        False,
    ]
    assert not Outcome(None, 60).covered


def test_the_summary_counts_ranges_and_not_knowing_apart() -> None:
    outcomes = [
        Outcome(Range(0, 120), 30),
        Outcome(Range(60, 180), 200),
        Outcome(Range(300, 600), 450),
        Outcome(Range(300, 600), 250),
        Outcome(None, 9000),
    ]
    assert accuracy(outcomes) == Accuracy(
        told=4,
        unknown=1,
        covered_share=0.5,
        mean_error_s=(30 + 80 + 0 + 200) / 4,
        mean_bias_s=(-30 + 80 + 0 - 200) / 4,
        median_width_s=210,
        median_wait_s=225,
        median_error_s=55,
        earlier=1,
        later=1,
        distances=(2, 1, 1, 0, 0),
    )


def test_errors_are_counted_up_to_and_including_each_bound() -> None:
    found = accuracy([Outcome(Range(0, 0), wait) for wait in (0, 60, 60.1, 180, 300, 600, 601)])
    assert found is not None
    assert found.distances == (2, 2, 1, 1, 1)


def test_the_width_is_told_by_the_wait() -> None:
    found = accuracy([Outcome(Range(60, 180), 80)])
    assert found is not None
    assert found.width_ratio == 1.5


def test_without_ranges_there_is_nothing_to_sum_up() -> None:
    assert accuracy([]) is None
    assert accuracy([Outcome(None, 10)]) is None
