"""What the site and its reading child say to each other: one JSON object each way, and files in a folder."""

from pathlib import Path
from typing import NotRequired, TypedDict

PEOPLE = "people"
"""The file, in the folder of the answer, of those who are offered: a person's document on each line. Their portraits
lie beside it under numbers."""


class Request(TypedDict):
    """What a child is asked. ``today`` is a date of ISO 8601."""

    source: str
    folder: str
    today: str


class Answer(TypedDict):
    """What it answers: how many ``people`` the file names and how many are ``offered``, or why it is ``refused``, with
    ``values``."""

    people: NotRequired[int]
    offered: NotRequired[int]
    refused: NotRequired[str]
    values: NotRequired[dict[str, str | int]]
    detail: NotRequired[str]


def people_file(folder: Path) -> Path:
    """Where the people stand in the folder of an answer."""
    return folder / PEOPLE
