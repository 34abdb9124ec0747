"""Which codecs this program can encode, found out when the first picture is wanted."""

import logging
from pathlib import Path

from client.capture.encoder import EncodingFailed, StreamEncoder
from client.capture.vpx_check import open_library
from client.capture.vpx_library import Library, VpxUnavailable
from protocol.picture import Codec

_log = logging.getLogger(__name__)


class Codecs:
    """For the capture thread; outlives the epochs."""

    def __init__(self, vpx: Path | None) -> None:
        self._path = vpx
        self._library: Library | None = None

    @property
    def available(self) -> tuple[Codec, ...]:
        if self._library is None and self._path is not None:
            try:
                self._library = open_library(self._path)
            except VpxUnavailable as why:
                self._path = None
                _log.warning("pictures go as JPEG: %s", why)
        return (Codec.VP9_444,) if self._library is not None else ()

    def encoder(self, codec: Codec, width: int, height: int) -> StreamEncoder:
        if self._library is None:
            raise EncodingFailed("no library")
        return StreamEncoder(self._library, codec, width, height)

    def give_up(self, codec: Codec, why: str) -> None:
        _log.warning("no %s from now on: %s", codec.name, why)
        self._path = self._library = None
