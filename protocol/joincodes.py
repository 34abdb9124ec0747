"""Join codes: how a download, or a step from the web chat, finds its session.

Ten random characters and two for the check, of Crockford's Base32 alphabet (D. Crockford, "Base
32", 2019: no I, L, O, U; what people read as 1 or 0 counts as such). The check is the ten
characters, as one number in base 32, modulo 1021 (the largest prime below 32 squared): it finds
every wrong character and every swap of two neighbours.
"""

import re

RANDOM_CHARS = 10
CHECK_CHARS = 2
CHARS = RANDOM_CHARS + CHECK_CHARS
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MODULUS = 1021

_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})
_NOT_OURS = re.compile(f"[^{ALPHABET}]")


def check(random: str) -> str:
    """The two check characters of ten characters of `ALPHABET`."""
    number = 0
    for char in random:
        number = (number * 32 + ALPHABET.index(char)) % MODULUS
    return ALPHABET[number // 32] + ALPHABET[number % 32]


def normalise(typed: str) -> str:
    """The characters of a code in what a person typed or pasted, whatever stands between them."""
    return _NOT_OURS.sub("", typed.upper().translate(_READ_AS))


def is_right(code: str) -> bool:
    """Whether `code` (normalised) has its full length and a right check."""
    return len(code) == CHARS and check(code[:RANDOM_CHARS]) == code[RANDOM_CHARS:]


def shown(code: str) -> str:
    """The code as people read it: `K7PQ-2M9X-AB0C`."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))
