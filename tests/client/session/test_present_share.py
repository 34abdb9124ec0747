"""What the window says around the shared screen, in the customer's words."""

from dataclasses import replace
from datetime import UTC, date

import msgspec
import pytest

from client.session import share_inputs as deed
from client.session.conversation import Calendar
from client.session.inputs import LinkLost, Tick
from client.session.present import present
from client.session.share_inputs import ShareAnswer
from client.session.share_view import BannerView, PromptView, ShareView
from client.session.view import LineKind
from protocol.catalogue import LANGUAGES, load
from protocol.errors import ErrorCode
from protocol.facts import RepresentativeJoined
from protocol.screen import Obstacle
from protocol.sharing import Grant
from protocol.signals import Refused
from tests.client.mind import ADA, ALAN, AT, CHOSEN, OPENED, Mind, line, welcome

CALENDAR = Calendar(date(2023, 11, 14), UTC)
CONTROL = Grant.CONTROL


def seen(mind: Mind, language: str = "en") -> ShareView:
    return present(mind.state, load(language), CALENDAR).share


def prompt(mind: Mind) -> PromptView:
    view = seen(mind).prompt
    assert view is not None
    return view


def banner(mind: Mind) -> BannerView:
    view = seen(mind).banner
    assert view is not None
    return view


def later(mind: Mind, seconds: float) -> Mind:
    mind.now += seconds
    mind.take(Tick())
    return mind


def both(mind: Mind) -> Mind:
    """Alan sees, too."""
    mind.hear(RepresentativeJoined(seq=mind.seq, at=AT, participant=ALAN, by=ADA.id))
    mind.ask(by=ALAN)
    mind.answer()
    return mind


def test_nothing_is_said_where_nothing_is_shared() -> None:
    assert seen(Mind().talk()) == ShareView()


def test_a_question_says_who_what_why_and_how_long() -> None:
    mind = Mind("Acme").talk()
    mind.ask(reason="To look at the printer.")
    view = prompt(mind)
    assert view.title == "Ada Lovelace would like to see your screen"
    assert view.text.startswith("Ada Lovelace helps you for Acme.")
    assert "could not click or type" in view.text
    assert view.why == "Reason: To look at the printer."
    assert view.countdown == "1:00 left. No answer means no."
    assert "Ctrl+Alt+Shift+E" in view.hint
    assert (view.allow, view.view_only, view.lasts) == ("Allow", "", None)
    assert (view.choose, view.deny) == ("Choose applications…", "Don't allow")
    assert prompt(later(mind, 12)).countdown == "0:48 left. No answer means no."


def test_a_question_for_control_offers_less_than_that() -> None:
    mind = Mind().talk()
    mind.ask(CONTROL)
    view = prompt(mind)
    assert view.title == "Ada Lovelace would like to see and control your computer"
    assert (view.allow, view.view_only) == ("Allow control", "Only let Ada Lovelace see")
    assert view.lasts is not None
    assert [seconds for seconds, _ in view.lasts.choices] == [300, 900, 3600, 0]
    assert view.lasts.usual == 900


def test_whoever_sees_already_asks_for_control_alone() -> None:
    mind = Mind().share()
    mind.ask(CONTROL)
    view = prompt(mind)
    assert view.title == "Ada Lovelace would like to control your computer"
    assert (view.view_only, view.choose) == ("", "")


def test_with_chosen_applications_a_yes_means_those() -> None:
    mind = Mind().share_chosen()
    mind.ask(CONTROL)
    assert "in the applications you share" in prompt(mind).text


def test_the_time_is_said_aloud_seldom() -> None:
    mind = Mind().talk()
    mind.ask()
    spoken = []
    for _ in range(59):
        spoken.append(prompt(mind).spoken)
        later(mind, 1)
    assert len(set(spoken)) == 3


def test_where_nothing_can_be_shown_it_says_why() -> None:
    mind = Mind().talk()
    mind.controller.state = replace(mind.state, unshareable="client.banner.view_system")
    mind.ask(CONTROL)
    view = prompt(mind)
    assert view.text == "Your screen cannot be shown just now"
    assert (view.allow, view.view_only, view.choose, view.lasts) == ("", "", "", None)
    assert view.deny
    assert view.hint == ""
    mind.controller.state = replace(mind.state, unshareable="client.share.wayland")
    assert "sign out" in prompt(mind).hint


def test_the_banner_says_who_sees_what_and_since_when() -> None:
    mind = later(Mind().share(), 252)
    view = banner(mind)
    assert (view.title, view.clock) == ("Ada Lovelace sees your whole screen", "4:12")
    assert (view.button, view.changes, view.shows) == ("END SCREEN SHARE", False, True)
    assert view.grants == ()
    assert banner(both(mind)).title == "Ada Lovelace and Alan Turing see your whole screen"


def test_with_chosen_applications_the_button_changes_them() -> None:
    mind = Mind().share_chosen()
    view = banner(mind)
    assert view.title == "Ada Lovelace sees the applications you chose"
    assert (view.button, view.changes) == ("CHANGE RELEASE", True)
    mind.take(deed.ChangeWanted("change02"))
    view = banner(mind)
    assert (view.button, view.changes, view.pause) == ("END SCREEN SHARE", False, "")
    assert view.title == "Nobody sees your screen while you choose"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_button_speaks_in_capitals(language: str) -> None:
    for mind in (Mind().share(), Mind().share_chosen()):
        view = seen(mind, language).banner
        assert view is not None
        assert view.button == view.button.upper()


def test_control_counts_down_and_more_time_is_offered_near_its_end() -> None:
    mind = Mind().share(CONTROL)
    (control,) = banner(mind).grants
    assert (control.text, control.more) == ("Ada Lovelace controls · 15 min", "")
    (control,) = banner(later(mind, 900 - 119)).grants
    assert control.text == "Ada Lovelace controls · 1:59"
    assert control.more == "15 more minutes"
    mind.take(deed.MoreTimeWanted("more0001", ADA.id))
    (control,) = banner(mind).grants
    assert (control.text, control.more) == ("Ada Lovelace controls · 17 min", "")


def test_control_for_the_session_counts_nothing() -> None:
    mind = Mind().talk()
    mind.ask(CONTROL)
    mind.answer(lasts_s=0)
    (control,) = banner(mind).grants
    assert (control.text, control.more) == ("Ada Lovelace controls", "")


def test_each_of_several_viewers_can_be_shown_nothing_more() -> None:
    grants = banner(both(Mind().share())).grants
    assert [(one.to, one.grant, one.take_name) for one in grants] == [
        ("ada", Grant.VIEW, "Stop showing it to Ada Lovelace"),
        ("alan", Grant.VIEW, "Stop showing it to Alan Turing"),
    ]


def test_a_pause_can_be_ended() -> None:
    mind = Mind().share()
    mind.take(deed.PauseWanted("pause001"))
    view = banner(mind)
    assert (view.title, view.pause, view.paused) == (
        "Paused. Nobody sees your screen", "Continue", True,
    )  # fmt: skip
    assert not view.shows


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("obstacle", Obstacle)
def test_whatever_is_in_the_way_is_told(obstacle: Obstacle, language: str) -> None:
    mind = Mind().share(CONTROL)
    mind.take(deed.ObstaclesMet(control=obstacle))
    first = seen(mind, language).banner
    mind.take(deed.ObstaclesMet(view=obstacle))
    second = seen(mind, language).banner
    assert first is not None
    assert second is not None
    assert len({*first.notes, *second.notes}) == 2


def test_the_own_hand_and_who_does_not_look_are_told() -> None:
    mind = Mind().share(CONTROL)
    mind.take(deed.OwnHandMoved(), deed.Watched(frozenset()))
    assert banner(mind).notes == (
        "Your hand is on the mouse, so remote input rests",
        "Ada Lovelace is not looking right now",
    )
    mind.take(deed.Watched(frozenset({1})))
    assert banner(later(mind, 2)).notes == ()


def test_a_key_that_another_program_has_is_said_and_no_longer_offered() -> None:
    mind = Mind().share()
    mind.take(deed.EndKeySet(works=False))
    assert any("Ctrl+Alt+Shift+E" in one for one in banner(mind).notes)
    mind.take(deed.EndShareWanted("end00001"))
    mind.ask()
    assert "END SCREEN SHARE" in prompt(mind).hint
    assert "Ctrl+Alt" not in prompt(mind).hint


def test_a_share_that_broke_off_asks_whether_to_go_on() -> None:
    mind = Mind().share()
    snapshot = mind.state.snapshot
    mind.take(LinkLost())
    view = seen(mind).again
    assert view is not None
    assert (view.text, view.open) == ("The connection was lost. Nothing is shown now.", False)
    mind.hear(msgspec.structs.replace(welcome([OPENED]), snapshot=snapshot))
    view = seen(mind).again
    assert view is not None
    assert view.open
    assert "Ada Lovelace can see the same as before" in view.hint
    mind.ask(CONTROL)
    assert seen(mind).again is None
    assert prompt(mind).title


def test_a_start_that_was_refused_says_so() -> None:
    mind = Mind().talk()
    mind.ask()
    mind.answer()
    mind.hear(Refused(id=mind.state.share.begun[-1].id, code=ErrorCode.STORAGE))
    view = seen(mind).again
    assert view is not None
    assert view.text == "It could not be started. Nothing is shown now."


def test_the_picker_names_whoever_asked() -> None:
    mind = Mind().talk()
    mind.ask(CONTROL)
    mind.answer(ShareAnswer.CHOOSE)
    view = seen(mind).picker
    assert view is not None
    assert view.text.startswith("Ada Lovelace will see only what you tick.")
    assert view.control == "Ada Lovelace may use mouse and keyboard in them"
    assert view.stop == ""
    mind.take(deed.Picked("picked01", CHOSEN), deed.ChangeWanted("change01"))
    view = seen(mind).picker
    assert view is not None
    assert (view.control, view.lasts, view.choice) == ("", None, CHOSEN)
    assert view.stop == "Stop sharing completely"


def test_the_end_is_said_aloud() -> None:
    mind = Mind().share()
    assert seen(mind).spoken == "Ada Lovelace sees your whole screen"
    mind.take(deed.EndShareWanted("end00001"))
    assert seen(mind).spoken == "Nothing of your screen is shared any longer"


def test_pointing_is_marked_and_told_where_it_belongs_in_time() -> None:
    mind = Mind().share()
    mind.take(deed.Pointed(1, 1, 5, 6), deed.Pointed(1, 2, 7, 8))
    marks = seen(mind).marks
    assert [(one.number, one.x, one.y, one.spoken) for one in marks] == [
        (1, 5, 6, "Ada Lovelace points here: 1"),
        (2, 7, 8, "Ada Lovelace points here: 2"),
    ]
    mind.hear(line(mind.seq, ADA, "There."))
    later(mind, 60)
    mind.take(deed.Pointed(1, 1, 5, 6))
    log = present(mind.state, load("en"), CALENDAR).log
    told = [one.text.split(" · ")[0] for one in log if one.kind is not LineKind.DAY]
    pointed = "Ada Lovelace points at something on your screen"
    assert told[-3:] == [pointed, "There.", pointed]
    assert len({one.key for one in log}) == len(log)
