"""The join code in a program's file name, whatever browsers and people have done to the name.

The name carries a code and nothing else: it cannot choose a relay, and a wrong code only means that
the person types one.
"""

import re
import unicodedata
from collections.abc import Iterable

from protocol import joincodes

_GROUP = r"[0-9A-Z]{4}"
_GAP = r"[-_ .\u2010-\u2015]?"
_PLACE = re.compile(f"(?<![0-9A-Z])(?={_GROUP}{_GAP}{_GROUP}{_GAP}{_GROUP}(?![0-9A-Z]))")
_READ = re.compile(f"({_GROUP}){_GAP}({_GROUP}){_GAP}({_GROUP})")


def code_in(names: Iterable[str]) -> str:
    """The first join code (as `joincodes.normalise` gives it) with a right check in `names`, which
    are names of files or folders without their path; empty where there is none."""
    for name in names:
        for code in _candidates(name):
            if joincodes.is_right(code):
                return code
    return ""


def _candidates(name: str) -> Iterable[str]:
    text = unicodedata.normalize("NFKC", name).upper()
    for place in _PLACE.finditer(text):
        found = _READ.match(text, place.start())
        if found:
            yield joincodes.normalise("".join(found.groups()))
