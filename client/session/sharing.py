"""What the customer does around the shared screen. All of it holds here and now; the relay is
told afterwards, and cannot undo a no."""

from dataclasses import replace

from client.session.asking import Prompt, is_live, prompt_of
from client.session.effects import DropPictures, Effect
from client.session.share_inputs import (
    AgainAnswered,
    ChangeWanted,
    EndShareWanted,
    MoreTimeWanted,
    PauseWanted,
    PickCancelled,
    Picked,
    ResumeWanted,
    ShareAnswer,
    ShareAnswered,
    TakeBackWanted,
)
from client.session.share_machines import CHOOSING, RUNNING, Act, Mode, go, may
from client.session.share_state import Picking
from client.session.share_turns import (
    allowed,
    here_again,
    posted,
    seeded,
    started,
    stopped,
)
from client.session.state import ClientState
from protocol import limits
from protocol.share_machine import ShareState
from protocol.share_requests import GrantDeny, GrantGive, GrantTake, ShareEnd, SharePause
from protocol.sharing import Grant, PauseCause, Scope

Step = tuple[ClientState, tuple[Effect, ...]]

MORE_S = 15 * 60
"""What "15 more minutes" adds."""


def answered(state: ClientState, given: ShareAnswered, now: float) -> Step:
    """The answer to the question on the screen, while there is time for it."""
    prompt = prompt_of(state)
    if prompt is None or prompt.key != given.asked or prompt.deadline <= now:
        return state, ()
    state = seeded(state, given.id)
    if given.answer is ShareAnswer.DENY:
        return _denied(_settled(state, prompt), prompt, set(Grant))
    if prompt.clipboard:
        return _clipboard(state, prompt, given, now)
    if state.unshareable:
        return state, ()
    if given.answer is ShareAnswer.CHOOSE:
        return _choosing(state, Picking(to=prompt.by, control=prompt.control))
    control = prompt.control and given.answer is ShareAnswer.ALLOW
    step = _let_in(_settled(state, prompt), prompt.by, control, given.lasts_s, now)
    if prompt.control and not control:
        step = _then(step, _denied(step[0], prompt, {Grant.CONTROL}))
    if state.share.mode in RUNNING:
        return step
    scoped = replace(step[0], share=replace(step[0].share, scope=Scope.ALL))
    return _then(step, started(scoped, Act.ALLOW, now))


def _clipboard(state: ClientState, prompt: Prompt, given: ShareAnswered, now: float) -> Step:
    """A yes is one to everything that was asked about the clipboard."""
    if given.answer is not ShareAnswer.ALLOW:
        return state, ()
    step: Step = _settled(state, prompt), ()
    lasts_s = _lease(given.lasts_s)
    for one in prompt.questions:
        step = _then(step, allowed(step[0], prompt.by, one.grant, lasts_s, now))
    return step


def change_wanted(state: ClientState, given: ChangeWanted, _now: float) -> Step:
    """Open the picker. What was chosen before is not shown meanwhile."""
    if state.share.mode not in (Mode.ON, Mode.PAUSED):
        return state, ()
    return _choosing(seeded(state, given.id), Picking())


def picked(state: ClientState, given: Picked, now: float) -> Step:
    """Share was pressed: what was chosen is shown, to those who see already, to whoever asked, and
    after a share that broke off to those who saw it."""
    own = state.share
    if not may(own.mode, Act.PICK) or not given.choice or not is_live(state):
        return state, ()
    state = seeded(state, given.id)
    picking, to_see = own.picking, here_again(state)
    questions = [one for one in own.asked if one.by == picking.to]
    control = picking.control and given.control
    own = replace(
        own,
        scope=Scope.CHOSEN,
        choice=given.choice,
        picking=Picking(),
        answered=own.answered | {one.seq for one in questions},
    )
    step: Step = replace(state, share=own), ()
    for to in to_see:
        step = _then(step, allowed(step[0], to, Grant.VIEW, 0, now))
    if picking.to:
        step = _then(step, _let_in(step[0], picking.to, control, given.lasts_s, now))
    if not control and any(one.grant is Grant.CONTROL for one in questions):
        no = GrantDeny(id="", grant=Grant.CONTROL, to=picking.to)
        step = _then(step, posted(step[0], no))
    return _then(step, started(step[0], Act.PICK, now))


def pick_cancelled(state: ClientState, given: PickCancelled, now: float) -> Step:
    """Everything is as before the picker: shown again, paused, or asked about."""
    own = state.share
    if own.mode not in CHOOSING:
        return state, ()
    state = seeded(replace(state, share=replace(own, picking=Picking())), given.id)
    if own.mode is Mode.CHANGING:
        return started(state, Act.CANCEL, now)
    state = replace(state, share=replace(state.share, mode=go(own.mode, Act.CANCEL)))
    if own.mode is Mode.CHANGING_PAUSED:
        return posted(state, SharePause(id="", why=PauseCause.CUSTOMER))
    return state, ()


def pause_wanted(state: ClientState, given: PauseWanted, _now: float) -> Step:
    """Nothing is shown until the customer wants it again; grants stay."""
    own = state.share
    if not may(own.mode, Act.PAUSE):
        return state, ()
    state = seeded(replace(state, share=replace(own, mode=go(own.mode, Act.PAUSE))), given.id)
    return _then((state, (DropPictures(),)), posted(state, SharePause(id="")))


def resume_wanted(state: ClientState, given: ResumeWanted, now: float) -> Step:
    """Show again what was shown before the pause."""
    if not may(state.share.mode, Act.RESUME):
        return state, ()
    return started(seeded(state, given.id), Act.RESUME, now)


def end_wanted(state: ClientState, given: EndShareWanted, _now: float) -> Step:
    """END SCREEN SHARE: every grant and every question is over, whatever anybody else says."""
    own = state.share
    known = state.snapshot.sharing if state.snapshot else None
    goes_on = known is not None and (known.state is not ShareState.OFF or bool(known.held))
    if own.mode is Mode.OFF and not own.asked and not goes_on:
        return state, ()
    state = seeded(state, given.id)
    asked = known.asked if known else ()
    state, drop = stopped(state, Act.END)
    own = replace(state.share, asked=(), answered=state.share.answered | {one.seq for one in asked})
    return _then((state, drop), posted(replace(state, share=own), ShareEnd(id="")))


def take_back_wanted(state: ClientState, given: TakeBackWanted, now: float) -> Step:
    """Take one grant back. With the last one to see, the share ends."""
    own = state.share
    if own.holds(given.to, given.grant) is None:
        return state, ()
    less = own.without(given.to, given.grant)
    if not less.viewers:
        return end_wanted(state, EndShareWanted(given.id), now)
    state = seeded(replace(state, share=less), given.id)
    drop = (DropPictures(),) if given.grant is Grant.VIEW else ()
    taken = posted(state, GrantTake(id="", grant=given.grant, to=given.to))
    return _then((state, drop), taken)


def more_time_wanted(state: ClientState, given: MoreTimeWanted, now: float) -> Step:
    """What ends lasts longer, up to what one grant may last."""
    held = state.share.holds(given.to, given.grant)
    if held is None or held.until == float("inf") or held.until <= now:
        return state, ()
    lasts_s = round(min(held.until - now + MORE_S, limits.LEASE_MOST_S))
    longer = replace(held, until=now + lasts_s, told=False)
    state = seeded(replace(state, share=state.share.with_grant(longer)), given.id)
    give = GrantGive(id="", grant=given.grant, to=given.to, lasts_s=lasts_s)
    return posted(state, give)


def again_answered(state: ClientState, given: AgainAnswered, now: float) -> Step:
    """After a share that broke off: show the same to the same people, to see and no more."""
    own = state.share
    if own.mode is not Mode.LOST:
        return state, ()
    if not given.yes:
        return stopped(state, Act.NOT_NOW)
    if not is_live(state) or not here_again(state):
        return state, ()
    step: Step = seeded(state, given.id), ()
    for to in here_again(state):
        step = _then(step, allowed(step[0], to, Grant.VIEW, 0, now))
    return _then(step, started(step[0], Act.AGAIN, now))


def _let_in(state: ClientState, to: str, control: bool, lasts_s: int, now: float) -> Step:
    """Let `to` see, unless they do already, and control, if that was the answer."""
    step: Step = state, ()
    if not state.share.holds(to, Grant.VIEW):
        step = allowed(state, to, Grant.VIEW, 0, now)
    if control:
        step = _then(step, allowed(step[0], to, Grant.CONTROL, _lease(lasts_s), now))
    return step


def _lease(lasts_s: int) -> int:
    return max(0, min(lasts_s, limits.LEASE_MOST_S))


def _choosing(state: ClientState, picking: Picking) -> Step:
    own = state.share
    if not may(own.mode, Act.CHOOSE):
        return state, ()
    after = replace(
        state, share=replace(own, mode=go(own.mode, Act.CHOOSE), picking=picking, again=())
    )
    if own.mode not in RUNNING:
        return after, ()
    drop = (DropPictures(),) if own.mode is Mode.ON else ()
    return _then((after, drop), posted(after, SharePause(id="", why=PauseCause.CHOOSING)))


def _settled(state: ClientState, prompt: Prompt) -> ClientState:
    """The questions of `prompt` need no answer any longer."""
    seqs = {one.seq for one in prompt.questions}
    own = state.share
    asked = tuple(one for one in own.asked if one.seq not in seqs)
    return replace(state, share=replace(own, asked=asked, answered=own.answered | seqs))


def _denied(state: ClientState, prompt: Prompt, grants: set[Grant]) -> Step:
    denials = [
        GrantDeny(id="", grant=one.grant, to=one.by)
        for one in prompt.questions
        if one.grant in grants
    ]
    return posted(state, *denials)


def _then(step: Step, more: Step) -> Step:
    """`more` was made from the state that `step` led to."""
    return more[0], (*step[1], *more[1])
