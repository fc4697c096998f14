"""Make the sizes in which a picture is published."""

from dataclasses import dataclass
from pathlib import Path

from memory_road.media.gate import admit
from memory_road.media.limits import Limits
from memory_road.media.process import ask


@dataclass(frozen=True, slots=True)
class Derivative:
    """One published size: ``width`` and ``height`` in pixels, ``name`` the last part of ``path``."""

    name: str
    width: int
    height: int
    media_type: str
    path: Path


def derive(source: Path, into: Path, limits: Limits) -> list[Derivative]:
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
    return [Derivative(**made, path=into / made["name"]) for made in answer["made"]]
