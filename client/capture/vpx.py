"""VP9 and VP8 by libvpx: screen content, without delay.

Settings as measured for screens: constant quality (a level instead of a rate), key frames only
on demand, no lag, an active map of 16x16 blocks. Calls release the interpreter's lock. Objects
belong to one thread at a time.

The active map leaves a block that is not in it as it was, but for up to 8 pixels beside an active
one, which the codec's deblocking filter smooths together with it.
"""

import ctypes
from ctypes import byref, c_int, c_void_p

import numpy as np

from client.capture import vpx_types as vpx
from client.capture.colour import Planes
from client.capture.tiles import Blocks, shape_of
from client.capture.vpx_library import Library, VpxFailed
from client.capture.vpx_types import Control
from protocol.picture import Codec

CPU_USED = {Codec.VP9_444: 9, Codec.VP9_420: 9, Codec.VP8: -8}
"""The quickest that is not much worse: VP9 takes an eighth less time by 9 than by 8, and as many
bytes; VP8 chooses by itself but for numbers below 0."""

START_LEVEL = 24
TICK_MS = 33


class VpxEncoder:
    """A stream of pictures of one size."""

    def __init__(self, library: Library, codec: Codec, width: int, height: int) -> None:
        """Raises `VpxFailed` or `VpxUnavailable`."""
        self._library = library
        self._calls = library.calls
        self._context = vpx.Context()
        self._image = vpx.Image()
        self._codec = codec
        self._size = (width, height)
        self._ticks = 0
        self._open = False
        self._config = config = _configured(library.config(codec), codec, width, height)
        library.check(
            self._context,
            self._calls.vpx_codec_enc_init_ver(
                byref(self._context),
                library.encoder(codec),
                byref(config),
                0,
                vpx.ENCODER_ABI,
            ),
        )
        self._open = True
        for control, value in _controls(codec).items():
            self._control(control, c_int(value))

    def encode(self, planes: Planes, active: Blocks | None, level: int, *, key: bool) -> bytes:
        """One frame of the stream. `active` says which blocks may have changed (None: all, as in
        every key frame), `level` (0 to 63, coarser) how exact they are to be.

        Raises `VpxFailed`.
        """
        self._wrap(planes)
        self._set_level(level)
        self._set_active(None if key else active)
        self._ticks += TICK_MS
        self._library.check(
            self._context,
            self._calls.vpx_codec_encode(
                byref(self._context),
                byref(self._image),
                self._ticks,
                TICK_MS,
                vpx.FORCE_KEY_FRAME if key else 0,
                vpx.REALTIME,
            ),
        )
        return self._taken(key=key)

    def close(self) -> None:
        """Give the memory back; a second call does nothing."""
        if self._open:
            self._open = False
            self._calls.vpx_codec_destroy(byref(self._context))

    def _set_level(self, level: int) -> None:
        """VP8 would follow its rate instead, so it is left no choice."""
        if self._codec is not Codec.VP8:
            self._control(Control.CQ_LEVEL, c_int(level))
        elif level != self._config.rc_max_quantizer:
            self._config.rc_min_quantizer = self._config.rc_max_quantizer = level
            code = self._calls.vpx_codec_enc_config_set(byref(self._context), byref(self._config))
            self._library.check(self._context, code)

    def _wrap(self, planes: Planes) -> None:
        image, (width, height) = self._image, self._size
        y, u, v = planes.y, planes.u, planes.v
        if y.shape != (height, width):
            raise VpxFailed(f"planes are {y.shape}, the stream is {(height, width)}")
        kind = vpx.IMAGE_I444 if self._codec is Codec.VP9_444 else vpx.IMAGE_I420
        wrapped = self._calls.vpx_img_wrap(byref(image), kind, width, height, 1, y.ctypes.data)
        if not wrapped:
            raise VpxFailed("vpx_img_wrap")
        image.cs, image.range = vpx.BT_601, vpx.FULL_RANGE
        for index, plane in enumerate((y, u, v)):
            image.planes[index] = plane.ctypes.data
            image.stride[index] = plane.strides[0]

    def _set_active(self, active: Blocks | None) -> None:
        width, height = self._size
        rows, columns = shape_of(width, height)
        if active is None:
            everywhere = vpx.ActiveMap(None, rows, columns)
            self._control(Control.ACTIVE_MAP, byref(everywhere))
            return
        if active.shape != (rows, columns):
            raise VpxFailed(f"the map is {active.shape}, not {(rows, columns)}")
        bits = np.ascontiguousarray(active).view(np.uint8)
        some = vpx.ActiveMap(bits.ctypes.data, rows, columns)
        self._control(Control.ACTIVE_MAP, byref(some))  # copied by the library

    def _control(self, control: Control, value: object) -> None:
        code = self._calls.vpx_codec_control_(byref(self._context), int(control), value)
        self._library.check(self._context, code)

    def _taken(self, *, key: bool) -> bytes:
        """What came out, at once since there is no lag."""
        iterator = c_void_p()
        found: list[bytes] = []
        while packet := self._calls.vpx_codec_get_cx_data(byref(self._context), byref(iterator)):
            if packet[0].kind == vpx.PACKET_FRAME:
                frame = packet[0].frame
                if bool(frame.flags & vpx.FRAME_IS_KEY) is not key:
                    raise VpxFailed("a key frame where none was asked for, or none where one was")
                found.append(ctypes.string_at(frame.buf, frame.sz))
        if len(found) != 1 or not found[0]:
            raise VpxFailed(f"{len(found)} frames came out")
        return found[0]


def _controls(codec: Codec) -> dict[Control, int]:
    common = {
        Control.CPU_USED: CPU_USED[codec],
        Control.STATIC_THRESHOLD: 0,
    }
    if codec is Codec.VP8:
        return {**common, Control.SCREEN_CONTENT_MODE: 1}
    return {
        **common,
        Control.CQ_LEVEL: START_LEVEL,
        Control.TUNE_CONTENT: vpx.CONTENT_SCREEN,
        Control.AQ_MODE: 0,
        Control.ROW_MT: 0,
        Control.TILE_COLUMNS: 0,
        Control.FRAME_PARALLEL: 0,
        Control.COLOR_SPACE: vpx.BT_601,
        Control.COLOR_RANGE: vpx.FULL_RANGE,
    }


def _configured(
    config: vpx.EncoderConfig, codec: Codec, width: int, height: int
) -> vpx.EncoderConfig:
    config.g_w, config.g_h = width, height
    config.g_threads = 1
    config.g_profile = vpx.PROFILE_444 if codec is Codec.VP9_444 else vpx.PROFILE_420
    config.g_lag_in_frames = 0
    config.g_error_resilient = 0
    config.g_timebase.num, config.g_timebase.den = 1, 1000
    config.rc_end_usage = vpx.RC_VARIABLE if codec is Codec.VP8 else vpx.RC_CONSTANT_QUALITY
    config.rc_min_quantizer, config.rc_max_quantizer = 0, 63
    config.rc_dropframe_thresh = config.rc_resize_allowed = 0
    config.kf_mode = vpx.KEY_FRAMES_ON_DEMAND
    config.kf_min_dist = 0
    config.kf_max_dist = 2**30
    return config
