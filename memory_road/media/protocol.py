"""What the site and its decoding child say to each other: one JSON object each way."""

from typing import Literal, NotRequired, TypedDict


class Request(TypedDict):
    """Sent to the child's standard input. ``output`` is a file for ``inspect`` and a directory for ``derive``."""

    operation: Literal["inspect", "derive"]
    format: str
    source: str
    output: str
    pixels: int
    memory_bytes: int
    output_bytes: int
    cpu_seconds: int


class Made(TypedDict):
    """One file that ``derive`` wrote into its directory; sizes in pixels."""

    name: str
    media_type: str
    width: int
    height: int


class Answer(TypedDict):
    """Read from the child's standard output.

    ``inspect`` answers ``width`` and ``height``, ``derive`` answers ``made``. A picture at fault is ``refused`` with
    ``values``, a machine at fault says what ``failed``. ``detail`` is what the decoder said, for the log.
    """

    width: NotRequired[int]
    height: NotRequired[int]
    made: NotRequired[list[Made]]
    refused: NotRequired[str]
    values: NotRequired[dict[str, str | int]]
    failed: NotRequired[str]
    detail: NotRequired[str]
