"""`protocol.d.ts`: an interface for each Struct, a union for each plane, the constants' types."""

from enum import IntEnum
from textwrap import wrap

from msgspec import inspect as shape

from scripts.generate import vocabulary
from scripts.generate.vocabulary import ENUMS, UNIONS

CONSTANTS = """\
export const VERSION: string;
export const PROTOCOL: number;
/** Those that a conversation keeps to; `protocol_more.js` has them all. */
export const LIMITS: {spoken};
/** Those that it has words for; `protocol_more.js` has them all. */
export const CLOSE: {heeded};
/** After these a peer must not try again by itself. */
export const FINAL_CLOSES: readonly number[];
/** By state and role, which requests are legal; a table may stand for some of the roles only. */
export type Legal = Readonly<
  Record<SessionState, Readonly<Partial<Record<Role, readonly RequestTag[]>>>>
>;
/** Which requests of a customer the table allows; `protocol_more.js` has everybody's. */
export const LEGAL: {{ readonly session: Legal }};
export const KEY_DIGITS: number;
export const MARKUP: {{ readonly PATTERN: string; readonly LINK_TAIL: string }};
"""

MORE = """\
import type {{
  ErrorCode,
  GrantState,
  Legal,
  RequestTag,
  Role,
  ShareState,
  Side,
  TransferState,
}} from "./protocol.js";

export const LIMITS: {limits};
export const CLOSE: {closes};
/** Which requests the table SESSION allows, by state and role. */
export const LEGAL: {{ readonly session: Legal }};
export const ERROR_CODES: readonly ErrorCode[];
export const DAMM: readonly string[];
export const JOIN_CODE: {{ readonly ALPHABET: string; readonly CHARS: number }};
interface ChannelOffsets {offsets}
interface ChannelKinds {kinds}
interface ChannelFlags {flags}
export const CHANNEL: {{
  readonly VERSION: number;
  readonly SIZE: number;
  readonly OFFSET: ChannelOffsets;
  readonly KIND: ChannelKinds;
  readonly FLAG: ChannelFlags;
}};
/** Which requests the tables SHARE and GRANT allow, by machine, state and role. */
export const SHARING: {{
  readonly share: Readonly<Record<ShareState, Readonly<Record<Role, readonly RequestTag[]>>>>;
  readonly grant: Readonly<Record<GrantState, Readonly<Record<Role, readonly RequestTag[]>>>>;
}};
/** Which requests the table TRANSFER allows, by state and side. */
export const TRANSFER: Readonly<
  Record<TransferState, Readonly<Record<Exclude<Side, "relay">, readonly RequestTag[]>>>
>;
/** What channel payloads are made of; see `protocol/picture.py` and `protocol/screen.py`. */
export const SCREEN: {{
  readonly CODEC: {{ readonly VP9_444: number; readonly VP9_420: number; readonly VP8: number }};
  readonly CODEC_STRINGS: {{
    readonly VP9_444: string;
    readonly VP9_420: string;
    readonly VP8: string;
  }};
  readonly PIECE: {{
    readonly KEEP: number;
    readonly RECALL: number;
    readonly COPY: number;
    readonly PIXELS: number;
    readonly JPEG: number;
    readonly STREAM: number;
  }};
  readonly PICTURE_BYTES: number;
  readonly PIECE_BYTES: number;
  readonly STREAM_BYTES: number;
  readonly AREA_BYTES: number;
  readonly CURSOR_BYTES: number;
  readonly WHEEL_NOTCH: number;
}};
"""

_SCALARS: dict[type[shape.Type], str] = {
    shape.StrType: "string",
    shape.IntType: "number",
    shape.FloatType: "number",
    shape.BoolType: "boolean",
    shape.NoneType: "null",
}


def declarations(constants: dict[str, dict[str, int | float]]) -> str:
    """The whole file. `constants` are the number tables, by their name."""
    parts = [
        *(_enum(enum.__name__, vocabulary.enum_values(enum)) for enum in ENUMS),
        *(_interface(struct) for struct in vocabulary.structs()),
        *(_union(name, [cls.__name__ for cls in members]) for name, members in UNIONS.items()),
        'export type RequestTag = AnyRequest["t"];\n',
        CONSTANTS.format(**{name: _numbers(table) for name, table in constants.items()}),
    ]
    return "\n".join(parts)


def more(constants: dict[str, dict[str, int | float]]) -> str:
    """The types of `protocol_more.js`."""
    return MORE.format(**{name: _numbers(table) for name, table in constants.items()})


def type_of(kind: shape.Type) -> str:
    """The TypeScript type of an inspected Python type."""
    for python, script in _SCALARS.items():
        if isinstance(kind, python):
            return script
    match kind:
        case shape.EnumType() if issubclass(kind.cls, IntEnum):
            return "number"
        case shape.EnumType() | shape.StructType():
            return kind.cls.__name__
        case shape.VarTupleType():
            return _list(type_of(kind.item_type))
        case shape.DictType():
            return f"Readonly<Record<{type_of(kind.key_type)}, {type_of(kind.value_type)}>>"
        case shape.UnionType():
            return _members(kind)
    raise TypeError(f"no TypeScript for {kind!r}")


def _list(item: str) -> str:
    return f"readonly ({item})[]" if " " in item else f"readonly {item}[]"


def _members(union: shape.UnionType) -> str:
    names = [type_of(member) for member in union.types]
    for alias, classes in UNIONS.items():
        if set(names) == {cls.__name__ for cls in classes}:
            return alias
    return " | ".join(names)


def _enum(name: str, values: list[str]) -> str:
    return _union(name, [f'"{value}"' for value in values])


def _union(name: str, members: list[str]) -> str:
    line = f"export type {name} = {' | '.join(members)};\n"
    if len(line) <= 100:
        return line
    return f"export type {name} =\n" + "\n".join(f"  | {member}" for member in members) + ";\n"


def _interface(struct: shape.StructType) -> str:
    lines = [_comment(vocabulary.about(struct.cls)), f"export interface {struct.cls.__name__} {{"]
    if struct.tag_field:
        lines.append(f'  readonly {struct.tag_field}: "{struct.tag}";')
    for field in struct.fields:
        mark = "?" if vocabulary.is_optional(struct, field) else ""
        lines.append(f"  readonly {field.encode_name}{mark}: {type_of(field.type)};")
    return "\n".join([line for line in lines if line] + ["}\n"])


def _comment(text: str) -> str:
    if len(text) <= 92:
        return f"/** {text} */" if text else ""
    body = "\n".join(f" * {line}" for line in wrap(text, 96))
    return f"/**\n{body}\n */"


def _numbers(table: dict[str, int | float]) -> str:
    rows = "".join(f"\n  readonly {name}: number;" for name in table)
    return f"{{{rows}\n}}"
