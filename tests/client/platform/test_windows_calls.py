"""Structures and calls of Windows, as far as they can be judged on any system."""

import ast
import ctypes
from pathlib import Path

import pytest

from client.platform import windows
from client.platform.windows import structures as s
from client.platform.windows.api import FUNCTIONS, decoded
from client.session.geometry import Rect

SOURCES = sorted(Path(windows.__file__).parent.glob("*.py"))
SEE_PIXELS = "SetThreadDpiAwarenessContext"
"""Called in `api.py` itself."""


@pytest.mark.parametrize(
    ("structure", "size"),
    [
        (s.Point, 8),
        (s.RectStruct, 16),
        (s.MonitorInfo, 104),
        (s.CursorInfo, 24),
        (s.IconInfo, 32),
        (s.Bitmap, 32),
        (s.BitmapHeader, 52),
        (s.RegionHeader, 32),
        (s.MouseInput, 32),
        (s.KeyInput, 24),
        (s.Input, 40),
        (s.RawDevice, 16),
        (s.RawHeader, 24),
        (s.RawMouse, 48),
        (s.Message, 48),
        (s.MandatoryLabel, 16),
    ],
)
def test_structures_have_the_size_they_have_on_64_bit_windows(
    structure: type[ctypes.Structure], size: int
) -> None:
    assert ctypes.sizeof(structure) == size


@pytest.mark.parametrize(
    ("structure", "field", "offset"),
    [
        (s.Input, "what", 8),
        (s.MouseInput, "extra", 24),
        (s.KeyInput, "extra", 16),
        (s.RawMouse, "flags", 24),
        (s.RawMouse, "buttons", 28),
        (s.RawMouse, "dx", 36),
        (s.RawMouse, "extra", 44),
        (s.MonitorInfo, "device", 40),
        (s.CursorInfo, "place", 16),
        (s.IconInfo, "mask", 16),
        (s.BitmapHeader, "colours", s.HEADER_BYTES),
        (s.SessionInfo, "session", 8),
        (s.SessionInfo, "flags", 16),
    ],
)
def test_fields_are_where_windows_has_them(
    structure: type[ctypes.Structure], field: str, offset: int
) -> None:
    assert getattr(structure, field).offset == offset


def test_a_rectangle_turned_inside_out_holds_nothing() -> None:
    assert s.RectStruct(10, 20, 110, 50).rect() == Rect(10, 20, 100, 30)
    assert not s.RectStruct(10, 20, 5, 5).rect()


def test_half_a_surrogate_pair_is_no_error() -> None:
    assert decoded("Grüße 😀".encode("utf-16-le")) == "Grüße 😀"
    assert decoded(b"\x3d\xd8") == "\N{REPLACEMENT CHARACTER}"


def calls() -> list[tuple[str, str, list[ast.expr]]]:
    """Every `call(name, …)` in the sources, with its arguments. A pair `*(a, b)` counts as two, a
    name with a star as what was put into it just before."""
    found = []
    for file in SOURCES:
        for function in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            put = {
                target.id: node.value
                for node in ast.walk(function)
                if isinstance(node, ast.Assign)
                for target in node.targets
                if isinstance(target, ast.Name)
            }
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "call":
                    given = [part for one in node.args for part in spread(one, put)]
                    if isinstance(given[0], ast.Constant):
                        found.append((file.name, str(given[0].value), given[1:]))
    return found


def spread(argument: ast.expr, put: dict[str, ast.expr]) -> list[ast.expr]:
    if not isinstance(argument, ast.Starred):
        return [argument]
    value = argument.value
    if isinstance(value, ast.Name):
        value = put[value.id]
    assert isinstance(value, ast.Tuple), ast.dump(value)
    return value.elts


def test_every_call_has_as_many_arguments_as_the_function_takes() -> None:
    found = calls()
    assert len(found) > 40
    wrong = [
        (file, name, len(given))
        for file, name, given in found
        if len(given) != len(FUNCTIONS[name][2])
    ]
    assert wrong == []


def test_every_function_in_the_table_is_called() -> None:
    text = "".join(file.read_text("utf-8") for file in SOURCES if file.name != "api.py")
    assert [name for name in FUNCTIONS if f'"{name}"' not in text] == [SEE_PIXELS]
