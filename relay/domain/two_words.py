"""Two words by which a customer and a representative know on the telephone that they are in the
same session.

They are drawn, not stored: a keyed hash of the session's id, so that nobody without the relay's
secret can tell them. There are 512 words a language, 2^18 pairs: enough to notice a mistake or
somebody who only guesses. They say nothing against the relay itself; that is for keys agreed
between the two ends.
"""

import hashlib
import hmac
from functools import cache
from importlib import resources

WORDS = 512
FALLBACK = "en"


@cache
def listed(language: str) -> tuple[str, ...]:
    """The words of `language`, in the order of the alphabet; English where there are none."""
    file = resources.files("relay") / "domain" / "words" / f"{language}.txt"
    if not file.is_file():
        return listed(FALLBACK)
    return tuple(file.read_text("utf-8").split())


def drawn(secret: bytes, session: str, language: str) -> tuple[str, str]:
    """The two words of `session`, two different ones, in the customer's language."""
    words = listed(language)
    digest = hmac.new(secret, f"{session} {language}".encode(), hashlib.sha256).digest()
    rest, first = divmod(int.from_bytes(digest, "big"), len(words))
    # One fewer to choose from, so that the first does not come again.
    second = rest % (len(words) - 1)
    return words[first], words[second + (second >= first)]
