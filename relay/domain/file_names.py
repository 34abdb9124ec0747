"""The name of a file in the headers of its download. Pure.

A browser saves under this name, so nothing in it may lead out of a folder, hide how it ends, or end
the header.
"""

import unicodedata
from urllib.parse import quote

_NOT_IN_NAMES = frozenset('/\\:*?"<>|')
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_PLAIN = frozenset("!#$&+-.^_`{}~ ()[],=@")
NAMELESS = "file"


def shown_name(name: str) -> str:
    """`name` without what a person cannot see and no system allows; never empty."""
    kept = "".join(
        "_" if one in _NOT_IN_NAMES else one
        for one in name
        if unicodedata.category(one) not in _HIDDEN
    )
    return kept.strip(" .") or NAMELESS


def disposition(name: str) -> str:
    """The Content-Disposition by which a file of that name is saved, never shown (RFC 6266).

    The plain form is for whoever does not know RFC 8187.
    """
    shown = shown_name(name)
    plain = "".join(
        one if one.isascii() and (one.isalnum() or one in _PLAIN) else "_" for one in shown
    )
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(shown, safe='')}"
