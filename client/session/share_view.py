"""What the window shows of the shared screen, as frozen values; a part of `client.session.view`."""

from dataclasses import dataclass

from client.session.share_state import Choice
from protocol.sharing import Grant


@dataclass(frozen=True, slots=True, kw_only=True)
class LastsView:
    """How long a grant may last: seconds (0: for the session) and words, the usual one first
    chosen."""

    label: str
    choices: tuple[tuple[int, str], ...]
    usual: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptView:
    """The question of a representative. `key` is its number; another one is another question.

    What is empty is not offered: `allow` is missing where nothing can be shown at all, `view_only`
    and `lasts` where control was not asked for. `spoken` is said to screen readers when it changes.
    """

    key: int
    title: str
    text: str
    why: str
    hint: str
    countdown: str
    allow: str
    view_only: str
    choose: str
    deny: str
    lasts: LastsView | None
    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainView:
    """A share broke off; `open` says whether it can go on now, `hint` why not or what it means."""

    title: str
    text: str
    hint: str
    yes: str
    no: str
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantView:
    """A line of the banner: what somebody may do, and the button that takes it back. `more` is the
    button for more time, empty while there is enough. `take_name` and `more_name` are what a
    screen reader says of the buttons."""

    to: str
    grant: Grant
    text: str
    take: str
    take_name: str
    more: str = ""
    more_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BannerView:
    """Who sees what. `clock` is how long it has gone on, `shows` False in a pause. `button` is the
    solid one at the right: it ends everything or, if it `changes`, opens the picker. `pause` is
    empty while the picker is open; `paused` says that its button goes on.
    """

    title: str
    clock: str
    shows: bool
    notes: tuple[str, ...]
    grants: tuple[GrantView, ...]
    pause: str
    paused: bool
    button: str
    changes: bool
    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PickerView:
    """The picker. `choice` is what was chosen before, `control` the box for whoever asked for it
    (empty: nobody did). Without `live` nothing can be shared now, and `offline` says why. `stop`
    is empty where there is nothing to stop."""

    title: str
    text: str
    control: str
    lasts: LastsView | None
    share: str
    stop: str
    cancel: str
    choice: Choice
    live: bool
    offline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkView:
    """A mark at a place of the desktop (physical pixels)."""

    by: str
    number: int
    x: int
    y: int
    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WatermarkView:
    """What lies over every monitor: the picture `logo` (a file's content) or else `text`, `percent`
    strong; `seen`: in the shared picture, too."""

    text: str
    logo: bytes
    percent: int
    seen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareView:
    """Everything around the shared screen; a part that is None is not shown. `spoken` is said once
    when it changes."""

    prompt: PromptView | None = None
    again: AgainView | None = None
    banner: BannerView | None = None
    picker: PickerView | None = None
    marks: tuple[MarkView, ...] = ()
    watermark: WatermarkView | None = None
    spoken: str = ""
