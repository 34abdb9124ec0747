"""What the window says around the shared screen: the question, the banner, the picker, marks."""

from math import ceil, inf

from client.session.asking import Prompt, is_live, prompt_of
from client.session.lines import name_of
from client.session.present_steps import minutes, spoken_left
from client.session.share_machines import CHOOSING, RUNNING, Mode
from client.session.share_state import Broken, OwnGrant
from client.session.share_turns import here_again
from client.session.share_view import (
    AgainView,
    BannerView,
    GrantView,
    LastsView,
    MarkView,
    PickerView,
    PromptView,
    ShareView,
    WatermarkView,
)
from client.session.state import ClientState
from protocol import limits
from protocol.catalogue import Catalogue
from protocol.sharing import Grant, Scope

LASTS_S = (5 * 60, 15 * 60, 60 * 60)
"""How long control and the clipboard may last, beside the whole session."""

SHORT_S = 120
"""From here on a grant counts down in seconds, and more time is offered."""


def share(state: ClientState, t: Catalogue) -> ShareView:
    """Everything around the shared screen."""
    own = state.share
    banner = _banner(state, t) if own.mode in RUNNING else None
    over = own.mode not in RUNNING and own.epoch > 0
    return ShareView(
        prompt=_prompt(state, t),
        again=_again(state, t) if own.mode is Mode.LOST else None,
        banner=banner,
        picker=_picker(state, t) if own.mode in CHOOSING else None,
        marks=tuple(
            MarkView(
                by=one.by,
                number=one.number,
                x=one.x,
                y=one.y,
                spoken=t("client.banner.mark", name=_name(state, one.by, t), n=one.number),
            )
            for one in own.marks
            if own.mode is Mode.ON
        ),
        watermark=_watermark(state) if banner else None,
        spoken=banner.spoken if banner else t("client.banner.ended") if over else "",
    )


def _watermark(state: ClientState) -> WatermarkView | None:
    mark = state.watermark
    if mark is None:
        return None
    return WatermarkView(text=mark.text, logo=state.logo, percent=mark.percent, seen=mark.seen)


def _name(state: ClientState, participant: str, t: Catalogue) -> str:
    people = state.snapshot.participants if state.snapshot else ()
    return name_of(next((one for one in people if one.id == participant), None), t)


def _names(state: ClientState, participants: tuple[str, ...], t: Catalogue) -> str:
    names = [_name(state, one, t) for one in participants]
    if len(names) < 2:
        return "".join(names)
    return t("steps.and", names=", ".join(names[:-1]), last=names[-1])


def _prompt(state: ClientState, t: Catalogue) -> PromptView | None:
    prompt = prompt_of(state)
    # A share that broke off is asked about by itself, unless somebody asks for one anyway.
    if prompt is None:
        return None
    if prompt.clipboard:
        return _clipboard_prompt(state, prompt, t)
    name = _name(state, prompt.by, t)
    title = t(_title(prompt), name=name)
    left = _left(state, prompt)
    control = prompt.control and not state.unshareable
    chooses = not state.unshareable and not prompt.sees
    allow = t("client.share.allow_control" if prompt.control else "client.share.allow")
    return PromptView(
        key=prompt.key,
        title=title,
        text=t(state.unshareable) if state.unshareable else _text(state, prompt, name, t),
        why=t("client.share.why", reason=prompt.reason) if prompt.reason else "",
        hint=_hint(state, t),
        countdown=t("client.share.countdown", time=minutes(left)),
        allow="" if state.unshareable else allow,
        view_only=t("client.share.view_only", name=name) if control and not prompt.sees else "",
        choose=t("client.share.choose") if chooses else "",
        deny=t("client.share.deny"),
        lasts=_lasts(t, t("client.share.lasts")) if control else None,
        spoken=spoken_left(left, t) if left <= limits.ASK_S // 2 else title,
    )


def _left(state: ClientState, prompt: Prompt) -> int:
    return max(0, min(prompt.limit_s, ceil(prompt.deadline - state.share.second)))


def _clipboard_prompt(state: ClientState, prompt: Prompt, t: Catalogue) -> PromptView:
    """The same sheet for the clipboard: yes or no, and for how long."""
    name, left = _name(state, prompt.by, t), _left(state, prompt)
    asked = [one for one in (Grant.COPY, Grant.PASTE) if one in prompt.clipboard]
    which = asked[0] if len(asked) == 1 else "clipboard"
    title = t(f"client.share.{which}_title", name=name)
    organisation = state.organisation or t("app.name")
    meant = [t(f"client.share.{one}_text", name=name) for one in asked]
    who = t("client.share.for", name=name, organisation=organisation)
    return PromptView(
        key=prompt.key,
        title=title,
        text=" ".join([who, *meant]),
        why=t("client.share.why", reason=prompt.reason) if prompt.reason else "",
        hint=t("client.share.clipboard_hint"),
        countdown=t("client.share.countdown", time=minutes(left)),
        allow=t("client.share.allow"),
        view_only="",
        choose="",
        deny=t("client.share.deny"),
        lasts=_lasts(t, t("client.share.clipboard_lasts")),
        spoken=spoken_left(left, t) if left <= limits.ASK_S // 2 else title,
    )


def _hint(state: ClientState, t: Catalogue) -> str:
    """How to stop; or, where nothing can be shown, what to do about that, if anything."""
    if not state.unshareable:
        return t("client.share.stop_hint" if state.share.end_key else "client.share.stop_button")
    hint = f"{state.unshareable}_hint"
    return t(hint) if hint in t.keys() else ""  # noqa: SIM118 - a catalogue is no mapping


def _title(prompt: Prompt) -> str:
    if not prompt.control:
        return "client.share.see_title"
    return "client.share.control_title" if prompt.sees else "client.share.both_title"


def _text(state: ClientState, prompt: Prompt, name: str, t: Catalogue) -> str:
    """Who asks, and what a yes would mean."""
    organisation = state.organisation or t("app.name")
    chosen = state.share.mode in RUNNING and state.share.scope is Scope.CHOSEN
    what = "control" if prompt.control else "see"
    meaning = t(f"client.share.{what}_{'now' if chosen else 'all'}", name=name)
    return f"{t('client.share.for', name=name, organisation=organisation)} {meaning}"


def _lasts(t: Catalogue, label: str) -> LastsView:
    choices = [(s, t.count("client.share.lasts_minutes", s // 60)) for s in LASTS_S]
    return LastsView(
        label=label,
        choices=(*choices, (0, t("client.share.lasts_session"))),
        usual=limits.CONTROL_LEASE_S,
    )


def _again(state: ClientState, t: Catalogue) -> AgainView | None:
    if prompt_of(state) is not None:
        return None
    there = here_again(state)
    lost = state.share.broken is Broken.LINK
    open_ = is_live(state) and bool(there)
    same = t("client.share.again_same", names=_names(state, there, t))
    return AgainView(
        title=t("client.share.again_title"),
        text=t("client.share.again_lost" if lost else "client.share.again_refused"),
        hint=same if open_ else t("client.share.again_wait"),
        yes=t("client.share.again"),
        no=t("client.share.not_now"),
        open=open_,
    )


def _banner(state: ClientState, t: Catalogue) -> BannerView:
    own = state.share
    title = _seen(state, t)
    changes = own.scope is Scope.CHOSEN and own.mode not in CHOOSING
    paused = own.mode is Mode.PAUSED
    pause = t("client.banner.resume" if paused else "client.banner.pause")
    return BannerView(
        title=title,
        clock=minutes(max(0, int(own.second - own.since + 1e-6))),
        shows=own.mode is Mode.ON,
        notes=_notes(state, t),
        grants=_grants(state, t),
        pause="" if own.mode in CHOOSING else pause,
        paused=paused,
        button=t("client.banner.change" if changes else "client.banner.end"),
        changes=changes,
        spoken=title,
    )


def _seen(state: ClientState, t: Catalogue) -> str:
    own = state.share
    if own.mode is Mode.PAUSED:
        return t("client.banner.paused")
    if own.mode in CHOOSING:
        return t("client.banner.choosing")
    viewers = tuple(one.to for one in own.viewers)
    verb = "sees" if len(viewers) == 1 else "see"
    return t(f"client.banner.{verb}_{own.scope}", names=_names(state, viewers, t))


def _grants(state: ClientState, t: Catalogue) -> tuple[GrantView, ...]:
    """Who controls, and, where several see, each of them; nobody does while the picker is open."""
    own = state.share
    if own.mode in CHOOSING:
        return ()
    timed = (Grant.CONTROL, Grant.COPY, Grant.PASTE)
    lines = [_timed(one, state, t) for grant in timed for one in own.holders(grant)]
    if len(own.viewers) > 1:
        lines += [_viewer(one, state, t) for one in own.viewers]
    return tuple(lines)


def _timed(grant: OwnGrant, state: ClientState, t: Catalogue) -> GrantView:
    """What somebody may do beside seeing, and for how long."""
    name, does = _name(state, grant.to, t), f"client.banner.may_{grant.grant}"
    text, more = t(does, name=name), False
    if grant.until != inf:
        left = max(0, ceil(grant.until - state.share.second))
        more = left <= SHORT_S
        time = minutes(left) if more else t("client.banner.minutes", n=ceil(left / 60))
        text = t(f"{does}_left", name=name, time=time)
    return GrantView(
        to=grant.to,
        grant=grant.grant,
        text=text,
        take=t("client.banner.take_back"),
        take_name=t(f"{does}_take_name", name=name),
        more=t("client.banner.more") if more else "",
        more_name=t(f"{does}_more_name", name=name) if more else "",
    )


def _viewer(grant: OwnGrant, state: ClientState, t: Catalogue) -> GrantView:
    name = _name(state, grant.to, t)
    return GrantView(
        to=grant.to,
        grant=Grant.VIEW,
        text=t("client.banner.sees", name=name),
        take=t("client.banner.hide"),
        take_name=t("client.banner.hide_name", name=name),
    )


def _notes(state: ClientState, t: Catalogue) -> tuple[str, ...]:
    """What is in the way, in plain words."""
    own = state.share
    if own.mode is not Mode.ON:
        return ()
    notes = []
    if own.view is not None:
        notes.append(t(f"client.banner.view_{own.view}"))
    if own.control is not None and own.control is not own.view and own.controllers:
        notes.append(t(f"client.banner.control_{own.control}"))
    if own.resting is not None and own.controllers:
        notes.append(t("client.banner.resting"))
    if own.pasted is not None:
        notes.append(t("client.banner.pasted", name=_name(state, own.pasted.by, t)))
    if not own.end_key:
        notes.append(t("client.banner.no_end_key"))
    if own.watching is not None and not own.watching & {one.number for one in own.viewers}:
        viewers = tuple(one.to for one in own.viewers)
        single = len(viewers) == 1
        key = "client.banner.not_watching" if single else "client.banner.none_watching"
        notes.append(t(key, names=_names(state, viewers, t)))
    return tuple(notes)


def _picker(state: ClientState, t: Catalogue) -> PickerView:
    own = state.share
    to = own.picking.to
    name = _name(state, to, t) if to else ""
    asked = bool(to) and own.picking.control
    return PickerView(
        title=t("client.picker.title"),
        text=t("client.picker.text_name", name=name) if to else t("client.picker.text"),
        control=t("client.picker.control", name=name) if asked else "",
        lasts=_lasts(t, t("client.share.lasts")) if asked else None,
        share=t("client.picker.share"),
        stop=t("client.picker.stop") if own.mode in RUNNING else "",
        cancel=t("client.picker.cancel"),
        choice=own.choice,
        live=is_live(state),
        offline=t("client.picker.offline"),
    )
