"""Make the sizes in which a picture is published."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from memory_road.media.area import Area
from memory_road.media.gate import admit
from memory_road.media.limits import Limits
from memory_road.media.process import ask
from memory_road.media.protocol import Made


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
    """Make every published size of a picture in the directory ``into``: upright 8-bit sRGB without any metadata.

    First WebP files by width, smallest first (``320.webp`` … ``2000.webp``, or the picture's own width where it is
    narrower; see ``sizes.published``), last ``share.jpg`` for other sites. A transparent picture is laid on white.
    The directory is made where it is missing; after an error it may hold some of the files. Raises what ``verify``
    raises.
    """
    kind = admit(source, limits)
    into.mkdir(parents=True, exist_ok=True)
    answer = ask("derive", source, kind, into, limits)
    assert "made" in answer
    return [_derivative(made, into / made["name"]) for made in answer["made"]]


def _derivative(made: Made, path: Path) -> Derivative:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Derivative(**made, bytes=file.tell(), sha256=digest, path=path)
