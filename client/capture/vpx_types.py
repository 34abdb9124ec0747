"""Structures and numbers of libvpx 1.16.0, from its headers `vpx/*.h`; layouts of C.

Nothing here is valid for another version: `client.capture.vpx` checks it before it is used.
"""

import ctypes
from ctypes import Structure, c_char, c_int, c_int64, c_size_t, c_uint, c_uint32, c_ulong, c_void_p
from enum import IntEnum

VERSION = b"v1.16.0"

IMAGE_ABI = 5
CODEC_ABI = 4 + IMAGE_ABI
EXTERNAL_RATE_CONTROL_ABI = 12
ENCODER_ABI = 18 + CODEC_ABI + EXTERNAL_RATE_CONTROL_ABI
DECODER_ABI = 3 + CODEC_ABI

IMAGE_I420 = 0x102
IMAGE_I444 = 0x106
RC_VARIABLE, RC_CONSTANT_QUALITY = 0, 3
KEY_FRAMES_AUTOMATIC = 1
KEY_FRAMES_ON_DEMAND = 0
FORCE_KEY_FRAME = 1
REALTIME = 1
PACKET_FRAME = 0
FRAME_IS_KEY = 1
PROFILE_420, PROFILE_444 = 0, 1
BT_601 = 1
FULL_RANGE = 1


class Control(IntEnum):
    """Arguments of `vpx_codec_control_`."""

    ACTIVE_MAP = 9
    CPU_USED = 13
    STATIC_THRESHOLD = 17
    CQ_LEVEL = 25
    SCREEN_CONTENT_MODE = 31
    TILE_COLUMNS = 33
    FRAME_PARALLEL = 35
    AQ_MODE = 36
    TUNE_CONTENT = 43
    COLOR_SPACE = 46
    COLOR_RANGE = 51
    ROW_MT = 55


CONTENT_SCREEN = 1


class Rational(Structure):
    _fields_ = [("num", c_int), ("den", c_int)]


class FixedBuffer(Structure):
    _fields_ = [("buf", c_void_p), ("sz", c_size_t)]


class EncoderConfig(Structure):
    """vpx_codec_enc_cfg_t up to `kf_max_dist`; layers, which we do not use, follow."""

    _fields_ = [
        ("g_usage", c_uint),
        ("g_threads", c_uint),
        ("g_profile", c_uint),
        ("g_w", c_uint),
        ("g_h", c_uint),
        ("g_bit_depth", c_int),
        ("g_input_bit_depth", c_uint),
        ("g_timebase", Rational),
        ("g_error_resilient", c_uint32),
        ("g_pass", c_int),
        ("g_lag_in_frames", c_uint),
        ("rc_dropframe_thresh", c_uint),
        ("rc_resize_allowed", c_uint),
        ("rc_scaled_width", c_uint),
        ("rc_scaled_height", c_uint),
        ("rc_resize_up_thresh", c_uint),
        ("rc_resize_down_thresh", c_uint),
        ("rc_end_usage", c_int),
        ("rc_twopass_stats_in", FixedBuffer),
        ("rc_firstpass_mb_stats_in", FixedBuffer),
        ("rc_target_bitrate", c_uint),
        ("rc_min_quantizer", c_uint),
        ("rc_max_quantizer", c_uint),
        ("rc_undershoot_pct", c_uint),
        ("rc_overshoot_pct", c_uint),
        ("rc_buf_sz", c_uint),
        ("rc_buf_initial_sz", c_uint),
        ("rc_buf_optimal_sz", c_uint),
        ("rc_2pass_vbr_bias_pct", c_uint),
        ("rc_2pass_vbr_minsection_pct", c_uint),
        ("rc_2pass_vbr_maxsection_pct", c_uint),
        ("rc_2pass_vbr_corpus_complexity", c_uint),
        ("kf_mode", c_int),
        ("kf_min_dist", c_uint),
        ("kf_max_dist", c_uint),
        ("layers", c_char * 4096),
    ]


DEFAULTS = {
    "g_usage": 0,
    "g_profile": 0,
    "g_w": 320,
    "g_h": 240,
    "g_bit_depth": 8,
    "g_input_bit_depth": 8,
    "rc_target_bitrate": 256,
    "rc_min_quantizer": 0,
    "rc_max_quantizer": 63,
    "rc_buf_sz": 6000,
    "rc_buf_initial_sz": 4000,
    "rc_buf_optimal_sz": 5000,
    "rc_2pass_vbr_bias_pct": 50,
    "rc_2pass_vbr_maxsection_pct": 2000,
    "kf_mode": KEY_FRAMES_AUTOMATIC,
    "kf_min_dist": 0,
    "kf_max_dist": 128,
}
"""What `vpx_codec_enc_config_default` fills in: if a field had moved, one would differ."""

VP8_DEFAULTS = {**DEFAULTS, "rc_min_quantizer": 4, "rc_2pass_vbr_maxsection_pct": 400}
"""Where VP8's are others than VP9's."""


class DecoderConfig(Structure):
    _fields_ = [("threads", c_uint), ("w", c_uint), ("h", c_uint)]


class Context(Structure):
    """vpx_codec_ctx_t."""

    _fields_ = [
        ("name", c_void_p),
        ("iface", c_void_p),
        ("err", c_int),
        ("err_detail", c_void_p),
        ("init_flags", ctypes.c_long),
        ("config", c_void_p),
        ("priv", c_void_p),
    ]


class Image(Structure):
    """vpx_image_t."""

    _fields_ = [
        ("fmt", c_int),
        ("cs", c_int),
        ("range", c_int),
        ("w", c_uint),
        ("h", c_uint),
        ("bit_depth", c_uint),
        ("d_w", c_uint),
        ("d_h", c_uint),
        ("r_w", c_uint),
        ("r_h", c_uint),
        ("x_chroma_shift", c_uint),
        ("y_chroma_shift", c_uint),
        ("planes", c_void_p * 4),
        ("stride", c_int * 4),
        ("bps", c_int),
        ("user_priv", c_void_p),
        ("img_data", c_void_p),
        ("img_data_owner", c_int),
        ("self_allocd", c_int),
        ("fb_priv", c_void_p),
    ]


class FrameData(Structure):
    """The frame variant of vpx_codec_cx_pkt_t's union, as far as it is read."""

    _fields_ = [
        ("buf", c_void_p),
        ("sz", c_size_t),
        ("pts", c_int64),
        ("duration", c_ulong),
        ("flags", c_uint32),
    ]


class Packet(Structure):
    """vpx_codec_cx_pkt_t; only ever pointed to."""

    _fields_ = [("kind", c_int), ("frame", FrameData)]


class ActiveMap(Structure):
    """vpx_active_map_t: one byte for each 16x16 block, 1: it may have changed."""

    _fields_ = [("map", c_void_p), ("rows", c_uint), ("cols", c_uint)]
