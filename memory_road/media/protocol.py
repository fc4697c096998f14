"""What the site and its decoding child say to each other: one JSON object each way."""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

Operation = Literal["inspect", "derive", "tile", "find_face", "resize"]
"""What a child can be asked for: the names of the functions in ``memory_road.media.operations``."""


class Wishes(TypedDict, total=False):
    """What is asked for beyond the operation itself. ``hidden`` and ``card`` are areas as four numbers. ``shrink`` is a
    power of two: a pyramid of tiles begins at that part of the picture's size. ``widths`` and ``encoding``, a format's
    name, are what ``resize`` writes."""

    hidden: Sequence[Sequence[int]]
    card: Sequence[int]
    shrink: int
    widths: Sequence[int]
    encoding: str


class Request(Wishes):
    """What a child is asked. ``output`` is a file for ``inspect`` and ``tile``, a directory for
    ``derive``."""

    operation: Operation
    format: str
    source: str
    output: str
    pixels: int
    memory_bytes: int
    output_bytes: int
    seconds: float


class Made(TypedDict):
    """One file that ``derive`` or ``tile`` wrote; sizes in pixels."""

    name: str
    media_type: str
    width: int
    height: int


class Answer(TypedDict):
    """What it answers.

    ``inspect`` answers ``width`` and ``height``, ``undecoded`` in percent, the dominant ``colour`` as RRGGBB, and
    ``look``, a ``media.likeness.Look`` in hexadecimal digits, unless the picture shows too little; ``derive`` the size
    and ``made``, ``tile`` and ``resize`` answer ``made``, and ``find_face`` answers ``face``, an area as four numbers,
    where it finds one. A picture at fault is ``refused`` with ``values``, a machine at fault says what ``failed``.
    ``detail`` is what the decoder said, for the log.
    """

    width: NotRequired[int]
    height: NotRequired[int]
    undecoded: NotRequired[int]
    colour: NotRequired[str]
    face: NotRequired[list[int]]
    look: NotRequired[list[str]]
    made: NotRequired[list[Made]]
    refused: NotRequired[str]
    values: NotRequired[dict[str, str | int]]
    failed: NotRequired[str]
    detail: NotRequired[str]
