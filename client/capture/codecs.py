"""Which codecs this program can encode, found out when the first picture is wanted."""

import logging
from pathlib import Path

from client.capture.encoder import Encoder, EncodingFailed, Vp9Encoder
from client.capture.jpeg import JpegEncoder
from client.capture.vpx_check import open_library
from client.capture.vpx_library import Library, VpxUnavailable
from protocol.screen import Codec

_log = logging.getLogger(__name__)


class Codecs:
    """For the capture thread; outlives the epochs."""

    def __init__(self, vpx: Path | None) -> None:
        self._path = vpx
        self._library: Library | None = None

    @property
    def vp9(self) -> bool:
        """Whether VP9 can be encoded. The library is opened and tried the first time."""
        if self._library is None and self._path is not None:
            try:
                self._library = open_library(self._path)
            except VpxUnavailable as why:
                self._path = None
                _log.warning("pictures go as JPEG: %s", why)
        return self._library is not None

    def encoder(self, codec: Codec, width: int, height: int) -> Encoder:
        """A fresh encoder; JPEG where VP9 does not begin."""
        if codec is Codec.VP9_444 and self._library is not None:
            try:
                return Vp9Encoder(self._library, width, height)
            except EncodingFailed as why:
                self.give_up_vp9(str(why))
        return JpegEncoder(width, height)

    def give_up_vp9(self, why: str) -> None:
        """VP9 has failed: JPEG from now on."""
        _log.warning("pictures go as JPEG from now on: %s", why)
        self._path = self._library = None
