"""The words of a letter, made once in its receiver's language; the text and the page are both made of them.

A template of a letter calls ``subject``, ``say``, ``quote``, ``digits`` and ``link`` in their order. What it writes
between them is in no letter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from memory_road.identifier import spoken

TRANSLATIONS = Path(__file__).parents[1] / "translations"
TEMPLATES = Path(__file__).parent / "templates"
SUFFIX = ".letter"
PAGE = "page.html"
FOOT = "foot"
RULE = "—"
"""Stands above the foot in plain text."""


class PartKind(StrEnum):
    SAYING = "saying"
    QUOTATION = "quotation"  # what somebody wrote
    LINK = "link"
    CODE = "code"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph. A link has an ``address``, and the words of its ``button``; ``text`` leads up to it."""

    kind: PartKind
    text: str
    address: str = ""
    button: str = ""

    def lines(self) -> list[str]:
        """The paragraphs of it in plain text."""
        text = f"* {self.text}" if self.kind is PartKind.HEADING else self.text
        return [text, self.address] if self.address else [text]


@dataclass(slots=True)
class Words:
    """A letter's subject, in one line, its parts, and what stands small beneath them."""

    subject: str = ""
    parts: list[Part] = field(default_factory=list[Part])
    foot: list[Part] = field(default_factory=list[Part])

    def set_subject(self, text: str) -> str:
        """Line breaks are taken out: a name must not begin another header."""
        self.subject = " ".join(text.split())
        return ""

    def say(self, text: str) -> str:
        """A paragraph of ours."""
        self.parts.append(Part(PartKind.SAYING, text.strip()))
        return ""

    def quote(self, text: str) -> str:
        """What somebody wrote, with its line breaks."""
        self.parts.append(Part(PartKind.QUOTATION, text.strip()))
        return ""

    def link(self, text: str, address: str, button: str) -> str:
        """Where to go on, after a sentence that leads up to it."""
        self.parts.append(Part(PartKind.LINK, text.strip(), address, button))
        return ""

    def digits(self, code: str) -> str:
        """A code that is to be typed: large, and alone on its line."""
        self.parts.append(Part(PartKind.CODE, code))
        return ""

    def take_in(self, other: "Words") -> None:
        """Another letter's words, under its subject."""
        self.parts += [Part(PartKind.HEADING, other.subject), *other.parts]

    def as_text(self) -> str:
        """The letter as plain text: paragraphs with empty lines between them."""
        paragraphs = [text for part in self.parts for text in part.lines()]
        foot = [text for part in self.foot for text in part.lines()]
        return "\n\n".join([*paragraphs, *([RULE, *foot] if foot else [])]) + "\n"

    def as_page(self, language: str, site_name: str) -> str:
        """The letter as HTML, everything in it escaped; it fetches nothing from anywhere."""
        return _environment(language).get_template(PAGE).render(words=self, language=language, site_name=site_name)


@cache
def catalogue(language: str) -> NullTranslations:
    """The translations into ``language``."""
    return Translations.load(TRANSLATIONS, [language])


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        # Text must not be escaped: that would write "&amp;" into it. The page must be.
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_translations(catalogue(language), newstyle=True)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] -- added by the extension
    return environment


def words_of(kind: str, language: str, content: Mapping[str, Any]) -> Words:
    """The words of a letter of ``kind``; ``content`` is what its template speaks of. Raises ``UndefinedError`` where
    that lacks something."""
    words = Words()
    verbs = {
        "subject": words.set_subject,
        "say": words.say,
        "quote": words.quote,
        "link": words.link,
        "digits": words.digits,
        "spoken": spoken,
    }
    _environment(language).get_template(f"{kind}{SUFFIX}").render({**content, **verbs})
    return words
