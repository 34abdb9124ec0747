"""What the customer does around files. A no, a cancellation and the end of the screen share hold
here and now; the relay is told afterwards, as often as it takes."""

from dataclasses import replace

from client.session.effects import Effect
from client.session.file_effects import LookAt, ShowFolder
from client.session.file_inputs import FileAct, FileActed, FilesChosen, FilesFound, PicturePasted
from client.session.file_names import is_blocked, sent_name
from client.session.file_source import Found, MemorySource, Unusable
from client.session.file_state import Fault, FaultKind, Looking, Offer, OwnFiles, Wish, Wished
from client.session.state import ClientState
from protocol import limits
from protocol.errors import ErrorCode
from protocol.file_machine import TransferState
from protocol.file_requests import FileAccept, FileCancel, FileDecline, FileOffer
from protocol.file_snapshot import Transfer, transfer_of
from protocol.files import FileEnd, FileRules
from protocol.machines import SessionState

Step = tuple[ClientState, tuple[Effect, ...]]

_SEED_CHARS = limits.ID_CHARS - len("-0000q")


def takes_files(state: ClientState) -> bool:
    """Whether files can be sent now."""
    active = state.snapshot is not None and state.snapshot.state is SessionState.ACTIVE
    return active and state.runs


def known(state: ClientState, transfer: str) -> Transfer | None:
    """The open transfer as the relay tells it."""
    return transfer_of(state.snapshot.files, transfer) if state.snapshot else None


def chosen(state: ClientState, given: FilesChosen, _now: float) -> Step:
    """Look at what was chosen before anything is said of it."""
    paths = given.paths[: limits.FILES + 1]
    if not paths or not takes_files(state):
        return state, ()
    looking = (*state.files.looking, Looking(given.id, given.answers))
    state = replace(state, files=replace(state.files, looking=looking))
    return state, (LookAt(given.id, paths),)


def pasted(state: ClientState, given: PicturePasted, now: float) -> Step:
    """A picture needs no looking at."""
    if not takes_files(state):
        return state, ()
    found = Found(given.name, len(given.png), MemorySource(given.png))
    looking = (*state.files.looking, Looking(given.id))
    state = replace(state, files=replace(state.files, looking=looking))
    return files_found(state, FilesFound(given.id, (found,)), now)


def files_found(state: ClientState, given: FilesFound, _now: float) -> Step:
    """Offer what fits; say of everything else why it does not."""
    own = state.files
    looking = next((one for one in own.looking if one.ticket == given.ticket), None)
    if looking is None or not takes_files(state):
        return state, ()
    own = replace(own, looking=tuple(one for one in own.looking if one is not looking))
    state = replace(state, files=own)
    seed = given.ticket[:_SEED_CHARS]
    question = looking.answers
    for n, found in enumerate(given.found):
        fault = _fault(found, own.rules, f"{seed}-{n}")
        if fault is not None:
            state = _with_fault(state, fault)
        elif isinstance(found, Found):
            if looking.answers and not (question and _is_asked(state, question)):
                break  # the question is answered, or was taken back
            state = _offered(state, found, question or f"{seed}-{n}", f"{seed}-{n}q")
            question = ""
    return state, ()


def acted(state: ClientState, given: FileActed, _now: float) -> Step:
    """A button of a card."""
    match given.act:
        case FileAct.ACCEPT:
            return _accepted(state, given), ()
        case FileAct.DECLINE:
            return _declined(state, given), ()
        case FileAct.CANCEL:
            return cancelled(state, given.key, FileEnd.CANCELLED, given.id), ()
        case FileAct.SHOW:
            saved = next((one for one in state.files.saved if one.transfer == given.key), None)
            return state, (ShowFolder(saved.folder),) if saved else ()
        case FileAct.DISMISS:
            return _dismissed(state, given.key), ()
        case _:
            return state, ()


def stopped(state: ClientState) -> ClientState:
    """END SCREEN SHARE stops what goes out from here, too."""
    for offer in state.files.offers:
        state = cancelled(state, offer.transfer, FileEnd.STOPPED)
    looking = tuple(one for one in state.files.looking if one.answers)
    if looking != state.files.looking or looking:
        state = replace(state, files=replace(state.files, looking=()))
    return state


def cancelled(state: ClientState, transfer: str, why: FileEnd, client_id: str = "") -> ClientState:
    """Neither sent nor saved any longer."""
    present, wish = known(state, transfer), state.files.wish(transfer)
    offering = wish is not None and isinstance(wish.request, FileOffer)
    if present is None and not offering:
        return state
    if present is not None and present.state is TransferState.STORED and present.by == state.me:
        return state  # it is the receiver's already
    if wish is not None and offering and not wish.sent and present is None:
        return replace(state, files=without(state.files, transfer))
    request = FileCancel(id=client_id or own_id(transfer, why[0]), transfer=transfer, why=why)
    return wished(state, request)


def wished(state: ClientState, request: Wished) -> ClientState:
    """The relay is to carry out `request`; it takes the place of an earlier one for that file."""
    others = (one for one in state.files.wishes if one.request.transfer != request.transfer)
    return replace(state, files=replace(state.files, wishes=(*others, Wish(request))))


def without(own: OwnFiles, transfer: str) -> OwnFiles:
    """Nothing of the customer's own is known of that transfer any longer."""
    return replace(
        own,
        offers=tuple(one for one in own.offers if one.transfer != transfer),
        wishes=tuple(one for one in own.wishes if one.request.transfer != transfer),
        accepted=own.accepted - {transfer},
        rested=own.rested - {transfer},
        to_relay={key: pace for key, pace in own.to_relay.items() if key != transfer},
        from_relay={key: pace for key, pace in own.from_relay.items() if key != transfer},
    )


def with_fault(state: ClientState, fault: Fault) -> ClientState:
    """Something to tell the customer, until they have read it."""
    return _with_fault(state, fault)


def own_id(transfer: str, kind: str) -> str:
    """The id of a request that follows from something other than a button."""
    return f"{transfer[:_SEED_CHARS]}-own{kind[:1]}"


def _fault(found: Found | Unusable, rules: FileRules, key: str) -> Fault | None:
    if isinstance(found, Unusable):
        return Fault(key, FaultKind.UNUSABLE, found.name)
    if not rules.from_customer:
        return Fault(key, FaultKind.REFUSED, found.name, code=ErrorCode.FILES_OFF)
    if found.size > rules.most_bytes:
        return Fault(key, FaultKind.TOO_LARGE, found.name, found.size)
    if is_blocked(found.name, rules.blocked):
        return Fault(key, FaultKind.TYPE, found.name)
    return None


def _with_fault(state: ClientState, fault: Fault) -> ClientState:
    faults = (*state.files.faults, fault)[-limits.FILES :]
    return replace(state, files=replace(state.files, faults=faults))


def _is_asked(state: ClientState, transfer: str) -> bool:
    present = known(state, transfer)
    asked = present is not None and present.state is TransferState.ASKED
    return asked and state.files.wish(transfer) is None


def _offered(state: ClientState, found: Found, transfer: str, client_id: str) -> ClientState:
    name = sent_name(found.name)
    offer = Offer(transfer, name, found.size, found.source)
    state = replace(state, files=replace(state.files, offers=(*state.files.offers, offer)))
    return wished(state, FileOffer(id=client_id, transfer=transfer, name=name, size=found.size))


def _accepted(state: ClientState, given: FileActed) -> ClientState:
    present = known(state, given.key)
    if present is None or present.by in ("", state.me) or state.files.wish(given.key):
        return state
    own = replace(state.files, accepted=state.files.accepted | {given.key})
    state = replace(state, files=own)
    if present.state is not TransferState.OFFERED:
        return state  # accepted in the web chat, before the customer came here
    return wished(state, FileAccept(id=given.id, transfer=given.key))


def _declined(state: ClientState, given: FileActed) -> ClientState:
    present = known(state, given.key)
    if present is None or present.by == state.me:
        return state
    if present.state in (TransferState.ASKED, TransferState.OFFERED):
        return wished(state, FileDecline(id=given.id, transfer=given.key))
    return cancelled(state, given.key, FileEnd.CANCELLED, given.id)


def _dismissed(state: ClientState, key: str) -> ClientState:
    own = state.files
    return replace(
        state,
        files=replace(
            own,
            saved=tuple(one for one in own.saved if one.transfer != key),
            faults=tuple(one for one in own.faults if one.key != key),
        ),
    )
