"""libvpx, opened through ctypes and found to be exactly the version its structures are known of."""

import ctypes
from ctypes import POINTER, byref, c_char_p, c_int, c_int64, c_long, c_uint, c_ulong, c_void_p
from pathlib import Path
from typing import Any

from client.capture import vpx_types as vpx
from protocol.picture import Codec


class VpxUnavailable(Exception):
    """The library cannot be used; the text is for the log."""


class VpxFailed(Exception):
    """The library refused a call; the text is for the log."""


class Library:
    """libvpx, opened and found to be exactly the version this binding is made for."""

    def __init__(self, path: Path) -> None:
        """Raises `VpxUnavailable`."""
        try:
            self.calls = ctypes.CDLL(str(path))
            self._declare(self.calls)
        except (OSError, AttributeError) as error:
            raise VpxUnavailable(f"{path.name}: {error}") from None
        version = self.calls.vpx_codec_version_str()
        if version != vpx.VERSION:
            raise VpxUnavailable(f"{path.name} is libvpx {version!r}, not {vpx.VERSION!r}")
        self._encoders = {True: self.calls.vpx_codec_vp8_cx(), False: self.calls.vpx_codec_vp9_cx()}
        self._decoders = {True: self.calls.vpx_codec_vp8_dx(), False: self.calls.vpx_codec_vp9_dx()}
        for codec in Codec:
            self.config(codec)

    @staticmethod
    def _declare(calls: Any) -> None:
        """Types of everything that is called. The variadic control needs those of its fixed part:
        on Apple's arm64 variadic arguments travel otherwise than fixed ones."""
        pointers = (
            "vpx_codec_vp8_cx",
            "vpx_codec_vp8_dx",
            "vpx_codec_vp9_cx",
            "vpx_codec_vp9_dx",
            "vpx_img_wrap",
        )
        for name in pointers:
            getattr(calls, name).restype = c_void_p
        for name in ("vpx_codec_version_str", "vpx_codec_error", "vpx_codec_error_detail"):
            getattr(calls, name).restype = c_char_p
        context = POINTER(vpx.Context)
        calls.vpx_codec_error.argtypes = [context]
        calls.vpx_codec_error_detail.argtypes = [context]
        calls.vpx_codec_destroy.argtypes = [context]
        calls.vpx_codec_control_.argtypes = [context, c_int]
        calls.vpx_img_wrap.argtypes = [POINTER(vpx.Image), c_int, c_uint, c_uint, c_uint, c_void_p]
        config = POINTER(vpx.EncoderConfig)
        calls.vpx_codec_enc_config_default.argtypes = [c_void_p, config, c_uint]
        calls.vpx_codec_enc_config_set.argtypes = [context, config]
        calls.vpx_codec_enc_init_ver.argtypes = [context, c_void_p, config, c_long, c_int]
        calls.vpx_codec_encode.argtypes = [
            *(context, POINTER(vpx.Image), c_int64, c_ulong, c_long, c_ulong)
        ]
        calls.vpx_codec_get_cx_data.argtypes = [context, POINTER(c_void_p)]
        calls.vpx_codec_get_cx_data.restype = POINTER(vpx.Packet)
        small = POINTER(vpx.DecoderConfig)
        calls.vpx_codec_dec_init_ver.argtypes = [context, c_void_p, small, c_long, c_int]
        calls.vpx_codec_decode.argtypes = [context, c_char_p, c_uint, c_void_p, c_long]
        calls.vpx_codec_get_frame.argtypes = [context, POINTER(c_void_p)]
        calls.vpx_codec_get_frame.restype = POINTER(vpx.Image)

    def encoder(self, codec: Codec) -> int:
        """The interface of its encoder."""
        return int(self._encoders[codec is Codec.VP8])

    def decoder(self, codec: Codec) -> int:
        """The interface of its decoder."""
        return int(self._decoders[codec is Codec.VP8])

    def config(self, codec: Codec) -> vpx.EncoderConfig:
        """The defaults of the encoder. Raises `VpxUnavailable` when they are not those known."""
        config = vpx.EncoderConfig()
        code = self.calls.vpx_codec_enc_config_default(self.encoder(codec), byref(config), 0)
        known = vpx.VP8_DEFAULTS if codec is Codec.VP8 else vpx.DEFAULTS
        found = {name: getattr(config, name) for name in known}
        if code or found != known or config.g_timebase.den != 30:
            raise VpxUnavailable(f"libvpx has unknown defaults ({code}): {found}")
        return config

    def check(self, context: vpx.Context, code: int) -> None:
        """Raises `VpxFailed` when a call returned something else than 0."""
        if code:
            said = (
                self.calls.vpx_codec_error(byref(context)),
                self.calls.vpx_codec_error_detail(byref(context)),
            )
            words = " ".join(one.decode("ascii", "replace") for one in said if one)
            raise VpxFailed(f"libvpx {code}: {words}")
