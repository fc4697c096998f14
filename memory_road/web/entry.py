"""An entry as visitors see it, as a value: made alike from what is published and, for a preview, from what was sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask_babel import gettext

from memory_road.facts.check import date_of
from memory_road.facts.date_words import say_date, say_years
from memory_road.facts.document import Facts, records_of, terms_of, text_of
from memory_road.facts.names import full_name, given_names, initials
from memory_road.facts.transliterate import Spelling, spelt_for
from memory_road.facts.uncertain_date import parse_edtf
from memory_road.facts.vocabulary import Category, PhotographKind
from memory_road.media.sizes import by_width
from memory_road.web.fact_rows import Fact, FactRows
from memory_road.web.inflection import wording_of
from memory_road.web.lifeline import LifeLine, life_line
from memory_road.web.marks import Confirmed, Mark, Marks, named, pieces
from memory_road.web.outline import drawing_height
from memory_road.web.tones import tone
from memory_road.web.who import Seen


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of an entry: addresses by width (``sources``, ascending), upright size, and its words. ``tiles`` is
    the address of the document that describes its tiles, where it has any; ``tone`` a class that shows its colour."""

    sources: tuple[tuple[int, str], ...]
    sharing: str
    width: int
    height: int
    kind: PhotographKind
    caption: str
    taken: str
    place: str
    credit: str
    enhanced: bool
    alt: str
    tone: str = ""
    tiles: str = ""
    key: str = ""
    original_key: str = ""
    veiled: bool = False
    people: tuple[Seen, ...] = ()
    original: "Picture | None" = None
    """The unchanged picture, where this one was coloured or restored from it."""

    @property
    def drawing_height(self) -> int:
        """How high the drawing of who is who is, in the units of its outlines."""
        return drawing_height(self.width, self.height)

    @property
    def srcset(self) -> str:
        return ", ".join(f"{url} {width}w" for width, url in self.sources)

    def wide(self, height: int) -> str:
        """How wide the picture is when it is shown so high, both in rem."""
        return f"{height * self.width / self.height:.1f}rem"

    def at_least(self, width: int) -> str:
        """The smallest source that is ``width`` pixels wide, or the largest there is."""
        return next((url for available, url in self.sources if available >= width), self.sources[-1][1])

    @property
    def about(self) -> str:
        """Caption, date and place in one line."""
        return " · ".join(part for part in (self.caption, self.taken, self.place, self.credit) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    surname: str
    given_names: str
    full_name: str
    spelt: Spelling | None
    """The name in letters that the page's readers read, if they cannot read its own."""
    years: str
    initials: str
    categories: tuple[str, ...]
    portrait: Picture | None
    pictures: tuple[Picture, ...]
    facts: tuple[Fact, ...]
    also_recorded: tuple[Fact, ...]
    sources: tuple[dict[str, str], ...]
    confirmed: tuple[tuple[Confirmed, ...], ...]
    """For each source what it confirms."""
    marks_of_name: tuple[Mark, ...]
    marks_of_kind: tuple[Mark, ...]
    marks_of_story: tuple[Mark, ...]
    paragraphs: tuple[str, ...]
    line: LifeLine | None
    language: str
    """In which it was told: of its names and its story, not of the page."""
    contributor: str = ""
    relationship: str = ""
    published_at: datetime | None = None
    address: str = ""
    short_address: str = ""

    @property
    def veils(self) -> bool:
        """Whether a veil stands before one of the pictures."""
        shown = (*self.pictures, *((self.portrait,) if self.portrait is not None else ()))
        return any(each.veiled or (each.original is not None and each.original.veiled) for each in shown)


def picture(
    photograph: Any,
    taken: str,
    addresses: Mapping[str, str],
    sizes: Sequence[Mapping[str, Any]],
    name: str,
    language: str,
    **place: Any,
) -> Picture:
    """A picture of ``name``; ``taken`` is EDTF, ``addresses`` gives each size's URL by its file name. ``photograph`` is
    a row of either table, sent or published: this module may know neither, since visitors' pages stand on it. ``place``
    are further fields: its ``key`` among the pictures of the entry, its ``original_key``, its ``people``, its
    ``tiles``."""
    kind = PhotographKind(photograph.kind)
    sources = [(int(size["width"]), addresses[size["name"]]) for size in by_width(sizes)]
    sharing = next((addresses[size["name"]] for size in sizes if size["name"].endswith(".jpg")), "")
    words = say_date(parse_edtf(taken), language) if taken else ""
    alt = gettext("Portrait of %(name)s", name=name) if kind is PhotographKind.PORTRAIT else photograph.caption
    return Picture(
        sources=tuple(sources),
        sharing=sharing,
        width=photograph.width,
        height=photograph.height,
        kind=kind,
        caption=photograph.caption,
        taken=words,
        place=photograph.taken_place,
        credit=photograph.credit,
        enhanced=photograph.enhanced,
        alt=alt or f"{gettext(kind.wording)}: {name}",
        tone=tone(photograph.colour),
        veiled=photograph.veiled,
        **place,
    )


def _beside_originals(pictures: Sequence[Picture]) -> list[Picture]:
    """Every coloured or restored picture with its original beside it; what stands beside another stands nowhere else,
    unless it is the face of the entry."""
    by_key = {shown.key: shown for shown in pictures if shown.key}
    paired = [replace(shown, original=by_key.get(shown.original_key)) for shown in pictures]
    beside = {shown.original.key for shown in paired if shown.original is not None}
    face = next((shown for shown in paired if shown.kind is PhotographKind.PORTRAIT), None)
    return [shown for shown in paired if shown is face or shown.key not in beside]


def entry_view(facts: Facts, pictures: Sequence[Picture], language: str, told_in: str, **about: Any) -> EntryView:
    """The entry of ``facts``, which were told in ``told_in``, with the page's words in ``language``. The first portrait
    among ``pictures`` is its face."""
    pictures = _beside_originals(pictures)
    portrait = next((shown for shown in pictures if shown.kind is PhotographKind.PORTRAIT), None)
    name = full_name(facts)
    marks = Marks(records_of(facts, "references"))
    rows = tuple(FactRows(facts, language, marks).all())
    sex = text_of(facts, "sex")
    return EntryView(
        surname=text_of(facts, "surname"),
        given_names=given_names(facts),
        full_name=name,
        spelt=spelt_for(f"{given_names(facts)} {text_of(facts, 'surname')}", language),
        years=years(facts, language),
        initials=initials(facts),
        categories=tuple(wording_of(Category(term), sex) for term in terms_of(facts, "categories")),
        portrait=portrait,
        pictures=tuple(shown for shown in pictures if shown is not portrait),
        facts=rows,
        marks_of_name=marks.beside("surname", "given_name", "patronymic"),
        marks_of_kind=marks.beside("categories"),
        marks_of_story=marks.beside("biography"),
        confirmed=marks.confirmed(),
        also_recorded=tuple(
            Fact(_named(record.get("field", "")), (record.get("value", ""), record.get("source", "")))
            for record in records_of(facts, "also_recorded")
        ),
        sources=tuple(_source(record) for record in records_of(facts, "references")),
        paragraphs=tuple(part.strip() for part in text_of(facts, "biography").split("\n\n") if part.strip()),
        line=life_line(facts, language),
        language=told_in,
        **about,
    )


def _source(record: dict[str, str]) -> dict[str, str]:
    return {**record, "supports": _named(record["supports"])} if "supports" in record else record


def _named(facts: str) -> str:
    """Facts by their labels, and whatever else the family wrote."""
    return ", ".join(named(piece) for piece in pieces(facts))


def years(facts: Facts, language: str) -> str:
    """The years of a life, as they stand under a name."""
    return say_years(date_of(facts, "birth_date"), date_of(facts, "death_date"), language)
