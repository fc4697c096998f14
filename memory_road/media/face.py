# OpenCV's own types say little of its results.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
"""Find the face in a portrait, in the decoding child: with OpenCV, where the optional extra is installed."""

import os
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from PIL import Image

from memory_road.media.pyramid import Box

_CASCADES = ("haarcascade_frontalface_alt2.xml", "haarcascade_frontalface_default.xml", "haarcascade_profileface.xml")
"""From the strictest to the most willing; a further one is asked only where none before it has found a face."""

LONG_SIDE = 240
"""Faces are looked for in a picture of this size: in a larger one it takes longer, and finds no more of them."""

_SMALLEST = 10
"""The side of a face is at least this part of the picture's shorter side."""


def find(pixels: Image.Image) -> Box | None:
    """Left, upper, right and lower edge of the largest face from brows to chin, in pixels; None where there is none."""
    # Each thread would take its share of the child's address space; the picture is small.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    cv2: Any = import_module("cv2")
    numpy: Any = import_module("numpy")
    cv2.setNumThreads(1)
    grey = cv2.equalizeHist(numpy.asarray(pixels.convert("L")))
    for name in _CASCADES:
        cascade = cv2.CascadeClassifier(cv2.data.haarcascades + name)
        if found := list(_faces(cascade, grey)):
            return max(found, key=lambda box: box[2] - box[0])
    return None


def _faces(cascade: Any, grey: Any) -> Iterator[Box]:
    side = max(20, min(grey.shape) // _SMALLEST)
    for left, top, width, height in cascade.detectMultiScale(grey, 1.05, 5, minSize=(side, side)):
        yield int(left), int(top), int(left + width), int(top + height)
