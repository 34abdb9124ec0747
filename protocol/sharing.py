"""Words of the shared screen: what may be granted, what is shared, and how each of it ends."""

from enum import StrEnum


class Grant(StrEnum):
    """What a representative may be allowed. All others go with VIEW only.

    COPY: to get the text that the customer copies; PASTE: to put text on their clipboard.
    """

    VIEW = "view"
    CONTROL = "control"
    COPY = "copy"
    PASTE = "paste"


CLIPBOARD = (Grant.COPY, Grant.PASTE)
"""The grants of the clipboard, each of one way."""


class GrantEnd(StrEnum):
    """Why a question was not granted, or a grant is over.

    DENIED, LATE, WITHDRAWN: the question came to nothing. TAKEN by the customer, RETURNED by the
    representative, EXPIRED by itself.
    """

    DENIED = "denied"
    LATE = "late"
    WITHDRAWN = "withdrawn"
    TAKEN = "taken"
    RETURNED = "returned"
    EXPIRED = "expired"


class Scope(StrEnum):
    """What is shared: everything, or the applications that the customer chose."""

    ALL = "all"
    CHOSEN = "chosen"


class PauseCause(StrEnum):
    """Why nothing is shown for now: the customer wants it, or chooses applications anew."""

    CUSTOMER = "customer"
    CHOOSING = "choosing"


class ShareCause(StrEnum):
    """Why a share ended. NOBODY: no representative may see it any longer."""

    CUSTOMER = "customer"
    REPRESENTATIVE = "representative"
    LINK_LOST = "link_lost"
    NOBODY = "nobody"
