"""Characters and keysyms (X Window System Protocol, appendix A).

Latin 1 characters are their own keysyms, and any character is 0x01000000 plus its code point. The
sets before Unicode have numbers of their own, in the order of a standard that Python knows.
"""

import unicodedata

UNICODE = 0x01000000

SHIFT = frozenset({0xFFE1, 0xFFE2})
HELD_MODIFIERS = frozenset({*range(0xFFE1, 0xFFE5), *range(0xFFE7, 0xFFEF), 0xFE03, 0xFF7E})
"""Shift, Control, Meta, Alt, Super, Hyper, AltGr and Mode_switch: in force while they are held."""

LEVEL_3 = 0xFE03
CAPS_LOCK = 0xFFE5
NUM_LOCK = 0xFF7F
SMALL_E = 0x65

_CONTROLS = {"\n": 0xFF0D, "\r": 0xFF0D, "\t": 0xFF09, "\b": 0xFF08}
_STANDARDS = {1: "iso8859_2", 2: "iso8859_3", 3: "iso8859_4", 6: "koi8_u"}
_ALONE = {0x20AC: "€", 0x13BC: "Œ", 0x13BD: "œ", 0x13BE: "Ÿ"}


def keysym_of(character: str) -> int | None:
    """The keysym that stands for one character; None: no key can be for this one."""
    if character in _CONTROLS:
        return _CONTROLS[character]
    if unicodedata.category(character) in ("Cc", "Cs"):
        return None
    point = ord(character)
    return point if _is_latin_1(point) else UNICODE + point


def character_of(keysym: int) -> str | None:
    """The character that a keysym stands for; None: none, or of a set that is not known here."""
    if keysym >= UNICODE:
        point = keysym - UNICODE
        return chr(point) if point <= 0x10FFFF else None
    if _is_latin_1(keysym):
        return chr(keysym)
    if keysym in _ALONE:
        return _ALONE[keysym]
    standard = _STANDARDS.get(keysym >> 8)
    if standard is None or keysym & 0xFF < 0xA0:
        return None
    character = bytes([keysym & 0xFF]).decode(standard, "ignore")
    return character if character.isalpha() else None  # where they differ, theirs is a line


def _is_latin_1(number: int) -> bool:
    return 0x20 <= number <= 0x7E or 0xA0 <= number <= 0xFF
