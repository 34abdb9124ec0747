"""Which codecs this program can encode, found out when the first picture is wanted."""

import logging
from pathlib import Path

from client.capture.encoder import EncodingFailed, StreamEncoder
from client.capture.vpx_check import check
from client.capture.vpx_library import Library, VpxFailed, VpxUnavailable
from protocol.picture import Codec

_log = logging.getLogger(__name__)


class Codecs:
    """For the capture thread; outlives the epochs."""

    def __init__(self, vpx: Path | None) -> None:
        self._path = vpx
        self._library: Library | None = None
        self._good: dict[Codec, bool] = {}

    def available(self, codec: Codec) -> bool:
        """Whether it can be encoded. The library is opened, and each codec tried, the first time
        somebody asks."""
        if codec not in self._good:
            self._good[codec] = self._is_good(codec)
        return self._good[codec]

    def encoder(self, codec: Codec, width: int, height: int) -> StreamEncoder:
        """A fresh encoder of an available codec. Raises `EncodingFailed`."""
        if self._library is None:
            raise EncodingFailed("there is no library")
        return StreamEncoder(self._library, codec, width, height)

    def give_up(self, codec: Codec, why: str) -> None:
        """It has failed: never again in this program."""
        _log.warning("no %s from now on: %s", codec.name, why)
        self._good[codec] = False

    def _is_good(self, codec: Codec) -> bool:
        try:
            if self._library is None and self._path is not None:
                self._library = Library(self._path)
            if self._library is not None:
                check(self._library, codec)
        except (VpxUnavailable, VpxFailed) as why:
            _log.warning("no %s: %s", codec.name, why)
            if self._library is None:
                self._path = None
            return False
        return self._library is not None
