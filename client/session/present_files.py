"""From the state to the cards of files. Every name in them is shown as it is safe to show."""

from client.session.file_inputs import FileAct
from client.session.file_keeping import is_refused_here
from client.session.file_names import folder_name, shown_name
from client.session.file_pace import Pace
from client.session.file_state import Fault, FaultKind, Offer, Saved
from client.session.file_view import FileButton, FileCardView, FilesView
from client.session.file_words import percent, progress_text, rules_text, size_text
from client.session.filing import takes_files
from client.session.state import ClientState, LinkState
from client.session.voice import name_of
from protocol.catalogue import Catalogue
from protocol.file_machine import TransferState
from protocol.file_snapshot import Transfer
from protocol.snapshot import representatives


def files(state: ClientState, t: Catalogue) -> FilesView:
    """The cards, oldest first: what is open, what arrived, what went wrong."""
    own = state.files
    snapshot = state.snapshot
    open_now = [
        one for one in (snapshot.files if snapshot else ()) if not is_refused_here(own, one.id)
    ]
    there = {one.id for one in open_now}
    saved = {one.transfer for one in own.saved}
    cards = [_open(state, one, t) for one in open_now if one.id not in saved]
    cards += [
        _pending(state, one, t)
        for one in own.offers
        if one.transfer not in there and not is_refused_here(own, one.transfer)
    ]
    if own.looking:
        text = t("client.file.looking")
        cards.append(FileCardView(key=own.looking[0].ticket, title=text))
    cards += [_saved(one, state, t) for one in own.saved]
    cards += [_fault(one, state, t) for one in own.faults]
    return FilesView(
        open=takes_files(state) and own.rules.from_customer,
        rules=rules_text(own.rules, t),
        cards=tuple(cards),
    )


def _open(state: ClientState, one: Transfer, t: Catalogue) -> FileCardView:
    if one.state is TransferState.ASKED:
        return _asked(state, one, t)
    if one.by == state.me:
        return _outgoing(state, one, t)
    if one.id not in state.files.accepted:
        return _offered(state, one, t)
    return _incoming(state, one, t)


def _asked(state: ClientState, one: Transfer, t: Catalogue) -> FileCardView:
    """A representative asks for a file; while an answer is on its way, it is told as that."""
    offer = state.files.offer(one.id)
    if offer is not None:
        return _pending(state, offer, t)
    name = _who(state, one.asked, t)
    return FileCardView(
        key=one.id,
        title=t("file.news_asked", name=name),
        text=t("client.file.only_chosen"),
        why=one.reason,
        hint=rules_text(state.files.rules, t),
        buttons=(
            FileButton(FileAct.DECLINE, t("file.refuse"), t("file.refuse_name")),
            FileButton(FileAct.CHOOSE, t("file.choose"), t("file.choose_name")),
        ),
    )


def _offered(state: ClientState, one: Transfer, t: Catalogue) -> FileCardView:
    file = shown_name(one.name)
    return FileCardView(
        key=one.id,
        title=file,
        size=size_text(one.size, t),
        text=t("file.offers_you", name=_who(state, one.by, t)),
        hint=t("client.file.goes_to", folder=folder_name(state.organisation)),
        buttons=(
            FileButton(FileAct.DECLINE, t("file.decline"), t("file.decline_name", file=file)),
            FileButton(FileAct.ACCEPT, t("file.accept"), t("file.accept_name", file=file)),
        ),
    )


def _incoming(state: ClientState, one: Transfer, t: Catalogue) -> FileCardView:
    own = state.files
    if one.state is TransferState.STORED:
        pace, text = own.from_relay.get(one.id, Pace()), t("client.file.saving")
    else:
        pace = own.to_relay.get(one.id, Pace())
        text = t("file.coming", name=_who(state, one.by, t))
    return _moving(state, one, pace, text, t)


def _outgoing(state: ClientState, one: Transfer, t: Catalogue) -> FileCardView:
    own, file = state.files, shown_name(one.name)
    if one.state is TransferState.OFFERED:
        return _still(one, t("file.waits"), t)
    if one.state is TransferState.SENDING:
        pace = own.to_relay.get(one.id, Pace())
        whole = pace.done >= one.size and one.id in own.rested
        return _moving(state, one, pace, t("file.checking" if whole else "file.sending"), t)
    fetched = own.from_relay.get(one.id)
    if fetched is None or not one.size:
        helpers = representatives(state.snapshot) if state.snapshot else ()
        name = name_of(helpers[-1] if helpers else None, t)
        return FileCardView(
            key=one.id,
            title=file,
            size=size_text(one.size, t),
            text=t("file.unfetched", name=name),
        )
    return _bar(one, fetched, t("file.fetching"), t)


def _pending(state: ClientState, offer: Offer, t: Catalogue) -> FileCardView:
    """The relay does not know of it yet."""
    online = state.link is LinkState.ONLINE
    file = shown_name(offer.name)
    return FileCardView(
        key=offer.transfer,
        title=file,
        size=size_text(offer.size, t),
        text=t("file.waits" if online else "file.pending"),
        buttons=(_cancel(file, t),),
    )


def _still(one: Transfer, text: str, t: Catalogue) -> FileCardView:
    file = shown_name(one.name)
    size = size_text(one.size, t)
    return FileCardView(key=one.id, title=file, size=size, text=text, buttons=(_cancel(file, t),))


def _moving(state: ClientState, one: Transfer, pace: Pace, text: str, t: Catalogue) -> FileCardView:
    """On its way, and can be cancelled."""
    lost = state.link is not LinkState.ONLINE
    return _bar(one, pace, t("file.lost") if lost else text, t, cancel=True)


def _bar(
    one: Transfer, pace: Pace, text: str, t: Catalogue, *, cancel: bool = False
) -> FileCardView:
    file = shown_name(one.name)
    return FileCardView(
        key=one.id,
        title=file,
        size=size_text(one.size, t),
        text=text,
        percent=percent(pace.done, one.size),
        progress=progress_text(pace, one.size, t),
        bar=t("file.progress", file=file),
        buttons=(_cancel(file, t),) if cancel else (),
    )


def _saved(one: Saved, state: ClientState, t: Catalogue) -> FileCardView:
    name = shown_name(one.name)
    return FileCardView(
        key=one.transfer,
        title=name,
        text=t("client.file.saved", folder=folder_name(state.organisation)),
        buttons=(
            FileButton(FileAct.SHOW, t("client.file.show"), t("client.file.show")),
            _dismiss(name, t),
        ),
    )


def _fault(one: Fault, state: ClientState, t: Catalogue) -> FileCardView:
    file = shown_name(one.name)
    return FileCardView(
        key=one.key,
        title=file,
        text=_fault_text(one, file, state, t),
        problem=True,
        buttons=(_dismiss(file, t),),
    )


def _fault_text(one: Fault, file: str, state: ClientState, t: Catalogue) -> str:
    match one.kind:
        case FaultKind.TOO_LARGE:
            most = size_text(state.files.rules.most_bytes, t)
            return t("client.file.too_large", size=size_text(one.size, t), most=most)
        case FaultKind.TYPE:
            return t("error.file_type")
        case FaultKind.UNUSABLE:
            return t("client.file.unusable")
        case FaultKind.NO_ROOM:
            return t("client.file.no_room", size=size_text(one.size, t))
        case FaultKind.UNWRITABLE:
            return t("client.file.unwritable")
        case FaultKind.REFUSED:
            code = one.code.value if one.code else "not_now"
            return t(f"error.{code}", detail=file)


def _cancel(file: str, t: Catalogue) -> FileButton:
    return FileButton(FileAct.CANCEL, t("file.cancel"), t("file.cancel_name", file=file))


def _dismiss(file: str, t: Catalogue) -> FileButton:
    name = t("client.file.close_name", file=file)
    return FileButton(FileAct.DISMISS, t("client.file.close"), name)


def _who(state: ClientState, participant: str, t: Catalogue) -> str:
    people = state.snapshot.participants if state.snapshot else ()
    return name_of(next((one for one in people if one.id == participant), None), t)
