"""The client's own two machines, as tables: the page it shows, and how it takes its leave.

What is not in a table changes nothing. The machine of the session itself is the protocol's.
"""

from enum import StrEnum


class Page(StrEnum):
    """What the window shows; the customer is on exactly one page."""

    JOIN = "join"
    CONNECTING = "connecting"
    KNOCKING = "knocking"
    PREPARING = "preparing"
    WAITING = "waiting"
    TALKING = "talking"
    ENDED = "ended"


class Turn(StrEnum):
    """What turns a page."""

    SUBMIT = "submit"
    REFUSE = "refuse"
    KNOCK = "knock"
    CANCEL = "cancel"
    ADMIT = "admit"
    PREPARE = "prepare"
    WAIT = "wait"
    TALK = "talk"
    END = "end"
    HALT = "halt"


PAGES: dict[tuple[Page, Turn], Page] = {
    (Page.JOIN, Turn.SUBMIT): Page.CONNECTING,
    (Page.JOIN, Turn.ADMIT): Page.CONNECTING,
    (Page.CONNECTING, Turn.REFUSE): Page.JOIN,
    (Page.CONNECTING, Turn.KNOCK): Page.KNOCKING,
    (Page.CONNECTING, Turn.HALT): Page.ENDED,
    (Page.CONNECTING, Turn.PREPARE): Page.PREPARING,
    (Page.CONNECTING, Turn.WAIT): Page.WAITING,
    (Page.CONNECTING, Turn.TALK): Page.TALKING,
    (Page.CONNECTING, Turn.END): Page.ENDED,
    (Page.KNOCKING, Turn.ADMIT): Page.CONNECTING,
    (Page.KNOCKING, Turn.REFUSE): Page.JOIN,
    (Page.KNOCKING, Turn.CANCEL): Page.JOIN,
    (Page.KNOCKING, Turn.HALT): Page.ENDED,
    (Page.PREPARING, Turn.WAIT): Page.WAITING,
    (Page.PREPARING, Turn.TALK): Page.TALKING,
    (Page.PREPARING, Turn.END): Page.ENDED,
    (Page.WAITING, Turn.TALK): Page.TALKING,
    (Page.WAITING, Turn.END): Page.ENDED,
    (Page.TALKING, Turn.WAIT): Page.WAITING,
    (Page.TALKING, Turn.END): Page.ENDED,
}


def turn(page: Page, by: Turn) -> Page:
    """The page after `by`."""
    return PAGES.get((page, by), page)


class Leave(StrEnum):
    """FREE: closing the window harms nobody. BOUND: a session runs. LEFT: the program ends."""

    FREE = "free"
    BOUND = "bound"
    ASKING_END = "asking_end"
    ASKING_CLOSE = "asking_close"
    ENDING = "ending"
    CLOSING = "closing"
    LEFT = "left"


class Wish(StrEnum):
    """What moves the leave-taking: the customer's wishes, and what became of the session.

    DECLINE is the no to the agreement: a word to leave that needs no second one.
    """

    BIND = "bind"
    DECLINE = "decline"
    END = "end"
    CLOSE = "close"
    YES = "yes"
    NO = "no"
    OVER = "over"
    LATE = "late"


LEAVES: dict[tuple[Leave, Wish], Leave] = {
    (Leave.FREE, Wish.BIND): Leave.BOUND,
    (Leave.FREE, Wish.CLOSE): Leave.LEFT,
    (Leave.BOUND, Wish.END): Leave.ASKING_END,
    (Leave.BOUND, Wish.CLOSE): Leave.ASKING_CLOSE,
    (Leave.BOUND, Wish.DECLINE): Leave.ENDING,
    (Leave.BOUND, Wish.OVER): Leave.FREE,
    (Leave.ASKING_END, Wish.YES): Leave.ENDING,
    (Leave.ASKING_END, Wish.NO): Leave.BOUND,
    (Leave.ASKING_END, Wish.DECLINE): Leave.ENDING,
    (Leave.ASKING_END, Wish.CLOSE): Leave.ASKING_CLOSE,
    (Leave.ASKING_END, Wish.OVER): Leave.FREE,
    (Leave.ASKING_CLOSE, Wish.YES): Leave.CLOSING,
    (Leave.ASKING_CLOSE, Wish.NO): Leave.BOUND,
    (Leave.ASKING_CLOSE, Wish.DECLINE): Leave.ENDING,
    (Leave.ASKING_CLOSE, Wish.OVER): Leave.FREE,
    (Leave.ENDING, Wish.CLOSE): Leave.CLOSING,
    (Leave.ENDING, Wish.OVER): Leave.FREE,
    (Leave.CLOSING, Wish.OVER): Leave.LEFT,
    (Leave.CLOSING, Wish.LATE): Leave.LEFT,
}


def take(leave: Leave, wish: Wish) -> Leave:
    """The leave-taking after `wish`."""
    return LEAVES.get((leave, wish), leave)
