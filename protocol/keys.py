"""Session keys: seven digits and a check digit, so that a mistyped one is told at once.

The check digit is Damm's (H. M. Damm, "Total anti-symmetric quasigroups", 2004): it finds every
single wrong digit and every swap of two neighbours. Pages use the same table from `protocol.js`.
"""

DIGITS = 7

DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def check_digit(digits: str) -> str:
    """The digit that makes `digits` (ASCII 0-9 only) a number with a right check."""
    interim = 0
    for digit in digits:
        interim = int(DAMM[interim][int(digit)])
    return str(interim)


def normalise(typed: str) -> str:
    """The digits in what a person typed or pasted, whatever stands between them."""
    return "".join(char for char in typed if char.isascii() and char.isdigit())


def is_complete(key: str) -> bool:
    """Whether `key` (normalised) has its full length."""
    return len(key) == DIGITS + 1


def is_right(key: str) -> bool:
    """Whether `key` (normalised) has its full length and a right check digit."""
    return is_complete(key) and check_digit(key) == "0"


def shown(key: str) -> str:
    """The key as people see and say it: `1234-5678`."""
    return f"{key[:4]}-{key[4:]}"
