"""Any value of any Struct of the protocol, for hypothesis; read from the Structs themselves."""

import re

import msgspec
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from msgspec import inspect as shape

from protocol.requests import AnyRequest
from scripts.generate import vocabulary

STRUCTS: list[shape.StructType] = vocabulary.structs()
BY_NAME: dict[str, type[msgspec.Struct]] = {info.cls.__name__: info.cls for info in STRUCTS}


def any_of(cls: type[msgspec.Struct]) -> SearchStrategy[msgspec.Struct]:
    """Values of one class that its own schema accepts."""
    info = msgspec.inspect.type_info(cls)
    assert isinstance(info, shape.StructType)
    return _struct(info)


def any_request() -> SearchStrategy[AnyRequest]:
    """Any request at all."""
    return st.one_of(*(any_of(cls) for cls in vocabulary.REQUESTS))


def _struct(info: shape.StructType) -> SearchStrategy[msgspec.Struct]:
    fields = {field.name: _value(field.type) for field in info.fields}
    return st.builds(info.cls, **fields)


def _value(kind: shape.Type) -> SearchStrategy[object]:
    match kind:
        case shape.StrType():
            return _text(kind)
        case shape.IntType():
            return st.integers(kind.ge if kind.ge is not None else 0, kind.le or 2**53)
        case shape.BoolType():
            return st.booleans()
        case shape.NoneType():
            return st.none()
        case shape.EnumType():
            return st.sampled_from(kind.cls)
        case shape.StructType():
            return _struct(kind)
        case shape.VarTupleType():
            least = kind.min_length or 0
            return st.lists(_value(kind.item_type), min_size=least, max_size=3).map(tuple)
        case shape.DictType():
            return st.dictionaries(_value(kind.key_type), _value(kind.value_type), max_size=3)
        case shape.UnionType():
            return st.one_of(*(_value(member) for member in kind.types))
    raise TypeError(f"no values for {kind!r}")


def _text(kind: shape.StrType) -> SearchStrategy[str]:
    if kind.pattern and kind.pattern.startswith("^"):
        return st.from_regex(kind.pattern, fullmatch=True)
    texts = st.text(min_size=kind.min_length or 0, max_size=min(kind.max_length or 60, 60))
    if kind.pattern is None:
        return texts
    return texts.filter(re.compile(kind.pattern).search)
