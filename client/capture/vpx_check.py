"""Proof that libvpx does what is expected of it, by its own decoder, before it is used."""

import ctypes
from ctypes import byref, c_void_p

import numpy as np
from numpy.typing import NDArray

from client.capture import vpx_types as vpx
from client.capture.colour import Planes
from client.capture.vpx import VpxEncoder
from client.capture.vpx_library import Library, VpxFailed
from protocol.picture import Codec

_SIZE = (80, 48)
_LEVEL = 8
_MOST_WRONG = 6
"""Largest mean difference of a plane after a smooth picture was encoded and decoded."""


class VpxDecoder:
    """The library's own decoder: proves what comes out of the encoder."""

    def __init__(self, library: Library, codec: Codec) -> None:
        """Raises `VpxFailed`."""
        self._format = vpx.IMAGE_I444 if codec is Codec.VP9_444 else vpx.IMAGE_I420
        self._library = library
        self._calls = library.calls
        self._context = vpx.Context()
        self._open = False
        code = self._calls.vpx_codec_dec_init_ver(
            byref(self._context), library.decoder(codec), None, 0, vpx.DECODER_ABI
        )
        library.check(self._context, code)
        self._open = True

    def decode(self, frame: bytes) -> NDArray[np.uint8]:
        """The picture after `frame`: 3 x height x width (Y, Cb, Cr; where the stream has half of
        them each way, each stands for four). Raises `VpxFailed`."""
        context = self._context
        code = self._calls.vpx_codec_decode(byref(context), frame, len(frame), None, 0)
        self._library.check(context, code)
        iterator = c_void_p()
        image = self._calls.vpx_codec_get_frame(byref(context), byref(iterator))
        if not image or image[0].fmt != self._format:
            raise VpxFailed("no picture came out, or none as it should be")
        return _planes_of(image[0])

    def close(self) -> None:
        """Give the memory back; a second call does nothing."""
        if self._open:
            self._open = False
            self._calls.vpx_codec_destroy(byref(self._context))


def _planes_of(image: vpx.Image) -> NDArray[np.uint8]:
    height, width = image.d_h, image.d_w
    planes = np.empty((3, height, width), np.uint8)
    for index in range(3):
        each = 1 << image.y_chroma_shift if index else 1
        row_bytes, count = image.stride[index], -(-height // each)
        stored = ctypes.string_at(image.planes[index], row_bytes * count)
        rows = np.frombuffer(stored, np.uint8).reshape(count, row_bytes)[:, : -(-width // each)]
        planes[index] = rows.repeat(each, axis=0).repeat(each, axis=1)[:height, :width]
    return planes


def check(library: Library, codec: Codec) -> None:
    """That a codec encodes and decodes one small picture rightly. Raises `VpxFailed`."""
    planes = Planes(*_SIZE, codec)
    across, down = np.arange(_SIZE[0]), np.arange(_SIZE[1])[:, None]
    smooth = (40 + across * 2 + 0 * down, 60 + down * 2 + 0 * across, 90 + across + down)
    for plane, values in zip((planes.y, planes.u, planes.v), smooth, strict=True):
        each = _SIZE[0] // plane.shape[1]
        plane[:] = values[::each, ::each]
    encoder = VpxEncoder(library, codec, *_SIZE)
    try:
        frame = encoder.encode(planes, None, _LEVEL, key=True)
    finally:
        encoder.close()
    decoder = VpxDecoder(library, codec)
    try:
        seen = decoder.decode(frame)
    finally:
        decoder.close()
    wanted = np.stack(smooth).astype(np.int16)
    if seen.shape != wanted.shape:
        raise VpxFailed(f"a picture of {wanted.shape} became one of {seen.shape}")
    wrong = np.abs(seen - wanted).mean(axis=(1, 2)).max()
    if wrong > _MOST_WRONG:
        raise VpxFailed(f"the picture is wrong by {wrong:.1f}")
