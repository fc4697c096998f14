"""The page of the gallery: its frame is kept, since millions ask for it, and only what they ask for is put in."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from flask import render_template, request
from flask_babel import gettext, ngettext
from markupsafe import escape

from memory_road.archive.filters import Filters
from memory_road.archive.search import Page
from memory_road.archive.spellings import Nearness
from memory_road.archive.tally import tallied
from memory_road.config import Settings
from memory_road.facts.vocabulary import Category, Fate
from memory_road.web.countries import some_countries
from memory_road.web.edge import parts
from memory_road.web.frame import Frame, frame, mark, question
from memory_road.web.gallery.asked import Asked
from memory_road.web.gallery.cards import groups
from memory_road.web.language import language

FRAMES_AT_HAND = 500


@dataclass(frozen=True, slots=True)
class Kind:
    """What two pages of the gallery can have in common: all but what was typed, whom they show, and the next page."""

    settings: Settings
    language: str
    category: Category | None
    is_first: bool
    has_more: bool
    groups: tuple[Nearness | None, ...]
    is_searched: bool
    too_many: bool
    is_counted: bool
    kinds: tuple[tuple[Category, int], ...]
    countries: tuple[str, ...]


def gallery_page(wish: Asked, page: Page) -> str:
    """The page as HTML."""
    shown = groups(page, language())
    kind = Kind(
        parts().settings,
        language(),
        wish.filters.category,
        not request.args.get("after"),
        page.after is not None,
        tuple(nearness for nearness, _ in shown),
        bool(wish.query),
        page.too_many,
        bool(_number(page)),
        counted_kinds(),
        tuple(sorted(tallied("country:"))),
    )
    if wish.narrowed or page.too_slow:
        return _rendered(kind, wish, page, shown=shown, number=_number(page))
    values = {f"faces{number}": str(faces) for number, (_, faces) in enumerate(shown)}
    values["question"] = question()
    values["query"], values["words"] = str(escape(wish.query)), quote_plus(wish.query)
    values["after"], values["number"] = page.after or "", str(escape(_number(page)))
    return _frame(kind).filled(values)


def _number(page: Page) -> str:
    """How many there are, where that is known."""
    if page.number:
        return ngettext("%(num)d person found.", "%(num)d people found.", page.number)
    if page.exact and not page.too_many:
        return ngettext(
            "%(num)d person found with exactly this name.", "%(num)d people found with exactly this name.", page.exact
        )
    return ""


def counted_kinds() -> tuple[tuple[Category, int], ...]:
    """The kinds of participants of whom there is anybody, and how many there are."""
    known = tallied("category:")
    return tuple((kind, known[kind]) for kind in Category if kind in known)


@lru_cache(FRAMES_AT_HAND)
def _frame(kind: Kind) -> Frame:
    said = {"category": kind.category.value if kind.category is not None else "", "q": mark("words")}
    said = {name: value for name, value in said.items() if value and (name != "q" or kind.is_searched)}
    wish = Asked(mark("query") if kind.is_searched else "", Filters(category=kind.category), said, {})
    page = Page([], mark("after") if kind.has_more else None, too_many=kind.too_many)
    shown = [(nearness, mark(f"faces{number}")) for number, nearness in enumerate(kind.groups)]
    return frame(
        _rendered(
            kind, wish, page, shown=shown, number=mark("number") if kind.is_counted else "", in_language=_elsewhere
        )
    )


def _elsewhere(code: str) -> str:
    return f"/{code}/gallery" + mark("question")


def _rendered(kind: Kind, wish: Asked, page: Page, **more: Any) -> str:
    return render_template(
        "gallery/gallery.html",
        page=page,
        asked=wish,
        kinds=kind.kinds,
        fates=[(fate.value, gettext(fate.wording)) for fate in Fate],
        countries=some_countries(kind.language, {*kind.countries, wish.filters.country}),
        first=kind.is_first,
        **more,
    )
