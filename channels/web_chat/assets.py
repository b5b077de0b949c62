"""Scripts and styles, squeezed once and kept by browsers until they change."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import raw, text

_STATIC: Final = Path(__file__).with_name("static")
_KINDS: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}


@dataclass(frozen=True)
class Asset:
    """One file, as it is and squeezed."""

    kind: str
    plain: bytes
    squeezed: bytes


class Assets:
    """Every file of a static folder, under an address that names this version."""

    def __init__(self, folder: Path = _STATIC, name: str = "web-chat") -> None:
        """Read the folder once, at start-up; `name` begins its address."""
        self._files = {path.name: _read(path) for path in sorted(folder.iterdir())}
        self.address = f"/{name}/{_version(self._files)}"

    def add_to(self, blueprint: Blueprint) -> None:
        """Put one route for all of them on a blueprint."""
        blueprint.add_route(
            self._serve, f"{self.address}/<name:str>", ["GET"], name="asset"
        )

    async def _serve(self, request: Request, name: str) -> HTTPResponse:
        asset = self._files.get(name)
        if asset is None:
            return text("", status=404)
        keep = {
            "Cache-Control": "public, max-age=31536000, immutable",
            "Vary": "Accept-Encoding",
        }
        if "gzip" in request.headers.get("accept-encoding", ""):
            keep["Content-Encoding"] = "gzip"
            return raw(asset.squeezed, content_type=asset.kind, headers=keep)
        return raw(asset.plain, content_type=asset.kind, headers=keep)


def _read(path: Path) -> Asset:
    plain = path.read_bytes()
    return Asset(_KINDS[path.suffix], plain, gzip.compress(plain, 9, mtime=0))


def _version(files: Mapping[str, Asset]) -> str:
    mark = hashlib.sha256()
    for name, asset in files.items():
        mark.update(name.encode())
        mark.update(asset.plain)
    return mark.hexdigest()[:12]
