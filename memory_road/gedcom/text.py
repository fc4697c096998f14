"""Text of a tree, made fit for a field of ours."""

import re
from html import unescape

from memory_road.facts.fields import FIELD
from memory_road.facts.read import UNREADABLE, clean, plain_name

MARKUP = re.compile(r"<(?:p|br|div|b|i|a|span|ul|li|strong|em)\b[^<>]*>", re.IGNORECASE)
PARAGRAPH = re.compile(r"</?(?:p|div|ul|ol|h[1-6])\b[^<>]*>", re.IGNORECASE)
LINE_END = re.compile(r"<(?:br|li)\b[^<>]*>", re.IGNORECASE)
OTHER_TAG = re.compile(r"</?[a-z!][^<>]*>", re.IGNORECASE)


def on_one_line(text: str) -> str:
    """``text`` without line ends, markup and what cannot be read."""
    return plain_name(without_markup(text))


def fit(fact: str, text: str, part: str = "") -> str:
    """``text``, cut where the fact ``fact``, or one of its parts, holds no more."""
    field = FIELD[fact]
    most = next(piece.most for piece in field.parts if piece.name == part) if part else field.most
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def paragraphs(text: str) -> str:
    """A note with its paragraphs, without markup."""
    lines = [line.rstrip() for line in UNREADABLE.sub("", clean(without_markup(text))).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def without_markup(text: str) -> str:
    """The words of a note that a program wrote as HTML; any other note as it is."""
    if not MARKUP.search(text):
        return text
    return unescape(OTHER_TAG.sub("", LINE_END.sub("\n", PARAGRAPH.sub("\n\n", text))))
