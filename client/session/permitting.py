"""From what the customer allowed to what passes the gate.

Made of the customer's own answers only. What the relay tells has taken away from the state before
this is asked (`share_hearing`), and has never added to it.
"""

from dataclasses import replace

from client.session.machines import Page
from client.session.permit import NOTHING_ALLOWED, Permit
from client.session.share_machines import Mode
from client.session.state import ClientState, LinkState
from protocol.sharing import Grant, Scope


def permit_of(state: ClientState, now: float) -> Permit:
    """What is allowed at `now`, in seconds of the monotonic clock that the state's times are of."""
    own = state.share
    if own.mode is not Mode.ON or state.page is not Page.TALKING:
        return NOTHING_ALLOWED
    if state.link is not LinkState.ONLINE:
        return NOTHING_ALLOWED
    viewers = frozenset(one.number for one in own.viewers if one.until > now)
    if not viewers:
        return NOTHING_ALLOWED
    until = {
        grant: {
            one.number: one.until
            for one in own.held
            if one.grant is grant and one.until > now and one.number in viewers
        }
        for grant in Grant
    }
    everything = Permit(
        epoch=own.epoch,
        share=own.share,
        viewers=viewers,
        controllers=until[Grant.CONTROL],
        copiers=until[Grant.COPY],
        pasters=until[Grant.PASTE],
    )
    if own.scope is Scope.ALL:
        return everything
    choice = own.choice
    return replace(everything, apps=choice.apps, windows=choice.windows, new=choice.new)
