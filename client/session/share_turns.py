"""The turns that a share takes, and the requests that go with them. Used by everything that the
customer does (`sharing`) and everything that is heard (`share_hearing`).

Whatever takes away is local first: the state changes with the input, the request follows.
"""

from dataclasses import replace

import msgspec

from client.session.asking import helping, number_of
from client.session.effects import DropPictures, Effect, Send
from client.session.share_machines import RUNNING, Act, Mode, go
from client.session.share_state import Broken, OwnGrant, OwnShare
from client.session.state import ClientState, LinkState
from protocol import limits
from protocol.share_requests import GrantGive, ShareRequest, ShareStart
from protocol.sharing import Grant

Step = tuple[ClientState, tuple[Effect, ...]]

NUMBER_MOST = 2**32 - 1
"""The highest share and epoch that a channel header can carry."""

BEGUN = 16
"""So many of the newest requests are known when they are refused."""

_SEED_CHARS = limits.ID_CHARS - len("-000000")


def seeded(state: ClientState, client_id: str) -> ClientState:
    """The requests from here on get ids that begin with that of the customer's deed."""
    if not client_id:
        return state
    return replace(state, share=replace(state.share, seed=client_id, posted=0))


def posted(state: ClientState, *requests: ShareRequest) -> Step:
    """Send `requests`, whose ids are filled in here. Without a link nothing is sent: with the next
    one the relay is told what it missed."""
    own = state.share
    if state.link is not LinkState.ONLINE:
        return state, ()
    seed = own.seed or f"share{state.snapshot.seq if state.snapshot else 0:08}"
    sent: list[ShareRequest] = []
    for n, request in enumerate(requests, own.posted + 1):
        sent.append(msgspec.structs.replace(request, id=f"{seed[:_SEED_CHARS]}-{n}"))
    begun = [one for one in sent if isinstance(one, (GrantGive, ShareStart))]
    own = replace(own, posted=own.posted + len(sent), begun=(*own.begun, *begun)[-BEGUN:])
    return replace(state, share=own), tuple(Send(one) for one in sent)


def allowed(state: ClientState, to: str, grant: Grant, lasts_s: int, now: float) -> Step:
    """Let a representative see or do something from now on; nobody who is not there."""
    number = number_of(state.snapshot, to)
    if number is None or (grant is not Grant.VIEW and not state.share.holds(to, Grant.VIEW)):
        return state, ()
    until = now + lasts_s if lasts_s else float("inf")
    own = state.share.with_grant(OwnGrant(to=to, number=number, grant=grant, until=until))
    return posted(replace(state, share=own), GrantGive(id="", grant=grant, to=to, lasts_s=lasts_s))


def started(state: ClientState, act: Act, now: float) -> Step:
    """Show what `scope` and `choice` say, under a new epoch; a share that does not go on already
    gets a new number, too. Numbers that are used up mean that nothing is shown."""
    own = state.share
    known = state.snapshot.sharing if state.snapshot else None
    goes_on = own.mode in RUNNING
    share = own.share if goes_on else max(own.share, known.share if known else 0) + 1
    epoch = max(own.epoch, known.epoch if known else 0) + 1
    if max(share, epoch) > NUMBER_MOST:
        return broken(state, Broken.REFUSED)
    own = replace(
        own,
        mode=go(own.mode, act),
        share=share,
        epoch=epoch,
        told=own.told and goes_on,
        since=own.since if goes_on else now,
        again=(),
        watching=None,
        # A new epoch is looked at anew: what was in the way is told again if it still is.
        view=None,
        control=None,
    )
    state = replace(state, share=own)
    return posted(state, ShareStart(id="", share=share, epoch=epoch, scope=own.scope))


def stopped(state: ClientState, act: Act = Act.STOP) -> Step:
    """Nothing is shown, held or asked for any longer."""
    before = state.share
    own = _bare(before, go(before.mode, act))
    drop = (DropPictures(),) if before.mode in RUNNING else ()
    return replace(state, share=own), drop


def lessened(state: ClientState, less: OwnShare) -> Step:
    """With fewer grants: without anybody who may see, the share is over. Otherwise what is unsent
    is thrown away where somebody saw it who may not any longer."""
    fewer = len(less.viewers) < len(state.share.viewers)
    if less.mode in RUNNING and not less.viewers:
        return stopped(state)
    return replace(state, share=less), ((DropPictures(),) if fewer else ())


def broken(state: ClientState, why: Broken) -> Step:
    """The share broke off by nobody's wish: the customer will be asked whether to share again."""
    before = state.share
    after = go(before.mode, Act.LOSE)
    viewers = tuple(one.to for one in before.viewers) if before.mode in RUNNING else before.again
    own = replace(_bare(before, after), broken=why, again=viewers, asked=())
    if after is Mode.LOST_PICKING:
        own = replace(own, picking=before.picking)
    drop = (DropPictures(),) if before.mode in RUNNING else ()
    return replace(state, share=own), drop


def here_again(state: ClientState) -> tuple[str, ...]:
    """Those who saw the share that broke off, and who are still there."""
    there = helping(state)
    return tuple(one for one in state.share.again if one in there)


def _bare(own: OwnShare, mode: Mode) -> OwnShare:
    """`own` with what outlives a share."""
    return OwnShare(
        mode=mode,
        share=own.share,
        epoch=own.epoch,
        scope=own.scope,
        choice=own.choice,
        asked=own.asked,
        answered=own.answered,
        second=own.second,
        end_key=own.end_key,
        pointed=own.pointed,
        pointed_at=own.pointed_at,
        seed=own.seed,
        posted=own.posted,
        begun=own.begun,
        mend_at=own.mend_at,
    )
