"""Where a portrait could be cropped: around its face, if the optional extra that finds faces is installed."""

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from memory_road.media.area import Area
from memory_road.media.card import around
from memory_road.media.formats import PictureFormat
from memory_road.media.limits import Limits
from memory_road.media.process import DecoderUnavailable, ask
from memory_road.media.refusal import PictureRefused

INSTALLED = find_spec("cv2") is not None
"""Looked for, never loaded: that is left to the child."""

_SECONDS = 5.0


def propose(preview: Path, limits: Limits, width: int, height: int) -> Area | None:
    """The crop of a picture of this size in pixels by the face in its preview; None where no face is found, or nothing
    is there to find it. A child of its own looks for it: whatever becomes of that, the picture itself is safe."""
    if not INSTALLED:
        return None
    limits = replace(limits, seconds=_SECONDS, queue_seconds=_SECONDS)
    try:
        answer = ask("find_face", preview, PictureFormat.WEBP, preview, limits)
    except (PictureRefused, DecoderUnavailable):
        return None
    return around(Area(*answer["face"]), width, height) if "face" in answer else None
