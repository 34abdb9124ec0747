"""Streams: they begin grey, and hold what was put into them and nothing else."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from client.capture.codecs import Codecs
from client.capture.encoder import EncodingFailed, StreamEncoder
from client.capture.tiles import shape_of
from client.capture.vpx_check import VpxDecoder
from client.capture.vpx_file import vpx_file
from client.capture.vpx_library import Library
from protocol.picture import Codec
from tests.client.capture.pages import page, psnr, rgb

SIZE = (641, 363)


@pytest.fixture(params=Codec)
def codec(request: pytest.FixtureRequest) -> Codec:
    found: Codec = request.param
    return found


@pytest.fixture
def encoder(library: Library, codec: Codec) -> Iterator[StreamEncoder]:
    with closing(StreamEncoder(library, codec, *SIZE)) as made:
        yield made


@pytest.fixture
def decoder(library: Library, codec: Codec) -> Iterator[VpxDecoder]:
    with closing(VpxDecoder(library, codec)) as made:
        yield made


def test_a_stream_begins_grey_and_small(encoder: StreamEncoder, decoder: VpxDecoder) -> None:
    begun = encoder.begin()
    assert len(begun) < 2000
    assert np.abs(rgb(decoder.decode(begun)).astype(int) - 128).max() <= 1


def test_blocks_that_were_never_in_it_come_into_it(
    encoder: StreamEncoder, decoder: VpxDecoder
) -> None:
    picture, blocks = page(*SIZE), np.zeros(shape_of(*SIZE), bool)
    blocks[4:12, 5:20] = True
    decoder.decode(encoder.begin())
    decoder.decode(encoder.encode(picture, blocks, 24))
    seen = decoder.decode(encoder.encode(picture, blocks, 8))
    assert psnr(seen[0][64:192, 80:320], rgb_to_y(picture)[64:192, 80:320]) > 36
    far = rgb(seen)[220:, 340:]
    assert np.abs(far.astype(int) - 128).max() <= 1


def rgb_to_y(picture: np.ndarray) -> np.ndarray:
    blue, green, red = (picture[..., index].astype(float) for index in range(3))
    light: np.ndarray = 0.299 * red + 0.587 * green + 0.114 * blue
    return light


def test_after_a_second_beginning_nothing_of_the_first_is_left(
    encoder: StreamEncoder, decoder: VpxDecoder
) -> None:
    decoder.decode(encoder.begin())
    everywhere = np.ones(shape_of(*SIZE), bool)
    decoder.decode(encoder.encode(page(*SIZE), everywhere, 30))
    assert np.abs(rgb(decoder.decode(encoder.begin())).astype(int) - 128).max() <= 1
    nothing = np.zeros(shape_of(*SIZE), bool)
    seen = decoder.decode(encoder.encode(page(*SIZE), nothing, 30))
    assert np.abs(rgb(seen).astype(int) - 128).max() <= 1


def test_all_three_can_be_encoded_here() -> None:
    codecs = Codecs(vpx_file())
    assert [one for one in Codec if codecs.available(one)] == list(Codec)


def test_a_codec_that_has_failed_is_not_offered_again(caplog: pytest.LogCaptureFixture) -> None:
    codecs = Codecs(vpx_file())
    codecs.give_up(Codec.VP9_444, "it broke")
    assert not codecs.available(Codec.VP9_444)
    assert codecs.available(Codec.VP9_420)
    assert "it broke" in caplog.text


def test_without_a_library_there_is_none(tmp_path: Path) -> None:
    for path in (None, tmp_path / "libvpx.so"):
        codecs = Codecs(path)
        assert not any(codecs.available(one) for one in Codec)
        with pytest.raises(EncodingFailed):
            codecs.encoder(Codec.VP8, 16, 16)


def test_a_picture_of_another_size_is_refused(encoder: StreamEncoder) -> None:
    encoder.begin()
    with pytest.raises(EncodingFailed):
        encoder.encode(page(*SIZE), np.ones((3, 3), bool), 24)
