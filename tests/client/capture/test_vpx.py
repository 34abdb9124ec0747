"""VP9 and VP8 by the real libvpx, proven by the library's own decoder."""

import ctypes.util
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from client.capture import vpx_types
from client.capture.codecs import Codecs
from client.capture.colour import Planes
from client.capture.tiles import BLOCK, Blocks, shape_of
from client.capture.vpx import VpxEncoder
from client.capture.vpx_check import VpxDecoder
from client.capture.vpx_file import vpx_file
from client.capture.vpx_library import Library, VpxFailed, VpxUnavailable
from client.session.geometry import Rect
from protocol.picture import Codec
from tests.client.capture.pages import page, psnr, rgb

FILTER = 8
"""Pixels beside an active block that the deblocking filter may touch."""


class Bench:
    """An encoder, its decoder, and the picture between them."""

    def __init__(self, library: Library, width: int, height: int, codec: Codec) -> None:
        self.size = (width, height)
        self.planes = Planes(width, height, codec)
        self.encoder = VpxEncoder(library, codec, width, height)
        self.decoder = VpxDecoder(library, codec)
        self.show(page(width, height))

    def show(self, picture: np.ndarray) -> None:
        self.picture = picture
        self.planes.take(picture, [Rect(0, 0, *self.size)])

    def frame(self, level: int, active: Blocks | None = None, *, key: bool = False) -> np.ndarray:
        """What the viewer sees after one more frame."""
        return self.decoder.decode(self.encoder.encode(self.planes, active, level, key=key))

    def blocks(self) -> Blocks:
        return np.zeros(shape_of(*self.size), bool)

    def close(self) -> None:
        self.encoder.close()
        self.decoder.close()


Benches = Callable[..., Bench]


@pytest.fixture
def bench(library: Library) -> Iterator[Benches]:
    made: list[Bench] = []

    def make(width: int, height: int, codec: Codec = Codec.VP9_444) -> Bench:
        made.append(Bench(library, width, height, codec))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.mark.parametrize("size", [(640, 360), (641, 363), (17, 33), (1, 1), (1366, 768)])
def test_text_is_true_to_more_than_40_db_in_any_size(bench: Benches, size: tuple[int, int]) -> None:
    stream = bench(*size)
    stream.frame(40, key=True)
    stream.frame(24)
    seen = stream.frame(8)
    assert seen.shape == (3, size[1], size[0])
    assert psnr(seen[0], stream.planes.y) > 40
    assert psnr(rgb(seen), stream.picture[..., 2::-1]) > 40


@pytest.mark.parametrize("codec", [Codec.VP9_420, Codec.VP8])
@pytest.mark.parametrize("size", [(640, 360), (641, 363), (17, 33), (1, 1), (1366, 768)])
def test_half_the_colours_keep_all_of_the_brightness(
    bench: Benches, size: tuple[int, int], codec: Codec
) -> None:
    stream = bench(*size, codec)
    stream.frame(40, key=True)
    stream.frame(24)
    seen = stream.frame(8)
    assert seen.shape == (3, size[1], size[0])
    assert psnr(seen[0], stream.planes.y) > 38


@pytest.mark.parametrize("codec", Codec)
def test_levels_refine_one_stream(bench: Benches, codec: Codec) -> None:
    stream = bench(640, 360, codec)
    quality = [psnr(stream.frame(level, key=level == 56)[0], stream.planes.y) for level in (56, 40)]
    quality += [psnr(stream.frame(level)[0], stream.planes.y) for level in (24, 8)]
    assert quality == sorted(quality)
    assert quality[-1] > quality[0] + 10


@pytest.mark.parametrize("codec", Codec)
def test_colours_are_those_of_the_screen(bench: Benches, codec: Codec) -> None:
    stream = bench(64, 64, codec)
    for colour in ((255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0), (200, 90, 7)):
        picture = np.zeros((64, 64, 4), np.uint8)
        picture[..., :3] = colour[::-1]
        stream.show(picture)
        seen = rgb(stream.frame(8, key=True))
        assert np.abs(seen.astype(int) - colour).max() <= 3


def test_only_active_blocks_change(bench: Benches) -> None:
    stream = bench(640, 360)
    before = [stream.frame(level, key=level == 40) for level in (40, 24, 8)][-1]
    active = stream.blocks()
    active[4:6, 10:15] = active[20, 3] = True
    stream.show(page(640, 360, seed=2))
    after = stream.frame(24, active)
    inside = np.repeat(np.repeat(active, BLOCK, 0), BLOCK, 1)[:360]
    near = inside.copy()
    for axis in (0, 1):
        rolled = [np.roll(near, step, axis) for step in range(-FILTER, FILTER + 1)]
        near = np.any(rolled, axis=0)
    assert (after[:, ~near] == before[:, ~near]).all()
    assert np.abs(after.astype(int) - before)[:, near & ~inside].max() < 16
    assert psnr(after[0][inside], stream.planes.y[inside]) > 34
    assert psnr(before[0][inside], stream.planes.y[inside]) < 25


def test_a_small_change_is_small(bench: Benches) -> None:
    stream = bench(640, 360)
    stream.frame(24, key=True)
    active = stream.blocks()
    active[5, 5] = True
    stream.planes.y[80:96, 80:96] ^= 0x40
    assert len(stream.encoder.encode(stream.planes, active, 24, key=False)) < 500
    assert len(stream.encoder.encode(stream.planes, stream.blocks(), 24, key=False)) < 100


def test_key_frames_come_on_demand_and_never_else(library: Library, bench: Benches) -> None:
    stream = bench(64, 48)
    for number in range(400):
        stream.show(page(64, 48, seed=number))
        stream.frame(24, key=number in (0, 150))
    with closing(VpxDecoder(library, Codec.VP9_444)) as fresh:
        data = stream.encoder.encode(stream.planes, None, 8, key=True)
        assert psnr(fresh.decode(data)[0], stream.planes.y) > 35


def test_a_fresh_decoder_begins_only_with_a_key_frame(library: Library, bench: Benches) -> None:
    stream = bench(64, 48)
    stream.frame(24, key=True)
    with closing(VpxDecoder(library, Codec.VP9_444)) as fresh, pytest.raises(VpxFailed):
        fresh.decode(stream.encoder.encode(stream.planes, None, 24, key=False))


def test_planes_of_another_size_are_refused(bench: Benches) -> None:
    stream = bench(64, 48)
    stream.planes = Planes(48, 64, Codec.VP9_444)
    with pytest.raises(VpxFailed, match="planes"):
        stream.frame(24, key=True)


def test_a_map_of_another_size_is_refused(bench: Benches) -> None:
    stream = bench(64, 48)
    stream.frame(24, key=True)
    with pytest.raises(VpxFailed, match="map"):
        stream.frame(24, np.ones((4, 3), bool))


@pytest.mark.parametrize("size", [(0, 10), (70_000, 10)])
def test_impossible_sizes_are_refused(library: Library, size: tuple[int, int]) -> None:
    with pytest.raises(VpxFailed):
        VpxEncoder(library, Codec.VP9_444, *size)


def test_closing_twice_is_no_harm(library: Library) -> None:
    encoder = VpxEncoder(library, Codec.VP9_444, 16, 16)
    encoder.close()
    encoder.close()


def test_rubbish_is_not_decoded(library: Library) -> None:
    with closing(VpxDecoder(library, Codec.VP9_444)) as decoder, pytest.raises(VpxFailed):
        decoder.decode(b"\xff" * 100)


def test_what_is_no_library_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "libvpx.so").write_bytes(b"not a library")
    with pytest.raises(VpxUnavailable, match=r"libvpx\.so"):
        Library(tmp_path / "libvpx.so")
    with pytest.raises(VpxUnavailable):
        Library(tmp_path / "none.so")


def test_a_library_without_the_codec_is_unavailable(tmp_path: Path) -> None:
    other = ctypes.util.find_library("m")
    assert other is not None
    with pytest.raises(VpxUnavailable, match="undefined symbol"):
        Library(Path(other))


@pytest.mark.parametrize(
    ("name", "other"), [("VERSION", b"v1.15.0"), ("ENCODER_ABI", 38), ("DECODER_ABI", 11)]
)
@pytest.mark.parametrize("codec", Codec)
def test_another_version_is_not_offered(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, other: object, codec: Codec
) -> None:
    """What a library of another version would meet: the numbers do not agree."""
    path = vpx_file()
    assert path is not None
    monkeypatch.setattr(vpx_types, name, other)
    assert not Codecs(Path(shutil.copy(path, tmp_path))).available(codec)


def test_a_field_in_another_place_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    path = vpx_file()
    assert path is not None
    monkeypatch.setitem(vpx_types.DEFAULTS, "kf_max_dist", 9999)
    with pytest.raises(VpxUnavailable, match="defaults"):
        Library(path)
