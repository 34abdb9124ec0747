"""The customer's side of a share: every mode, every act, told a second time by hand."""

import itertools

import pytest

from client.session.share_machines import CHOOSING, MODES, RUNNING, Act, Mode, go, may

ROWS = """
            allow  choose          pick cancel pause  resume again not_now end lose         stop
off         on     picking         .    .      .      .      .     .       .   .            .
picking     .      .               on   off    .      .      .     .       off off          off
on          on     changing        .    .      paused .      .     .       off lost         off
paused      paused changing_paused .    .      .      on     .     .       off lost         off
changing    .      .               on   on     .      .      .     .       off lost_picking off
changing_paused .  .               on   paused .      .      .     .       off lost_picking off
lost        on     picking         .    .      .      .      on    off     off .            off
lost_picking .     .               on   lost   .      .      .     .       off .            off
"""


def told() -> dict[tuple[Mode, Act], Mode]:
    head, *rows = ROWS.strip().splitlines()
    return {
        (Mode(mode), Act(act)): Mode(cell)
        for mode, *cells in map(str.split, rows)
        for act, cell in zip(head.split(), cells, strict=True)
        if cell != "."
    }


@pytest.mark.parametrize(("mode", "act"), list(itertools.product(Mode, Act)))
def test_every_combination(mode: Mode, act: Act) -> None:
    known = told()
    assert may(mode, act) is ((mode, act) in known)
    assert go(mode, act) is known.get((mode, act), mode)


@pytest.mark.parametrize("mode", [mode for mode in Mode if mode is not Mode.OFF])
def test_the_customer_can_always_end(mode: Mode) -> None:
    assert go(mode, Act.END) is Mode.OFF


@pytest.mark.parametrize("act", [Act.LOSE, Act.STOP])
def test_nothing_from_outside_leads_to_showing(act: Act) -> None:
    assert all(after not in RUNNING for (_, by), after in MODES.items() if by is act)


def test_nothing_is_shown_while_choosing() -> None:
    assert Mode.ON not in CHOOSING
    opened = {after for (_, act), after in MODES.items() if act is Act.CHOOSE}
    assert opened < CHOOSING


def test_a_lost_share_goes_on_by_the_customers_word_only() -> None:
    ways = {act for (mode, act), after in MODES.items() if mode is Mode.LOST and after is Mode.ON}
    assert ways == {Act.AGAIN, Act.ALLOW}
