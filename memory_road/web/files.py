"""Answers that are files: assets, published pictures, and private ones for those who may see them."""

import json
from functools import cache
from pathlib import Path
from typing import IO

from flask import Blueprint, Response, abort, request, send_file, send_from_directory
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.media.store import FileMissing
from memory_road.web.audience import audience
from memory_road.web.edge import parts

STATIC = Path(__file__).parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"

files = Blueprint("files", __name__)


class AssetsMissing(Exception):
    """The front end was not built."""


@cache
def asset_folder() -> str:
    """The folder of the present assets: its name is a hash of all of them, so that they can be cached for ever."""
    try:
        return str(json.loads((STATIC / "manifest.json").read_text())["digest"])
    except FileNotFoundError as missing:
        raise AssetsMissing("The front-end assets are missing: run “make assets”.") from missing


def asset(name: str) -> str:
    """The address of an asset, the same on every page."""
    return f"/static/{asset_folder()}/{name}"


@files.get("/static/<digest>/<path:name>")
@audience(Audience.EVERYONE)
def static_file(digest: str, name: str) -> ResponseReturnValue:
    response = send_from_directory(STATIC / asset_folder(), name)
    response.headers["Cache-Control"] = FOR_EVER if digest == asset_folder() else "public, no-cache"
    return response


@files.get("/favicon.ico")
@audience(Audience.EVERYONE)
def favicon() -> ResponseReturnValue:
    response = send_from_directory(STATIC / asset_folder(), "favicon.svg")
    response.headers["Cache-Control"] = A_DAY
    return response


@files.get("/media/<key>")
@audience(Audience.EVERYONE)
def published(key: str) -> ResponseReturnValue:
    """A published derivative. Its key is random and made anew at each publication."""
    response = _stored(f"public/{key}", key)
    response.headers["Cache-Control"] = A_DAY
    return response


def private_picture(photograph: ContributionPhotograph, name: str) -> Response:
    """One size of a picture that was sent; ``preview`` until the sizes are made. The caller has asked who asks."""
    if name == "preview":
        return _private(photograph.preview_key, "preview.webp")
    if name not in {size["name"] for size in photograph.sizes}:
        abort(404)
    return _private(photograph.size_key(name), name)


def private_addresses(
    photograph: ContributionPhotograph, address: str
) -> tuple[list[dict[str, object]], dict[str, str]]:
    """The sizes of a picture that was sent and their addresses below ``address``; before they are made, the preview
    stands for all of them."""
    if photograph.sizes:
        return photograph.sizes, {size["name"]: f"{address}/{size['name']}" for size in photograph.sizes}
    return [{"name": "preview.webp", "width": photograph.width}], {"preview.webp": f"{address}/preview"}


def _private(key: str, name: str) -> Response:
    response = _stored(key, name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _stored(key: str, name: str) -> Response:
    try:
        stored: IO[bytes] = parts().store.open(key)
    except (FileMissing, ValueError):
        abort(404)
    media_type = "image/webp" if name.endswith(".webp") else "image/jpeg"
    response = send_file(stored, mimetype=media_type, etag=False, conditional=False)
    if request.method == "HEAD":
        stored.close()
    return response
