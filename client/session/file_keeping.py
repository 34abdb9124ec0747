"""What is held to after every input, and what is heard of files.

What is sent or saved follows from what the relay tells and what the customer wants: whoever takes
a file away, takes away the sending of it. Nothing is written that was not accepted here.
"""

from dataclasses import replace

from client.session.effects import Effect, Send
from client.session.file_effects import Download, Errand, HurryFiles, StopFile, Upload
from client.session.file_inputs import FileMoved, FileSaved, FileSent, FileStuck
from client.session.file_pace import Pace
from client.session.file_state import Fault, FaultKind, OwnFiles, Saved, Wish
from client.session.filing import cancelled, known, own_id, wished, with_fault, without
from client.session.machines import Page
from client.session.outbox import RETRY_S
from client.session.state import ClientState, LinkState
from protocol.errors import ErrorCode
from protocol.file_facts import FileFact
from protocol.file_machine import TransferState, step_file
from protocol.file_requests import FileCancel, FileDecline, FileOffer, FileTake
from protocol.file_snapshot import Transfer
from protocol.files import FileEnd, Side
from protocol.machines import SessionState
from protocol.signals import FileProgress, Refused, Welcome

Step = tuple[ClientState, tuple[Effect, ...]]

_NO = (FileDecline, FileCancel)


def kept(state: ClientState, now: float) -> Step:
    """The state as it may be at `now`, and what is begun or stopped. Without news it is the same
    object."""
    own = state.files
    over = state.page not in (Page.WAITING, Page.TALKING) or state.snapshot is None
    if over:
        if not own.is_busy:
            return state, ()
        stops = tuple(StopFile(one) for one in sorted(own.running))
        return replace(state, files=_ended(own)), stops
    if not own.is_busy:
        return state, ()
    state = _pruned(state)
    state, sends = _sent(state, now)
    state, jobs = _run(state)
    return state, (*sends, *jobs)


def due(own: OwnFiles) -> float | None:
    """When time alone would next change something."""
    return min((one.due for one in own.wishes if one.due is not None), default=None)


def welcomed(state: ClientState, welcome: Welcome) -> ClientState:
    """A link is there: the rules of the organisation, and a new try for everything."""
    own = replace(
        state.files,
        rules=welcome.files,
        wishes=tuple(Wish(one.request) for one in state.files.wishes),
        rested=frozenset(),
    )
    return state if own == state.files else replace(state, files=own)


def hurried(state: ClientState) -> Step:
    """What waits to try again need not wait any longer."""
    return state, (HurryFiles(),) if state.files.running else ()


def refused(state: ClientState, refusal: Refused, now: float) -> ClientState | None:
    """The relay did not carry out a wish; None: it refused something else."""
    own = state.files
    wish = next((one for one in own.wishes if one.request.id == refusal.id), None)
    if wish is None or not refusal.id:
        return None
    request = wish.request
    if refusal.code is ErrorCode.STORAGE:
        again = replace(wish, due=now + RETRY_S)
        wishes = tuple(again if one is wish else one for one in own.wishes)
        return replace(state, files=replace(own, wishes=wishes))
    if not isinstance(request, FileOffer):
        wishes = tuple(one for one in own.wishes if one is not wish)
        return replace(state, files=replace(own, wishes=wishes))
    state = replace(state, files=without(own, request.transfer))
    kind = FaultKind.REFUSED
    return with_fault(state, Fault(request.id, kind, request.name, request.size, refusal.code))


def progressed(state: ClientState, told: FileProgress, now: float) -> Step:
    """How far the other end is; how far this one is, it knows better."""
    present = known(state, told.id)
    if present is None or told.fetched is not (present.by == state.me):
        return state, ()
    return _paced(state, told.id, told.done, now, fetched=told.fetched), ()


def moved(state: ClientState, given: FileMoved, now: float) -> Step:
    """How far sending or saving is."""
    if given.transfer not in state.files.running:
        return state, ()
    fetched = state.files.offer(given.transfer) is None
    return _paced(state, given.transfer, given.done, now, fetched=fetched), ()


def file_sent(state: ClientState, given: FileSent, now: float) -> Step:
    """The relay has it all; it tells everybody by itself."""
    offer = state.files.offer(given.transfer)
    if offer is not None and given.transfer in state.files.running:
        state = _paced(state, offer.transfer, offer.size, now, fetched=False)
    return _rested(state, given.transfer), ()


def file_saved(state: ClientState, given: FileSaved, _now: float) -> Step:
    """It is there, whatever became of it meanwhile; the relay may forget it."""
    own = replace(state.files, running=state.files.running - {given.transfer})
    saved = (*own.saved, Saved(given.transfer, given.name, given.folder))
    state = replace(state, files=replace(own, saved=saved))
    if known(state, given.transfer) is None or own.wish(given.transfer) is not None:
        return state, ()
    client_id = own_id(given.transfer, "t")
    return wished(state, FileTake(id=client_id, transfer=given.transfer, sha256=given.sha256)), ()


def stuck(state: ClientState, given: FileStuck, _now: float) -> Step:
    """It does not go on: everybody is told why, and the customer what they can do."""
    transfer = given.transfer
    if transfer not in state.files.running:
        return state, ()
    state = _rested(state, transfer)
    present = known(state, transfer)
    if given.why is None or present is None:
        return state, ()
    if given.why is FileEnd.NO_ROOM or given.unwritable:
        kind = FaultKind.UNWRITABLE if given.unwritable else FaultKind.NO_ROOM
        fault = Fault(f"{transfer}!", kind, present.name, present.size)
        state = with_fault(state, fault)
    return cancelled(state, transfer, given.why), ()


def side_of(state: ClientState, transfer: Transfer) -> Side:
    """What the customer is to a transfer."""
    mine = transfer.state is TransferState.ASKED or transfer.by == state.me
    return Side.SENDER if mine else Side.RECEIVER


def is_refused_here(own: OwnFiles, transfer: str) -> bool:
    """Whether the customer said no to it, or has done with it, though the relay may not know."""
    wish = own.wish(transfer)
    return wish is not None and isinstance(wish.request, (*_NO, FileTake))


def _paced(
    state: ClientState, transfer: str, done: int, now: float, *, fetched: bool
) -> ClientState:
    own = state.files
    paces = own.from_relay if fetched else own.to_relay
    paces = {**paces, transfer: paces.get(transfer, Pace()).at(now, done)}
    changed = replace(own, from_relay=paces) if fetched else replace(own, to_relay=paces)
    return replace(state, files=changed)


def _rested(state: ClientState, transfer: str) -> ClientState:
    own = state.files
    if transfer not in own.running:
        return state
    return replace(
        state,
        files=replace(own, running=own.running - {transfer}, rested=own.rested | {transfer}),
    )


def _ended(own: OwnFiles) -> OwnFiles:
    return OwnFiles(rules=own.rules, saved=own.saved, faults=own.faults)


def _pruned(state: ClientState) -> ClientState:
    """Without what is over, or has been carried out."""
    own, before = state.files, state.files
    wishes = tuple(one for one in own.wishes if _is_open(state, one))
    if len(wishes) != len(own.wishes):
        own = replace(own, wishes=wishes)
    wanted = {one.request.transfer for one in wishes}
    live = {one.id for one in state.snapshot.files} if state.snapshot else set()
    open_here = live | wanted
    for transfer in {one.transfer for one in own.offers} | own.accepted:
        if transfer not in open_here:
            own = without(own, transfer)
    return state if own is before else replace(state, files=own)


def _is_open(state: ClientState, wish: Wish) -> bool:
    """Whether the relay still has to carry it out."""
    request = wish.request
    present = known(state, request.transfer)
    if present is not None:
        side = side_of(state, present)
        return step_file(present.state, type(request), side) is not None
    log = state.snapshot.log if state.snapshot else ()
    told = any(isinstance(fact, FileFact) and fact.id == request.transfer for fact in log)
    return not told and isinstance(request, (FileOffer, FileCancel))


def _sent(state: ClientState, now: float) -> Step:
    """Everything that may be told the relay now."""
    snapshot = state.snapshot
    active = snapshot is not None and snapshot.state is SessionState.ACTIVE
    if state.link is not LinkState.ONLINE or not active:
        return state, ()
    ready = [one for one in state.files.wishes if (one.due <= now if one.due else not one.sent)]
    if not ready:
        return state, ()
    wishes = tuple(
        Wish(one.request, sent=True) if one in ready else one for one in state.files.wishes
    )
    state = replace(state, files=replace(state.files, wishes=wishes))
    return state, tuple(Send(one.request) for one in ready)


def _run(state: ClientState) -> Step:
    """Begin what is to be sent or saved, stop what is not."""
    own, snapshot = state.files, state.snapshot
    wanted = {one.id: one for one in (snapshot.files if snapshot else ()) if _is_wanted(state, one)}
    stops = tuple(StopFile(one) for one in sorted(own.running - wanted.keys()))
    begun = [one for key, one in wanted.items() if key not in own.running]
    if not stops and not begun:
        return state, ()
    state = replace(state, files=replace(own, running=frozenset(wanted)))
    return state, (*stops, *(_job(state, one) for one in begun))


def _is_wanted(state: ClientState, transfer: Transfer) -> bool:
    own = state.files
    if transfer.id in own.rested or is_refused_here(own, transfer.id):
        return False
    if transfer.by == state.me:
        return transfer.state is TransferState.SENDING and own.offer(transfer.id) is not None
    return transfer.state is TransferState.STORED and transfer.id in own.accepted


def _job(state: ClientState, transfer: Transfer) -> Effect:
    session = state.snapshot.session if state.snapshot else ""
    errand = Errand(session, transfer.id, state.token)
    offer = state.files.offer(transfer.id)
    if offer is not None:
        return Upload(errand, offer.source, offer.size)
    return Download(errand, state.organisation, transfer.name, transfer.size, transfer.sha256)
