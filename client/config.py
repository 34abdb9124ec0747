"""Which relay this client is for, and what it was told at its start.

A release carries a module of its own, written by the build and covered by its signature: relay,
organisation, identity. Nothing from outside can change those; the command line may add a session
key and a name, the program's file name a join code. Without a release this is a development
build: everything comes from the command line, and the window's title says so. The environment is
never read.
"""

import difflib
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from protocol.catalogue import LANGUAGES
from protocol.identity import to_bytes

BUILT_FOR = "client.built_for"
IDENTITY_BYTES = 32
HTTPS_PORT = 443


class Release(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For whom a release was made. Empty `identity`: the relay's certificate alone is believed."""

    relay: str
    organisation: str
    identity: str


class Built(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the build wrote into the program: the commit (40 hex digits, `+` where the sources had
    changes, empty where nobody knows), the day (ISO, UTC), and for a release for whom."""

    commit: str
    day: str
    release: Release | None = None


class ClientConfig(msgspec.Struct, frozen=True, kw_only=True):
    """`relay` is an https origin (scheme, host, port). `ca` is a path, or empty for the system's
    certificates. `language` is empty for the system's own. Empty `identity`: none is pinned.
    `built` is the day a release was made (ISO), empty for all others."""

    relay: str
    organisation: str = ""
    identity: str = ""
    key: str = ""
    name: str = ""
    ca: str = ""
    language: str = ""
    built: str = ""
    development: bool = True


RELEASE_OPTIONS = ("key", "name")
DEVELOPMENT_OPTIONS = ("relay", "organisation", "identity", "ca", "key", "name", "language")


class ConfigError(Exception):
    """What was given makes no sense: `key` of a text, and what to fill into it."""

    def __init__(self, key: str, **fields: str) -> None:
        super().__init__(key, fields)
        self.key = key
        self.fields = fields


def built() -> Built | None:
    """What the build wrote, or None where nothing was built.

    Raises `msgspec.DecodeError` on something damaged: a broken release must not start as something
    that takes any relay.
    """
    try:
        module = import_module(BUILT_FOR)
    except ModuleNotFoundError:
        return None
    return msgspec.json.decode(module.BUILT, type=Built)


def options(release: Release | None) -> tuple[str, ...]:
    """The names of the options that take a value."""
    return DEVELOPMENT_OPTIONS if release is None else RELEASE_OPTIONS


def read(arguments: Sequence[str], made: Built | None, code: str = "") -> ClientConfig:
    """The configuration of a program that was built as `made`; `code` is what the file's name
    carries, used where no key was given.

    Raises `ConfigError`.
    """
    release = made.release if made else None
    given = {"key": code, **_parse(arguments, options(release))}
    if made and release:
        return ClientConfig(
            relay=origin(release.relay),
            organisation=release.organisation,
            identity=release.identity,
            key=given["key"],
            name=given.get("name", ""),
            built=made.day,
            development=False,
        )
    if "relay" not in given:
        raise ConfigError("client.config.no_relay")
    _check(given)
    return msgspec.convert({**given, "relay": origin(given["relay"])}, ClientConfig)


def origin(address: str) -> str:
    """`address` as scheme, host and port, as browsers write it. Raises `ConfigError`."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise ConfigError("client.config.bad_relay", given=address) from None
    if parts.scheme != "https":
        raise ConfigError("client.config.not_https")
    extra = parts.path.strip("/") or parts.query or parts.fragment or parts.username
    if not parts.hostname or extra:
        raise ConfigError("client.config.bad_relay", given=address)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"https://{host}" + (f":{port}" if port not in (None, HTTPS_PORT) else "")


def check_identity(text: str) -> None:
    """Raises `ConfigError` unless `text` can be a relay's public key."""
    try:
        right = len(to_bytes(text)) == IDENTITY_BYTES
    except ValueError:
        right = False
    if not right:
        raise ConfigError("client.config.bad_identity")


def _parse(arguments: Sequence[str], known: Sequence[str]) -> dict[str, str]:
    given: dict[str, str] = {}
    rest = list(arguments)
    while rest:
        option, equals, value = rest.pop(0).partition("=")
        name = option.removeprefix("--")
        if not option.startswith("--") or name not in known:
            raise _unknown(option, known)
        if not equals:
            if not rest:
                raise ConfigError("client.config.no_value", given=option)
            value = rest.pop(0)
        given[name] = value
    return given


def _unknown(option: str, known: Sequence[str]) -> ConfigError:
    names = [f"--{name}" for name in (*known, "version", "licences", "help")]
    nearest = difflib.get_close_matches(option, names, n=1)
    if nearest:
        return ConfigError("client.config.nearest", given=option, nearest=nearest[0])
    return ConfigError("client.config.unknown", given=option)


def _check(given: Mapping[str, str]) -> None:
    if (ca := given.get("ca")) and not Path(ca).is_file():
        raise ConfigError("client.config.no_file", given=ca)
    if identity := given.get("identity"):
        check_identity(identity)
    language = given.get("language")
    if language and language not in LANGUAGES:
        raise ConfigError(
            "client.config.bad_language", given=language, languages=", ".join(LANGUAGES)
        )
