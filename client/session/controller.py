"""The client's mind: `Controller.handle(input, now) -> effects`.

Each input has one handler, a pure function from a state to the next one and what is to be done
about it. The controller only keeps the state between them. It has no clock: `due` names the next
moment at which something would change by itself, and whoever owns a clock hands in a `Tick` then.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from client.session import (
    answering,
    check_inputs,
    checking,
    file_inputs,
    file_keeping,
    filing,
    hearing,
    inputs,
    joining,
    leaving,
    noticing,
    nudging,
    picturing,
    rating,
    share_hearing,
    share_inputs,
    share_keeping,
    sharing,
    talking,
    working_inputs,
)
from client.session.effects import Effect
from client.session.state import ClientState

Step = tuple[ClientState, tuple[Effect, ...]]


def _tick(state: ClientState, _given: inputs.Tick, now: float) -> Step:
    """Everything that time alone brings about."""
    typing = {by: until for by, until in state.typing.items() if until > now}
    if len(typing) != len(state.typing):
        state = replace(state, typing=typing)
    state = answering.counted(state, now)
    effects: tuple[Effect, ...] = ()
    for act in (
        _retry,
        talking.tell_seen,
        _retry_end,
        joining.knock_again,
        answering.tell_again,
        noticing.tell_again,
        share_keeping.mended,
        leaving.heard_out,
        leaving.late,
    ):
        state, more = act(state, now)
        effects += more
    return state, effects


def _retry(state: ClientState, now: float) -> Step:
    due = state.outbox.due()
    return talking.flush(state, now) if due is not None and due <= now else (state, ())


def _retry_end(state: ClientState, now: float) -> Step:
    due = state.end_retry
    return leaving.tell_end(state) if due is not None and due <= now else (state, ())


def _end_share(state: ClientState, given: inputs.EndShareWanted, now: float) -> Step:
    """END SCREEN SHARE: nothing goes out from here any longer, neither pictures nor files."""
    state, effects = sharing.end_wanted(state, given, now)
    return filing.stopped(state), effects


HANDLERS: dict[type[Any], Callable[[ClientState, Any, float], Step]] = {
    inputs.KeyTyped: joining.key_typed,
    inputs.JoinWanted: joining.join_wanted,
    inputs.Admitted: joining.admitted,
    inputs.JoinRefused: joining.join_refused,
    inputs.JoinFailed: joining.join_failed,
    inputs.KnockCancelled: joining.knock_cancelled,
    inputs.StepAnswered: answering.step_answered,
    inputs.NoticeFolded: noticing.folded,
    inputs.MineChosen: noticing.mine_chosen,
    inputs.MineAnswered: noticing.mine_answered,
    inputs.SurveySent: rating.survey_sent,
    inputs.SurveySkipped: rating.survey_skipped,
    inputs.SurveyTaken: rating.survey_taken,
    inputs.SurveyRefused: rating.survey_refused,
    inputs.SurveyFailed: rating.survey_failed,
    inputs.Said: talking.said,
    inputs.Wrote: talking.wrote,
    inputs.Shown: talking.shown,
    inputs.LinkChosen: talking.link_chosen,
    inputs.LinkAnswered: talking.link_answered,
    inputs.EndWanted: leaving.end_wanted,
    inputs.CloseWanted: leaving.close_wanted,
    inputs.EndAnswered: leaving.end_answered,
    inputs.Heard: hearing.heard,
    inputs.LinkLost: hearing.link_lost,
    inputs.LinkClosed: hearing.link_closed,
    inputs.Tick: _tick,
    check_inputs.LookedAround: checking.looked_around,
    check_inputs.CheckWanted: checking.check_wanted,
    check_inputs.FixWanted: checking.fix_wanted,
    check_inputs.FixSkipped: checking.fix_skipped,
    working_inputs.Rang: nudging.rang,
    working_inputs.Used: nudging.used,
    working_inputs.PhotoCame: picturing.came,
    working_inputs.LogoCame: picturing.logo_came,
    share_inputs.ShareAnswered: sharing.answered,
    share_inputs.EndShareWanted: _end_share,
    share_inputs.PauseWanted: sharing.pause_wanted,
    share_inputs.ResumeWanted: sharing.resume_wanted,
    share_inputs.ChangeWanted: sharing.change_wanted,
    share_inputs.Picked: sharing.picked,
    share_inputs.PickCancelled: sharing.pick_cancelled,
    share_inputs.TakeBackWanted: sharing.take_back_wanted,
    share_inputs.MoreTimeWanted: sharing.more_time_wanted,
    share_inputs.AgainAnswered: sharing.again_answered,
    share_inputs.OwnHandMoved: share_hearing.hand_moved,
    share_inputs.EndKeySet: share_hearing.end_key_set,
    share_inputs.ObstaclesMet: share_hearing.obstacles_met,
    share_inputs.Pointed: share_hearing.pointed,
    share_inputs.TextPut: share_hearing.text_put,
    share_inputs.Watched: share_hearing.watched,
    share_inputs.CaptureFailed: share_hearing.capture_failed,
    file_inputs.FilesChosen: filing.chosen,
    file_inputs.PicturePasted: filing.pasted,
    file_inputs.FilesFound: filing.files_found,
    file_inputs.FileActed: filing.acted,
    file_inputs.FileMoved: file_keeping.moved,
    file_inputs.FileSent: file_keeping.file_sent,
    file_inputs.FileSaved: file_keeping.file_saved,
    file_inputs.FileStuck: file_keeping.stuck,
}


class Controller:
    """Holds the state; times in seconds of the caller's monotonic clock."""

    def __init__(self, state: ClientState) -> None:
        self.state = state

    def handle(self, given: inputs.Input, now: float) -> tuple[Effect, ...]:
        """Take in what happened at `now`; the effects are to be carried out in order."""
        state, effects = HANDLERS[type(given)](self.state, given, now)
        for keep in (share_keeping.kept, file_keeping.kept, checking.kept, picturing.kept):
            state, more = keep(state, now)
            effects = (*effects, *more)
        self.state = state
        return effects

    def due(self) -> float | None:
        """When a `Tick` would next change something; None: not by time alone."""
        state = self.state
        moments = [
            *state.typing.values(),
            state.outbox.due(),
            talking.seen_due(state),
            answering.count_due(state),
            state.knock.due if state.knock else None,
            state.answer.due if state.answer else None,
            state.mine.due if state.mine else None,
            state.end_retry,
            state.wait_until,
            state.farewell,
            share_keeping.due(state.share),
            file_keeping.due(state.files),
            checking.due(state),
        ]
        return min((moment for moment in moments if moment is not None), default=None)
