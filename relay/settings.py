"""Where settings come from: a TOML file < the environment < the command line.

A name that no setting has is refused in every source, with the nearest one that exists.
"""

import argparse
import difflib
import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from relay.config import RelayConfig, checked, has_password, masked
from relay.fault import StartFault

PREFIX = "BRIDGE_"
MASK = "***"
FIELDS = {field.name: field for field in msgspec.structs.fields(RelayConfig)}


class Source(NamedTuple):
    """One source: what it is called, and the raw values it gives."""

    name: str
    values: Mapping[str, object]


class Settings(NamedTuple):
    """The configuration, and for each field the name of the source that decided it."""

    config: RelayConfig
    sources: Mapping[str, str]

    def shown(self) -> str:
        """A line a setting: name, value, source; passwords are masked."""
        values = msgspec.to_builtins(self.config)
        values["database"] = masked(values["database"])
        values["smtp_password"] = MASK if values["smtp_password"] else ""
        lines = [(f"{name} = {_literal(values[name])}", self.sources[name]) for name in FIELDS]
        width = max(len(line) for line, _ in lines)
        return "\n".join(f"{line:<{width}}  # {source}" for line, source in lines)


def help_of(name: str) -> str:
    """What the setting is for, in a sentence."""
    extra = _metadata(name).extra_json_schema or {}
    return str(extra["description"])


def flag_of(name: str) -> str:
    """The setting's option on the command line."""
    return f"--{name.replace('_', '-')}"


def add_options(parser: argparse.ArgumentParser) -> None:
    """An option for every setting, and `--config` for the file."""
    group = parser.add_argument_group("settings (also by file and environment)")
    group.add_argument("--config", metavar="FILE", help="TOML file with settings by these names")
    for name in FIELDS:
        if isinstance(_metadata(name).type, msgspec.inspect.BoolType):
            switch = argparse.BooleanOptionalAction
            group.add_argument(flag_of(name), dest=name, help=help_of(name), action=switch)
        else:
            group.add_argument(flag_of(name), dest=name, help=help_of(name))


def _metadata(name: str) -> msgspec.inspect.Metadata:
    info = msgspec.inspect.type_info(FIELDS[name].type)
    if not isinstance(info, msgspec.inspect.Metadata):
        raise TypeError(f"setting {name} has no description")
    return info


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like `name`."""
    candidates = list(known)
    return (difflib.get_close_matches(name, candidates, n=1, cutoff=0.0) or candidates)[0]


def read(options: Mapping[str, object], environment: Mapping[str, str]) -> Settings:
    """All sources taken together. Raises `StartFault`."""
    by_environment = _from_environment(environment)
    file = options.get("config") or environment.get(f"{PREFIX}CONFIG")
    by_options = {name: options[name] for name in FIELDS if options.get(name) is not None}
    _refuse_passwords(by_options)
    sources = [
        _from_file(Path(str(file))) if file else Source("file", {}),
        Source("environment", by_environment),
        Source("command line", by_options),
    ]
    values: dict[str, object] = {}
    decided = dict.fromkeys(FIELDS, "default")
    for source in sources:
        for name, value in source.values.items():
            values[name] = _split(value) if name == "trusted_proxies" else value
            decided[name] = source.name
    return Settings(checked(_convert(values, decided)), decided)


def _refuse_passwords(by_options: Mapping[str, object]) -> None:
    for name, is_secret in (
        ("database", has_password(str(by_options.get("database", "")))),
        ("smtp_password", bool(by_options.get("smtp_password"))),
    ):
        if is_secret:
            raise StartFault("password_on_command_line", name=name)


def _from_file(path: Path) -> Source:
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise StartFault("file", path=str(path), why=error.strerror or str(error)) from None
    except ValueError as error:
        raise StartFault("file", path=str(path), why=str(error)) from None
    _refuse_unknown(values, FIELDS, str(path))
    return Source(str(path), values)


def _from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    ours = {name: value for name, value in environment.items() if name.startswith(PREFIX)}
    known = {f"{PREFIX}{name.upper()}": name for name in FIELDS}
    _refuse_unknown(ours, {*known, f"{PREFIX}CONFIG"}, "environment")
    return {known[name]: value for name, value in ours.items() if name in known}


def _refuse_unknown(names: Iterable[str], known: Iterable[str], source: str) -> None:
    allowed = list(known)
    for name in names:
        if name not in allowed:
            near = nearest(name, allowed)
            raise StartFault("setting_unknown", name=name, source=source, near=near)


def _convert(values: Mapping[str, object], decided: Mapping[str, str]) -> RelayConfig:
    for name, value in values.items():
        try:
            msgspec.convert(value, FIELDS[name].type, strict=False)
        except msgspec.ValidationError as error:
            source = decided[name]
            raise StartFault("setting_value", name=name, source=source, why=str(error)) from None
    return msgspec.convert(values, RelayConfig, strict=False)


def _split(value: object) -> object:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def _literal(value: object) -> str:
    return "unset" if value is None else json.dumps(value, ensure_ascii=False)
