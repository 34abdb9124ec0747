"""Reads the messages, enumerations and constants out of `protocol`, ready to be written down."""

import ast
import inspect
from collections.abc import Iterator
from enum import StrEnum
from importlib import resources
from types import ModuleType
from typing import NamedTuple, get_args

import msgspec
from msgspec.inspect import Field, StructType, multi_type_info

from protocol import (
    admin_api,
    api,
    base,
    canned_api,
    facts,
    file_machine,
    file_snapshot,
    files,
    inputs,
    limits,
    machines,
    queues,
    requests,
    screen,
    settings_api,
    share_machine,
    share_snapshot,
    sharing,
    signals,
    site_api,
    snapshot,
    steps,
    working,
)
from protocol.errors import ErrorCode
from protocol.roles import Door, Presence, Role, Way

REQUESTS: tuple[type[msgspec.Struct], ...] = get_args(requests.AnyRequest)
FACTS: tuple[type[msgspec.Struct], ...] = get_args(facts.AnyFact)
SIGNALS: tuple[type[msgspec.Struct], ...] = get_args(signals.AnySignal)
NEWS: tuple[type[msgspec.Struct], ...] = get_args(screen.ScreenNews)
WISHES: tuple[type[msgspec.Struct], ...] = get_args(screen.Wish)
INPUTS: tuple[type[msgspec.Struct], ...] = get_args(inputs.AnyInput)

UNIONS: dict[str, tuple[type[msgspec.Struct], ...]] = {
    "AnyRequest": REQUESTS,
    "SessionFact": get_args(facts.SessionFact),
    "DeskFact": get_args(facts.DeskFact),
    "AnyFact": FACTS,
    "AnySignal": SIGNALS,
    "ScreenNews": NEWS,
    "Wish": WISHES,
    "AnyInput": INPUTS,
}

ENUMS: tuple[type[StrEnum], ...] = (
    Role,
    Door,
    Presence,
    Way,
    api.ProgramStep,
    queues.QueueKind,
    queues.QueueCause,
    steps.Step,
    steps.Reply,
    steps.QuestionKind,
    machines.SessionState,
    facts.Topic,
    facts.EndReason,
    facts.Departure,
    facts.SignedInBy,
    sharing.Grant,
    sharing.GrantEnd,
    sharing.Scope,
    sharing.PauseCause,
    sharing.ShareCause,
    share_machine.ShareState,
    share_machine.GrantState,
    files.Side,
    files.FileEnd,
    file_machine.TransferState,
    working.NudgeMark,
    working.Hurdle,
    screen.Obstacle,
    screen.InputRefusal,
    inputs.Button,
    inputs.Special,
    ErrorCode,
)

_BASES = (
    base.Request,
    base.Fact,
    signals.Signal,
    api.Body,
    api.Answer,
    screen.ScreenMessage,
    screen.WishMessage,
    inputs.InputEvent,
)


class Limit(NamedTuple):
    """One constant of `protocol/limits.py`; `about` is the text that stands under it."""

    name: str
    value: int | float
    about: str


def structs() -> list[StructType]:
    """Every Struct that travels, in the order of the sources, the parts before the wholes."""
    parts: list[type[msgspec.Struct]] = [
        *_defined(queues, tagged=False),
        *_defined(steps, tagged=False),
        facts.Participant,
        share_snapshot.Sharing,
        *_defined(files, tagged=False),
        file_snapshot.Transfer,
        working.Checks,
        snapshot.Snapshot,
        screen.MonitorView,
        inputs.InputBatch,
    ]
    rows = [*_defined(signals, tagged=False)]
    bodies = [
        body
        for module in (api, admin_api, settings_api, site_api, canned_api)
        for body in _defined(module, tagged=False)
    ]
    return struct_types(parts, REQUESTS, FACTS, rows, SIGNALS, NEWS, WISHES, INPUTS, bodies)


def struct_types(
    *groups: "list[type[msgspec.Struct]] | tuple[type[msgspec.Struct], ...]",
) -> list[StructType]:
    """What msgspec knows about each class of the groups."""
    classes = [cls for group in groups for cls in group]
    return [info for info in multi_type_info(classes) if isinstance(info, StructType)]


def is_spoken_by_peers(struct: StructType) -> bool:
    """Whether a page writes this Struct, so that a field with a default may be left out."""
    return issubclass(struct.cls, (base.Request, api.Body, queues.QueueWish, steps.SurveyReply))


def about(cls: type) -> str:
    """The docstring of a class as one line; empty when it only has its base's."""
    return " ".join((cls.__dict__.get("__doc__") or "").split())


def first_sentence(cls: type) -> str:
    """The first paragraph of a class's docstring as one line."""
    return " ".join((cls.__dict__.get("__doc__") or "").split("\n\n")[0].split())


def enum_values(enum: type[StrEnum]) -> list[str]:
    """The values of a string enumeration, in their order."""
    return [str(member.value) for member in enum]


def is_optional(struct: StructType, field: Field) -> bool:
    """Whether a message without `field` is still accepted."""
    return is_spoken_by_peers(struct) and not field.required


def tag(cls: type[msgspec.Struct]) -> str:
    """What a message of this class carries in its field `t`."""
    return str(cls.__struct_config__.tag)


def sentences(language: str) -> dict[str, str]:
    """A text catalogue as it is written, with its fields still open."""
    source = resources.files("protocol") / "texts" / f"{language}.json"
    return msgspec.json.decode(source.read_bytes(), type=dict[str, str])


def all_limits() -> list[Limit]:
    """The constants of `protocol/limits.py` with the text below each."""
    body = ast.parse(inspect.getsource(limits)).body
    found: list[Limit] = []
    for node, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            found.append(Limit(name, getattr(limits, name), _text_of(after)))
    return found


def _text_of(node: ast.stmt | None) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return " ".join(str(node.value.value).split())
    return ""


def _defined(module: ModuleType, *, tagged: bool) -> Iterator[type[msgspec.Struct]]:
    for value in vars(module).values():
        if not (isinstance(value, type) and issubclass(value, msgspec.Struct)):
            continue
        own = value.__module__ == module.__name__ and value not in _BASES
        if own and (value.__struct_config__.tag is not None) is tagged:
            yield value
