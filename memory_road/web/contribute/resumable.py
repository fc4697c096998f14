"""Uploads that outlast a lost connection: the server's side of tus 1.0.0.

A part is read to its end before anything is changed, so a request that is cut off changes nothing. What came of the
whole picture stays with the upload: asked again after a lost answer, it is the same, and nothing is there twice."""

import logging
import shutil
import tempfile
from pathlib import Path

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import MethodNotAllowed

from memory_road.accounts.permissions import Audience
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.queries import readable_photograph
from memory_road.contributions.receive import add_part, announce, finish, give_up, keep_part, own_upload
from memory_road.contributions.upload import Upload
from memory_road.db import db
from memory_road.media.refusal import PictureRefused
from memory_road.media.refusal import RefusalCode as PictureCode
from memory_road.media.store import FileMissing
from memory_road.moderation.recognise import look_for
from memory_road.web.audience import audience
from memory_road.web.contribute import tus
from memory_road.web.contribute.form import photograph_kinds
from memory_road.web.contribute.lookalikes import resembling
from memory_road.web.contribute.pictures import MEGABYTE, OURS, look_at, quota, without_folders
from memory_road.web.contribute.turns import require_turn
from memory_road.web.edge import actor, parts
from memory_road.web.picture_sentences import picture_sentence, unavailable_sentence
from memory_road.web.sentences import refusal_sentence

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
PART_BYTES = 210 * MEGABYTE
"""The page's script sends small parts; another client may send the whole file in one."""
READ_BYTES = 64 * 1024
STATUS = {
    RefusalCode.NOT_FOUND: 404,
    RefusalCode.UPLOAD_ELSEWHERE: 409,
    RefusalCode.UPLOAD_GONE: 410,
    RefusalCode.TOO_OFTEN: 429,
}

log = logging.getLogger(__name__)
uploads = Blueprint(
    "uploads", __name__, url_prefix="/<lang>/contribute/<contribution_id>/uploads", template_folder="templates"
)


@uploads.before_request
def speak_one_version() -> ResponseReturnValue | None:
    """Refuse other versions of the protocol. A browser that only fetches the card does not speak it at all."""
    if request.method in {"GET", "OPTIONS"} or request.headers.get("Tus-Resumable") == tus.VERSION:
        return None
    return gettext("This way of sending pictures is not known here."), 412, {**PLAIN, "Tus-Version": tus.VERSION}


@uploads.after_request
def name_version(response: Response) -> Response:
    """Every answer names the version of the protocol."""
    response.headers["Tus-Resumable"] = tus.VERSION
    return response


@uploads.errorhandler(tus.Malformed)
def malformed(_error: tus.Malformed) -> ResponseReturnValue:
    """A client that is not ours, and not right."""
    return gettext("This request is not complete"), 400, PLAIN


@uploads.errorhandler(Refused)
def refused(error: Refused) -> ResponseReturnValue:
    """The sentence alone: the page's script shows it beside the picture."""
    db.session.rollback()
    return refusal_sentence(error), STATUS.get(error.code, 422), PLAIN


@uploads.route("", methods=["OPTIONS"], provide_automatic_options=False)
@audience(Audience.CONTRIBUTORS)
def abilities(contribution_id: str) -> ResponseReturnValue:
    """What this server can do."""
    return _able()


@uploads.route("/<upload_id>", methods=["OPTIONS"], provide_automatic_options=False)
@audience(Audience.CONTRIBUTORS)
def abilities_of_one(contribution_id: str, upload_id: str) -> ResponseReturnValue:
    """The same, asked of an upload."""
    return _able()


def _able() -> ResponseReturnValue:
    able = {"Tus-Version": tus.VERSION, "Tus-Extension": tus.EXTENSIONS, "Tus-Max-Size": str(parts().limits.bytes)}
    return "", 204, able


@uploads.post("")
@audience(Audience.CONTRIBUTORS)
def create(contribution_id: str) -> ResponseReturnValue:
    """A picture is announced: how large it is, and what it is called."""
    if "Upload-Defer-Length" in request.headers:
        raise tus.Malformed
    length, described = tus.number(request.headers.get("Upload-Length")), request.headers.get("Upload-Metadata", "")
    name, most = without_folders(tus.file_name(tus.metadata(described))), parts().limits.bytes
    if length == 0:
        return picture_sentence(PictureRefused(PictureCode.EMPTY), name), 422, PLAIN
    if length > most:
        values: dict[str, str | int] = {"megabytes": -(-length // MEGABYTE), "limit": most // MEGABYTE}
        return picture_sentence(PictureRefused(PictureCode.TOO_MANY_BYTES, values), name), 413, PLAIN
    require_turn(pictures=1)
    upload = announce(contribution_id, actor(), length, name, quota(), described=described)
    address = url_for("uploads.state", contribution_id=contribution_id, upload_id=upload.id)
    return "", 201, {"Location": address, **tus.state_of(upload)}


@uploads.get("/<upload_id>")
@audience(Audience.CONTRIBUTORS)
def state(contribution_id: str, upload_id: str) -> ResponseReturnValue:
    """HEAD: how far it is. GET, for the page's script: what came of it, a card or a sentence."""
    upload = own_upload(contribution_id, upload_id, actor())
    if request.method == "HEAD":
        return "", 200, tus.state_of(upload)
    if upload.refusal:
        return upload.refusal, 422, PLAIN
    if upload.photograph_id is None:
        return gettext("Not all of this picture has arrived yet."), 409, PLAIN
    photograph = readable_photograph(upload.photograph_id, actor())
    return render_template(
        "contribute/photograph.html",
        photograph=photograph,
        kinds=photograph_kinds(),
        errors={},
        understood={},
        resembling=resembling([photograph]),
    )


@uploads.patch("/<upload_id>")
@audience(Audience.CONTRIBUTORS, PART_BYTES)
def add(contribution_id: str, upload_id: str) -> ResponseReturnValue:
    """One part."""
    if request.mimetype != tus.PART_TYPE:
        return gettext("This request is not complete"), 415, PLAIN
    offset = tus.number(request.headers.get("Upload-Offset"))
    upload = own_upload(contribution_id, upload_id, actor())
    # No transaction stays open while bytes come in; that nothing has changed meanwhile is asked again afterwards.
    db.session.expunge(upload)
    db.session.rollback()
    if upload.complete or upload.received != offset:
        raise Refused(RefusalCode.UPLOAD_ELSEWHERE)
    with tempfile.TemporaryDirectory(prefix="memory-road-") as folder:
        part = Path(folder) / "part"
        size = _read_body(part, upload.length - offset)
        try:
            upload = _take(upload, offset, size, part)
        except OURS:
            log.exception("A part of a picture could not be kept.")
            return unavailable_sentence(upload.file_name), 503, PLAIN
        except FileMissing:
            return _lost(upload, offset)
    return "", 204, tus.state_of(upload)


def _read_body(into: Path, most: int) -> int:
    size = 0
    with into.open("wb") as file:
        while chunk := request.stream.read(READ_BYTES):
            size += len(chunk)
            if size > most:
                abort(413)
            file.write(chunk)
    return size


def _take(upload: Upload, offset: int, size: int, part: Path) -> Upload:
    """Keep a part; with the last one, the whole picture."""
    store, which = parts().store, (upload.contribution_id, upload.id, actor())
    if size == 0:
        return upload
    if offset + size < upload.length:
        return add_part(*which, store, offset, size, keep_part(store, upload, offset, part))
    whole = part.with_name("original")
    with whole.open("wb") as file:
        for key in upload.part_keys():
            with store.open(key) as kept:
                shutil.copyfileobj(kept, file)
        with part.open("rb") as last:
            shutil.copyfileobj(last, file)
    finished = finish(*which, store, offset, look_at(whole, upload.file_name), quota())
    if finished.photograph_id is not None:
        look_for(readable_photograph(finished.photograph_id, actor()))
    return finished


def _lost(upload: Upload, offset: int) -> ResponseReturnValue:
    """A part is gone from the store: another request has just finished, or the upload must be begun anew."""
    present = own_upload(upload.contribution_id, upload.id, actor(), held=True)
    if present.received != offset:
        raise Refused(RefusalCode.UPLOAD_ELSEWHERE)
    give_up(upload.contribution_id, upload.id, actor(), parts().store)
    return refusal_sentence(Refused(RefusalCode.UPLOAD_GONE)), 410, PLAIN


@uploads.delete("/<upload_id>")
@audience(Audience.CONTRIBUTORS)
def cancel(contribution_id: str, upload_id: str) -> ResponseReturnValue:
    """It is not wanted any more."""
    give_up(contribution_id, upload_id, actor(), parts().store)
    return "", 204


@uploads.post("/<upload_id>")
@audience(Audience.CONTRIBUTORS, PART_BYTES)
def instead(contribution_id: str, upload_id: str) -> ResponseReturnValue:
    """For clients, or networks, that know no other method than POST: a header says which one is meant."""
    meant = {"PATCH": add, "DELETE": cancel}.get(request.headers.get("X-HTTP-Method-Override", "").upper())
    if meant is None:
        raise MethodNotAllowed(["GET", "HEAD", "PATCH", "DELETE", "OPTIONS"])
    return meant(contribution_id, upload_id)
