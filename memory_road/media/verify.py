"""Is this file a picture, and which? Answered by decoding it, never by its name or header alone."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from memory_road.media.area import Area
from memory_road.media.formats import MEDIA_TYPES, PictureFormat
from memory_road.media.gate import admit
from memory_road.media.likeness import Look
from memory_road.media.limits import Limits
from memory_road.media.process import ask
from memory_road.media.proposal import propose


@dataclass(frozen=True, slots=True)
class Verified:
    """What is known of an original: ``width`` and ``height`` are those of the upright picture in pixels, ``sha256`` is
    the digest of the file's unchanged bytes in 64 lower-case hexadecimal digits, ``preview_sha256`` that of the
    preview. ``undecoded`` is the percentage of the picture that is lost, 0 to 99; ``colour`` its dominant colour as
    RRGGBB; ``face`` where a portrait should be cropped, None where nothing proposes it; ``look`` what it is known
    again by, None where it shows too little."""

    format: PictureFormat
    media_type: str
    width: int
    height: int
    bytes: int
    sha256: str
    preview_sha256: str = ""
    undecoded: int = 0
    colour: str = ""
    face: Area | None = None
    look: Look | None = None


def verify(source: Path, limits: Limits, preview: Path) -> Verified:
    """Decode the whole file and write a small preview: upright, sRGB, without metadata, longer side at most 480 px.

    ``preview`` must end in .webp; it is overwritten, and does not exist after a refusal. Raises ``PictureRefused``,
    ``DecoderUnavailable`` when the machine cannot decode now, and ``OSError`` when ``source`` cannot be read.
    """
    try:
        kind = admit(source, limits)
        answer = ask("inspect", source, kind, preview, limits)
    except BaseException:
        preview.unlink(missing_ok=True)
        raise
    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
    assert "width" in answer
    assert "height" in answer
    assert "undecoded" in answer
    assert "colour" in answer
    width, height = answer["width"], answer["height"]
    face = propose(preview, limits, width, height)
    shown = hashlib.sha256(preview.read_bytes()).hexdigest()
    seen = answer.get("look")
    look = Look(*map(bytes.fromhex, seen)) if seen is not None else None
    return Verified(
        kind,
        MEDIA_TYPES[kind],
        width,
        height,
        size,
        digest,
        preview_sha256=shown,
        undecoded=answer["undecoded"],
        colour=answer["colour"],
        face=face,
        look=look,
    )
