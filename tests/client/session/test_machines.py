"""The tables, enumerated, and what they promise in words."""

from itertools import product

import pytest

from client.session.machines import LEAVES, PAGES, Leave, Page, Turn, Wish, take, turn


@pytest.mark.parametrize(("page", "by"), list(product(Page, Turn)))
def test_a_turn_follows_the_table_or_changes_nothing(page: Page, by: Turn) -> None:
    assert turn(page, by) is PAGES.get((page, by), page)


@pytest.mark.parametrize("by", Turn)
def test_the_end_is_final(by: Turn) -> None:
    assert turn(Page.ENDED, by) is Page.ENDED


def test_without_a_key_only_a_key_leads_on() -> None:
    leads_on = {by for by in Turn if turn(Page.JOIN, by) is not Page.JOIN}
    assert leads_on == {Turn.SUBMIT, Turn.ADMIT}


def test_nobody_goes_back_to_the_key_once_in_a_session() -> None:
    pages = {Page.PREPARING, Page.WAITING, Page.TALKING, Page.ENDED}
    assert all(turn(page, by) in pages for page, by in product(pages, Turn))


@pytest.mark.parametrize(("leave", "wish"), list(product(Leave, Wish)))
def test_a_wish_follows_the_table_or_changes_nothing(leave: Leave, wish: Wish) -> None:
    assert take(leave, wish) is LEAVES.get((leave, wish), leave)


def test_one_can_leave_from_everywhere() -> None:
    def reach(leave: Leave) -> set[Leave]:
        found = {leave}
        while more := {take(one, wish) for one in found for wish in Wish} - found:
            found |= more
        return found

    assert all(Leave.LEFT in reach(leave) for leave in Leave)


def test_nobody_is_asked_again_once_the_questions_are_behind() -> None:
    later = {Page.WAITING, Page.TALKING, Page.ENDED}
    assert all(turn(page, by) in later for page, by in product(later, Turn))


def test_one_can_get_out_of_every_page_to_the_end_or_the_key() -> None:
    for page in Page:
        found = {page}
        while more := {turn(one, by) for one in found for by in Turn} - found:
            found |= more
        assert Page.ENDED in found


def test_a_running_session_is_never_left_without_a_word() -> None:
    found = {Leave.BOUND}
    unasked = set(Wish) - {Wish.YES, Wish.DECLINE, Wish.OVER}
    while more := {take(one, wish) for one in found for wish in unasked} - found:
        found |= more
    assert found == {Leave.BOUND, Leave.ASKING_END, Leave.ASKING_CLOSE}


@pytest.mark.parametrize("wish", Wish)
def test_gone_is_gone(wish: Wish) -> None:
    assert take(Leave.LEFT, wish) is Leave.LEFT
