"""JPEG rectangles: everything that changed, decoded again by the same library."""

import numpy as np
import pytest
import simplejpeg

from client.capture import jpeg
from client.capture.jpeg import JpegEncoder
from client.capture.quality import Level
from client.capture.tiles import shape_of
from protocol import limits
from protocol.screen import PICTURE_HEAD_BYTES, TILE_HEAD_BYTES, tile_head
from tests.client.capture.pages import page, psnr


def drawn(payload: bytes, picture: np.ndarray) -> np.ndarray:
    """`picture` after the rectangles have been drawn over it, as a viewer does."""
    result, offset = picture.copy(), 0
    while offset < len(payload):
        head = tile_head(payload, offset)
        offset += TILE_HEAD_BYTES
        tile = simplejpeg.decode_jpeg(payload[offset : offset + head.size], "BGRA")
        assert tile.shape[:2] == (head.height, head.width)
        result[head.y : head.y + head.height, head.x : head.x + head.width] = tile
        offset += head.size
    assert offset == len(payload)
    return result


@pytest.mark.parametrize("size", [(640, 360), (1281, 721), (5, 3)])
def test_a_key_frame_holds_everything(size: tuple[int, int]) -> None:
    picture = page(*size)
    nothing = np.zeros(shape_of(*size), bool)
    payload = JpegEncoder(*size).encode(picture, nothing, Level.FINE, key=True)
    seen = drawn(payload, np.zeros_like(picture))
    assert psnr(seen[..., :3], picture[..., :3]) > 38


def test_only_what_changed_is_sent() -> None:
    before, now = page(640, 360), page(640, 360, seed=2)
    blocks = np.zeros(shape_of(640, 360), bool)
    blocks[3:5, 7:9] = blocks[22, 39] = True
    payload = JpegEncoder(640, 360).encode(now, blocks, Level.GOOD, key=False)
    seen = drawn(payload, before)
    inside = np.repeat(np.repeat(blocks, 16, 0), 16, 1)[:360]
    assert (seen[~inside] == before[~inside]).all()
    assert psnr(seen[inside][:, :3], now[inside][:, :3]) > 30
    assert len(payload) < 5000


def test_coarse_is_smaller_and_rough_smaller_still() -> None:
    picture, blocks = page(640, 360), np.ones(shape_of(640, 360), bool)
    encoder = JpegEncoder(640, 360)
    sizes = [
        len(encoder.encode(picture, blocks, level, key=False))
        for level in (Level.FINE, Level.GOOD, Level.COARSE, Level.ROUGH)
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 4


def test_a_frame_is_never_larger_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (360, 640, 4)).astype(np.uint8)
    encoder, all_blocks = JpegEncoder(640, 360), np.ones(shape_of(640, 360), bool)
    whole = len(encoder.encode(noise, all_blocks, Level.GOOD, key=True))
    assert jpeg.MOST_BYTES + PICTURE_HEAD_BYTES == limits.FRAME_BYTES
    monkeypatch.setattr(jpeg, "MOST_BYTES", whole // 2)
    smaller = encoder.encode(noise, all_blocks, Level.GOOD, key=True)
    assert len(smaller) <= whole // 2
    drawn(smaller, noise)
