"""Signatures as minisign makes them (jedisct1.github.io/minisign, "Signature format"). Pure.

A key is base64 of `Ed`, eight bytes of number and an Ed25519 key (RFC 8032). A signature has four
lines: an untrusted comment; base64 of `ED`, the key's number and 64 bytes over the BLAKE2b-512 of
the file; a trusted comment; base64 of 64 bytes over those 64 bytes and the trusted comment.
"""

import binascii
from base64 import b64decode
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_KEY = b"Ed"
_PREHASHED = b"ED"
_NUMBER_BYTES = 8
_SIGNATURE_BYTES = 64
_UNTRUSTED, _TRUSTED = "untrusted comment: ", "trusted comment: "


class Malformed(ValueError):
    """This is no key, or no signature of a file's hash, as minisign writes them."""


class Untrue(Exception):
    """The signature is not one of this key over this file and comment."""


class Key(NamedTuple):
    """A public key and the number by which signatures name it."""

    number: bytes
    raw: bytes


class Signature(NamedTuple):
    """A parsed signature file; `comment` is the trusted one, with what vouches for it."""

    number: bytes
    over_hash: bytes
    comment: str
    over_comment: bytes


def key_of(text: str) -> Key:
    """A key from its line (`RW…`), or from the whole file that minisign keeps it in.

    Raises `Malformed`.
    """
    lines = text.strip().splitlines()
    if not lines or len(lines) > 2 or (len(lines) == 2 and not lines[0].startswith(_UNTRUSTED)):
        raise Malformed
    kind, number, raw = _parts(lines[-1])
    if kind != _KEY or len(raw) != 32:
        raise Malformed
    return Key(number, raw)


def signature_of(text: str) -> Signature:
    """Raises `Malformed`, also for a signature over a whole file (`Ed`) instead of its hash."""
    lines = text.splitlines()
    if len(lines) != 4:
        raise Malformed
    kind, number, over_hash = _parts(lines[1])
    over_comment = _decoded(lines[3])
    marked = lines[0].startswith(_UNTRUSTED) and lines[2].startswith(_TRUSTED)
    sized = len(over_hash) == _SIGNATURE_BYTES == len(over_comment)
    if kind != _PREHASHED or not (marked and sized):
        raise Malformed
    return Signature(number, over_hash, lines[2].removeprefix(_TRUSTED), over_comment)


def verify(key: Key, signature: Signature, blake2b: bytes) -> None:
    """Raises `Untrue` unless `key` signed the file of this BLAKE2b-512 and the comment."""
    if signature.number != key.number:
        raise Untrue
    public = Ed25519PublicKey.from_public_bytes(key.raw)
    try:
        public.verify(signature.over_hash, blake2b)
        public.verify(signature.over_comment, signature.over_hash + signature.comment.encode())
    except InvalidSignature:
        raise Untrue from None


def _parts(line: str) -> tuple[bytes, bytes, bytes]:
    """What a line holds: kind, number of the key, the rest."""
    raw = _decoded(line)
    after = len(_KEY) + _NUMBER_BYTES
    return raw[: len(_KEY)], raw[len(_KEY) : after], raw[after:]


def _decoded(line: str) -> bytes:
    try:
        return b64decode(line.strip(), validate=True)
    except (binascii.Error, ValueError):
        raise Malformed from None
