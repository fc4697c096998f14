"""Answers that are files: assets, published pictures, and private ones for those who may see them."""

from contextlib import suppress
from io import SEEK_END
from typing import IO, cast

from flask import Blueprint, Response, abort, redirect, request, send_from_directory
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse
from werkzeug.wsgi import FileWrapper, wrap_file

from memory_road.accounts.permissions import Audience
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.media.pyramid import INFO, WHOLE_PICTURE
from memory_road.media.pyramid import NAME as TILES
from memory_road.media.store import FileMissing, media_type_of
from memory_road.web.audience import audience
from memory_road.web.built import STATIC, asset_folder
from memory_road.web.caching import A_DAY, FOR_EVER, NOT_KEPT
from memory_road.web.edge import parts
from memory_road.web.tiles import described, tile

PICTURES = (".webp", ".jpg")
ADDRESS_SECONDS = 120
"""How long a signed address of a private picture is good for: until a slow page has loaded, no longer."""

files = Blueprint("files", __name__)


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
    """A published derivative. Its key is random and made anew at each publication. Tiles are given one by one."""
    if not key.endswith(PICTURES):
        abort(404)
    response = _named(_stored(f"public/{key}", key), key)
    response.headers["Cache-Control"] = A_DAY
    return response


@files.get("/media/<key>/info.json")
@audience(Audience.EVERYONE)
def tiles_described(key: str) -> ResponseReturnValue:
    """What a viewer of deep zoom asks first."""
    return _for_every_site(described(_tiles_of(key), f"{parts().settings.base_url}/media/{key}"))


@files.get("/media/<key>/<region>/<size>/<rotation>/<name>")
@audience(Audience.EVERYONE)
def published_tile(key: str, region: str, size: str, rotation: str, name: str) -> ResponseReturnValue:
    """A tile of a published picture, or the whole of it no larger than is shown to other sites."""
    asked = f"{region}/{size}/{rotation}/{name}"
    if asked == WHOLE_PICTURE:
        return _for_every_site(_named(_stored(f"public/{key}-share.jpg", "share.jpg"), key))
    return _for_every_site(tile(_tiles_of(key), asked))


def _tiles_of(key: str) -> str:
    return f"public/{key}-{TILES}"


def _for_every_site(response: Response) -> Response:
    """Viewers on other sites may read it too, as IIIF asks."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = A_DAY
    return response


def private_tile(photograph: ContributionPhotograph, name: str) -> ResponseReturnValue:
    """One tile of a picture that was sent, by its name below the picture's address. The caller has asked who asks."""
    return _not_kept(tile(photograph.size_key(TILES), name))


def private_picture(photograph: ContributionPhotograph, name: str) -> ResponseReturnValue:
    """One size of a picture that was sent; ``preview`` until the sizes are made. The caller has asked who asks. Where
    the store signs addresses, the browser is sent there."""
    if name == "preview":
        return _private(photograph.preview_key, "preview.webp")
    if name == INFO:
        return _not_kept(described(photograph.size_key(TILES), request.base_url.removesuffix(f"/{INFO}")))
    if name not in {size["name"] for size in photograph.sizes} or not name.endswith(PICTURES):
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


def _private(key: str, name: str) -> ResponseReturnValue:
    address = parts().store.address(key, ADDRESS_SECONDS)
    return _not_kept(redirect(address) if address is not None else _stored(key, name))


def _not_kept(response: BaseResponse) -> BaseResponse:
    response.headers["Cache-Control"] = NOT_KEPT
    return response


def _stored(key: str, name: str) -> Response:
    try:
        stored: IO[bytes] = parts().store.open(key)
    except (FileMissing, ValueError):
        abort(404)
    media_type = media_type_of(name)
    length = stored.seek(0, SEEK_END)
    stored.seek(0)
    # The server reads files of its own disk in the thread that serves everybody; a bucket could keep that waiting.
    body = wrap_file(request.environ, stored) if _lies_on_disk(stored) else FileWrapper(stored)
    response = Response(body, mimetype=media_type, direct_passthrough=True, headers={"Content-Length": str(length)})
    if request.method == "HEAD":
        stored.close()
    return response


def _named(response: Response, key: str) -> Response:
    """With an ETag: what lies under a key of ``public/`` is never changed."""
    response.set_etag(key)
    return cast(Response, response.make_conditional(request))


def _lies_on_disk(stored: IO[bytes]) -> bool:
    with suppress(OSError):
        return stored.fileno() >= 0
    return False
