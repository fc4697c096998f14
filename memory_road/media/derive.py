"""Make the sizes in which a picture is published."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from memory_road.media.area import Area
from memory_road.media.formats import PictureFormat
from memory_road.media.gate import admit
from memory_road.media.limits import Limits
from memory_road.media.process import ask
from memory_road.media.protocol import Made, Wishes
from memory_road.media.pyramid import NAME as TILES
from memory_road.media.pyramid import is_needed
from memory_road.media.refusal import PictureRefused, RefusalCode

_SHRINKS = (1, 2, 4)
_PATIENCE = 4
"""Nobody waits in front of this work: it may take so many times as long as the first look at a picture."""


@dataclass(frozen=True, slots=True)
class Derivative:
    """One published file: ``width`` and ``height`` in pixels, ``name`` the last part of ``path``, ``sha256`` in 64
    lower-case hexadecimal digits."""

    name: str
    width: int
    height: int
    media_type: str
    bytes: int
    sha256: str
    path: Path

    def row(self) -> dict[str, Any]:
        """As it is kept in a database's row."""
        return {name: value for name, value in asdict(self).items() if name != "path"}


def derive(
    source: Path, into: Path, limits: Limits, *, hidden: Sequence[Area] = (), card: Area | None = None
) -> list[Derivative]:
    """Make every published file of a picture in the directory ``into``: upright 8-bit sRGB without any metadata.

    First WebP files by width, smallest first (``320.webp`` … ``2000.webp``, or the picture's own width where it is
    narrower; see ``sizes.published``), then ``share.jpg`` for other sites, the cards of the area ``card`` where one is
    given, and ``tiles.zip`` of a picture larger than those (see ``pyramid``). ``hidden`` is painted over in all of
    them. A transparent picture is laid on white. The directory is made where it is missing; after an error it may hold
    some of the files. Raises what ``verify`` raises.
    """
    kind = admit(source, limits)
    limits = replace(limits, seconds=limits.seconds * _PATIENCE)
    into.mkdir(parents=True, exist_ok=True)
    wishes: Wishes = {"hidden": hidden}
    if card is not None:
        wishes["card"] = card
    answer = ask("derive", source, kind, into, limits, wishes)
    assert "width" in answer
    assert "height" in answer
    assert "made" in answer
    made = answer["made"]
    if is_needed(answer["width"], answer["height"]):
        made = [*made, *_tiles(source, kind, into, limits, hidden)]
    return [_derivative(each, into / each["name"]) for each in made]


def _tiles(source: Path, kind: PictureFormat, into: Path, limits: Limits, hidden: Sequence[Area]) -> Sequence[Made]:
    """Cut the picture into tiles; where its full size asks for too much, half of it or a quarter. A picture that is too
    much even so goes without: its sizes are made."""
    for shrink in _SHRINKS:
        try:
            answer = ask("tile", source, kind, into / TILES, limits, {"hidden": hidden, "shrink": shrink})
        except PictureRefused as refused:
            if refused.code is not RefusalCode.TOO_DEMANDING:
                raise
            continue
        assert "made" in answer
        return answer["made"]
    (into / TILES).unlink(missing_ok=True)
    return ()


def _derivative(made: Made, path: Path) -> Derivative:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Derivative(**made, bytes=file.tell(), sha256=digest, path=path)
