"""Pages of which nearly everything is the same each time: a template is rendered once, with marks where they differ,
and its pieces are kept. What stands in the place of a mark is put in by whoever answers, already safe for its place."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from flask import request
from markupsafe import Markup, escape

TOKEN = secrets.token_hex(8)
"""Nobody who sends a page knows it, so that nothing they wrote is taken for a mark."""
_MARKS = re.compile(f"{TOKEN}([a-y0-9]+)z")


def mark(name: str) -> Markup:
    """A mark: letters and digits alone, which neither HTML nor addresses escape. A z ends its name."""
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
    """The frame of a rendered page. It is kept for whoever asks next: only a page for everybody, which sees no session,
    has one, rendered of what its key says and of marks, and of nothing that was asked or read just now."""
    return Frame(tuple(_MARKS.split(page)))


def question() -> str:
    """What the present address asks behind its question mark, with it, as it stands in a page: links to the same page
    in other languages keep it."""
    asked = request.query_string.decode("ascii", "replace")
    return str(escape(f"?{asked}")) if asked else ""
