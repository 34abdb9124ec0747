"""The files that pages load: read once at start, served by exact name and by nothing else."""

import hashlib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import rjsmin
from aiohttp import web

from protocol import catalogue
from protocol.errors import ErrorCode
from relay.http.answers import Refusal

FOLDERS = ("css", "js", "icons", "fonts", "sounds")
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".wav": "audio/wav",
    ".webmanifest": "application/manifest+json",
}


class StaticFile(NamedTuple):
    content: bytes
    content_type: str
    etag: str


class StaticFiles:
    """Answers /static/…; a name that was not there at start does not exist."""

    def __init__(self, files: Mapping[str, StaticFile]) -> None:
        self._files = files

    @classmethod
    def read(cls, web_folder: Path) -> "StaticFiles":
        """All files of known types in `FOLDERS` below `web_folder`, and the text catalogues."""
        files: dict[str, StaticFile] = {}
        for folder in FOLDERS:
            for path in sorted((web_folder / folder).rglob("*")):
                if path.is_file() and path.suffix in TYPES:
                    name = path.relative_to(web_folder).as_posix()
                    files[name] = _file(_content(path), path.suffix)
        for language in catalogue.LANGUAGES:
            files[f"texts/{language}.json"] = _file(_catalogue(language), ".json")
        return cls(files)

    @property
    def names(self) -> frozenset[str]:
        """Every name that exists, as it stands behind /static/."""
        return frozenset(self._files)

    async def get(self, request: web.Request) -> web.StreamResponse:
        """The file, or 304 when the browser has it. Raises `Refusal` NOT_FOUND."""
        file = self._files.get(request.match_info["name"])
        if file is None:
            raise Refusal(ErrorCode.NOT_FOUND)
        headers = {"ETag": f'"{file.etag}"', "Cache-Control": "no-cache"}
        held = request.if_none_match or ()
        if any(one.value == file.etag for one in held):
            return web.Response(status=304, headers=headers)
        headers["Content-Type"] = file.content_type
        return web.Response(body=file.content, headers=headers)


def _content(path: Path) -> bytes:
    """The file; a module without its comments and blanks, in half its bytes."""
    if path.suffix != ".js":
        return path.read_bytes()
    served: str = rjsmin.jsmin(path.read_text("utf-8"))
    return served.encode()


def _catalogue(language: str) -> bytes:
    return (resources.files("protocol") / "texts" / f"{language}.json").read_bytes()


def _file(content: bytes, suffix: str) -> StaticFile:
    return StaticFile(content, TYPES[suffix], hashlib.sha256(content).hexdigest()[:32])
