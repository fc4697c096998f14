"""Pages of which nearly everything is the same each time: a template is rendered once, with marks where they differ,
and its pieces are kept. What stands in the place of a mark is put in by whoever answers, already safe for its place."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

TOKEN = secrets.token_hex(8)
"""Nobody who sends a page knows it, so that nothing they wrote is taken for a mark."""
_MARKS = re.compile(f"{TOKEN}([a-z0-9]+)z")


def mark(name: str) -> Markup:
    """A mark: letters and digits alone, which neither HTML nor addresses escape."""
    return Markup(f"{TOKEN}{name}z")  # noqa: S704 -- a token of letters and digits


@dataclass(frozen=True, slots=True)
class Frame:
    """The pieces of a page: text and names of marks in turn."""

    pieces: tuple[str, ...]

    def filled(self, values: Mapping[str, str]) -> str:
        """The page with ``values`` in the places of its marks."""
        pieces = list(self.pieces)
        pieces[1::2] = [values[name] for name in pieces[1::2]]
        return "".join(pieces)


def frame(page: str) -> Frame:
    """The frame of a rendered page."""
    return Frame(tuple(_MARKS.split(page)))
