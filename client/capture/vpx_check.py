"""Proof that libvpx does what is expected of it, by its own decoder, before it is used."""

import ctypes
from ctypes import byref, c_void_p
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from client.capture import vpx_types as vpx
from client.capture.colour import Planes
from client.capture.vpx import VpxEncoder
from client.capture.vpx_library import Library, VpxFailed, VpxUnavailable

_SIZE = (80, 48)
_LEVEL = 8
_MOST_WRONG = 6
"""Largest mean difference of a plane after a smooth picture was encoded and decoded."""


class VpxDecoder:
    """The library's own decoder: proves what comes out of the encoder."""

    def __init__(self, library: Library) -> None:
        """Raises `VpxFailed`."""
        self._library = library
        self._calls = library.calls
        self._context = vpx.Context()
        self._open = False
        code = self._calls.vpx_codec_dec_init_ver(
            byref(self._context), library.decoder_interface, None, 0, vpx.DECODER_ABI
        )
        library.check(self._context, code)
        self._open = True

    def decode(self, frame: bytes) -> NDArray[np.uint8]:
        """The picture after `frame`: 3 x height x width (Y, Cb, Cr). Raises `VpxFailed`."""
        context = self._context
        code = self._calls.vpx_codec_decode(byref(context), frame, len(frame), None, 0)
        self._library.check(context, code)
        iterator = c_void_p()
        image = self._calls.vpx_codec_get_frame(byref(context), byref(iterator))
        if not image or image[0].fmt != vpx.IMAGE_I444:
            raise VpxFailed("no picture came out, or none in 4:4:4")
        return _planes_of(image[0])

    def close(self) -> None:
        """Give the memory back; a second call does nothing."""
        if self._open:
            self._open = False
            self._calls.vpx_codec_destroy(byref(self._context))


def _planes_of(image: vpx.Image) -> NDArray[np.uint8]:
    planes = np.empty((3, image.d_h, image.d_w), np.uint8)
    for index in range(3):
        row_bytes = image.stride[index]
        stored = ctypes.string_at(image.planes[index], row_bytes * image.d_h)
        rows = np.frombuffer(stored, np.uint8).reshape(image.d_h, row_bytes)
        planes[index] = rows[:, : image.d_w]
    return planes


def open_library(path: Path) -> Library:
    """The library at `path`, after it has encoded and decoded one small picture rightly.

    Raises `VpxUnavailable`.
    """
    library = Library(path)
    try:
        _test(library)
    except VpxFailed as error:
        raise VpxUnavailable(f"self-test: {error}") from None
    return library


def _test(library: Library) -> None:
    planes = Planes(*_SIZE)
    across, down = np.arange(_SIZE[0]), np.arange(_SIZE[1])[:, None]
    planes.y[:] = 40 + across * 2
    planes.u[:] = 60 + down * 2
    planes.v[:] = 90 + across + down
    encoder = VpxEncoder(library, *_SIZE)
    try:
        frame = encoder.encode(planes, None, _LEVEL, key=True)
    finally:
        encoder.close()
    decoder = VpxDecoder(library)
    try:
        seen = decoder.decode(frame)
    finally:
        decoder.close()
    wanted = np.stack((planes.y, planes.u, planes.v)).astype(np.int16)
    if seen.shape != wanted.shape:
        raise VpxFailed(f"a picture of {wanted.shape} became one of {seen.shape}")
    wrong = np.abs(seen - wanted).mean(axis=(1, 2)).max()
    if wrong > _MOST_WRONG:
        raise VpxFailed(f"the picture is wrong by {wrong:.1f}")
