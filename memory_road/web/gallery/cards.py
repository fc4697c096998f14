"""The cards of the gallery. They are written without a template: of a page that millions ask for they are the most."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape

from flask import url_for
from flask_babel import gettext
from markupsafe import Markup

from memory_road.archive.card import Card
from memory_road.archive.search import Page
from memory_road.archive.spellings import Nearness
from memory_road.facts.date_words import say_years
from memory_road.facts.transliterate import reader_of
from memory_road.facts.uncertain_date import parse_edtf
from memory_road.web.tones import tone

SIZES = "(max-width: 46rem) 46vw, 12rem"
AT_ONCE = 6
"""So many portraits are asked for at once; the others when they are about to be seen."""
ITEMS_AT_HAND = 5_000
"""So many take 7 MB."""
LIVES_AT_HAND = 100_000
LONGEST_YEAR = 4


def faces(cards: Sequence[Card], language: str, at_once: int = AT_ONCE) -> Markup:
    """The list of ``cards`` for readers of ``language``; so many portraits are asked for ``at_once``."""
    items = "".join(_items(cards, language, at_once))
    return Markup(f'<ul class="faces">{items}</ul>')  # noqa: S704 -- every text in it is escaped below


def before_people(language: str) -> str:
    """What the addresses of all entries begin with: where many stand on a page, one is made, not one for each."""
    return url_for("gallery.person", lang=language, participant_id="-", name="-").removesuffix("-/-")


def groups(page: Page, language: str) -> list[tuple[Nearness | None, Markup]]:
    """The cards of a page, apart by how near their names are to what was typed; None where no name was."""
    if not page.nearness:
        return [(None, faces(page.cards, language))] if page.cards else []
    near = list(zip(page.cards, (max(each, Nearness.SPELT) for each in page.nearness), strict=True))
    order = dict.fromkeys(nearness for _, nearness in near)
    return [(kind, faces([card for card, nearness in near if nearness == kind], language)) for kind in order]


def _items(cards: Sequence[Card], language: str, at_once: int) -> Iterator[str]:
    # Namesakes beside each other are told apart by where they were born.
    names = Counter((card.surname, card.given) for card in cards)
    people = before_people(language)
    for number, card in enumerate(cards):
        is_placed = bool(card.place) and names[card.surname, card.given] > 1
        yield _item(card, people, language, number >= at_once, is_placed)


@lru_cache(ITEMS_AT_HAND)
def _item(card: Card, people: str, language: str, is_lazy: bool, is_placed: bool) -> str:
    """One card in the page's language. Besides what it is given, it says nothing but words that are the same for all
    readers of that language: so it is kept for whoever asks next."""
    name = f'<span class="name"><span class="surname">{escape(card.surname)}</span> {escape(card.given)}</span>'
    lines = [name]
    if also := dict(card.spelt).get(reader_of(language)):
        lines.append(f'<span class="also">{escape(also)}</span>')
    if card.found_as:
        recorded = gettext("Also recorded: %(name)s", name=card.found_as)
        lines.append(f'<span class="as">{escape(recorded)}</span>')
    lines.append(f'<span class="years">{escape(years_of(card.birth, card.death, language))}</span>')
    if is_placed:
        lines.append(f'<span class="born">{escape(card.place)}</span>')
    address = f"{people}{card.id}/{card.slug}"
    return f'<li><a class="face" href="{address}">{_face(card, is_lazy)}{"".join(lines)}</a></li>'


def _face(card: Card, is_lazy: bool) -> str:
    if card.portrait is None or not card.files:
        return f'<span class="initials" aria-hidden="true">{escape(card.initials)}</span>'
    files = ", ".join(f"/media/{card.portrait}-{name} {width}w" for name, width in card.files)
    colour = f' class="{tone(card.colour)}"' if card.colour else ""
    loading = ' loading="lazy"' if is_lazy else ""
    return (
        f'<img{colour} src="/media/{card.portrait}-{card.files[0][0]}" srcset="{files}" sizes="{SIZES}" '
        f'width="320" height="400" alt=""{loading}>'
    )


def years_of(birth: str, death: str, language: str) -> str:
    """The years of a life, as they stand under a name; dates are EDTF."""
    return _years(_year(birth), _year(death), language)


def _year(edtf: str) -> str:
    # Of a day that is known only its year is said: so few lives are different that nearly all are known already.
    plain = edtf.replace("-", "")
    return edtf[:LONGEST_YEAR] if plain.isdecimal() and len(edtf) in {7, 10} and edtf[5] < "2" else edtf


@lru_cache(LIVES_AT_HAND)
def _years(birth: str, death: str, language: str) -> str:
    return say_years(parse_edtf(birth) if birth else None, parse_edtf(death) if death else None, language)
