"""The plan pages' own scripts and styles, and the worker that opens them offline."""

import json
from pathlib import Path
from typing import Final

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import raw, text

from channels.web_chat.assets import Assets

HERE: Final = Path(__file__).parent
SHARED: Final = ("chat.css", "exit.js", "page.js", "pin.js", "icon.svg")
"""What the chat's look, its way out and its PIN lend to these pages."""
OWN: Final = ("my.css", "kept.js", "leaving.js", "store.js", "icon.png")


def add_worker(pages: Blueprint, chat: Assets, own: Assets) -> None:
    """Put the worker and the manifest on a blueprint, where their scope begins."""
    shell = [
        "/my/kept",
        *(f"{chat.address}/{name}" for name in SHARED),
        *(f"{own.address}/{name}" for name in OWN),
    ]
    code = (HERE / "worker.js").read_text(encoding="utf-8")
    worker = code.replace("SHELL_FILES", json.dumps(shell)).replace(
        "SHELL_NAME", json.dumps(own.address + chat.address)
    )
    manifest = (HERE / "manifest.json").read_text(encoding="utf-8")
    manifest = manifest.replace("OWN", own.address).replace("CHAT", chat.address)

    async def give_worker(_request: Request) -> HTTPResponse:
        return text(worker, content_type="text/javascript; charset=utf-8")

    async def give_manifest(_request: Request) -> HTTPResponse:
        return raw(manifest.encode(), content_type="application/manifest+json")

    pages.add_route(give_worker, "/my/worker.js", ["GET"], name="worker")
    pages.add_route(give_manifest, "/my/page.webmanifest", ["GET"], name="manifest")
