"""The one definition of every fact: its name, type, limits, vocabulary, label and hint.

The form, the checks and everything that exchanges facts are derived from ``FIELDS``: a new fact is one new line here,
its translations, and its place among the rows of an entry (``web/entry.py``), which groups facts as they are read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType

from memory_road.facts.suggestions import AWARDS, BRANCHES, RANKS
from memory_road.facts.vocabulary import Category, Fate, Living, Sex, Term, label


class Kind(Enum):
    """The type of a fact, and with it the shape in the facts document."""

    TEXT = auto()  # str
    LONG_TEXT = auto()  # str with paragraphs
    DATE = auto()  # an EDTF string
    TERM = auto()  # the value of one vocabulary term
    TERMS = auto()  # a list of such values
    COUNTRY = auto()  # an ISO 3166-1 alpha-2 code
    ADDRESS = auto()  # an http or https URL
    POINT = auto()  # a point on the map, as ``facts.point`` says it
    RECORDS = auto()  # a list of documents of the field's parts
    FACT = auto()  # the name of another fact, or words for what none of them is
    FACTS = auto()  # several of them, separated by commas


class Group(Enum):
    """The parts of the form, in the order in which they are asked and read."""

    NAME = label("Name")
    BIRTH = label("Birth")
    KIND = label("Who they were in the war")
    FATE = label("Fate")
    KIN = label("Family as documents record it")
    SERVICE = label("Service")
    WORK = label("Work")
    AWARDS = label("Awards")
    BURIAL = label("Burial")
    STORY = label("Story")
    SOURCES = label("Sources")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One fact. ``most`` is the greatest length in characters, or in records for ``Kind.RECORDS``; ``asked_of`` names
    the categories it is asked of (empty: of everybody), and ``called`` what it is called for one of them; ``brief``
    facts are asked first (``facts.steps``); ``private`` facts are for the sender and moderators only."""

    name: str
    kind: Kind
    group: Group
    label: str
    hint: str = ""
    required: bool = False
    most: int = 100
    terms: type[Term] | None = None
    suggestions: tuple[str, ...] = ()
    parts: tuple["Field", ...] = ()
    asked_of: frozenset[Category] = frozenset()
    called: tuple[tuple[Category, str], ...] = ()
    brief: bool = False
    private: bool = False


FOUGHT = frozenset({Category.SOLDIER, Category.PARTISAN, Category.MEDICAL, Category.PRESS, Category.CAPTIVE})
WORKED = frozenset(Category) - {Category.SOLDIER, Category.PARTISAN}
POINT_HINT = label("Copy them from a map: two numbers like “55.7558, 37.6173”, or the web address of that map")
DATE_HINT = label("In your own words: “12 May 1915”, “spring 1915”, “about 1915”, “1914 or 1915”")


def _part(name: str, text: str, kind: Kind = Kind.TEXT, most: int = 200, suggestions: tuple[str, ...] = ()) -> Field:
    return Field(name=name, kind=kind, group=Group.SOURCES, label=text, most=most, suggestions=suggestions)


def _point(name: str, group: Group, text: str) -> Field:
    # Some maps have very long addresses.
    return Field(name=name, kind=Kind.POINT, group=group, label=text, hint=POINT_HINT, most=2000)


def _served(name: str, text: str) -> Field:
    return Field(name=name, kind=Kind.DATE, group=Group.SERVICE, label=text, hint=DATE_HINT, asked_of=FOUGHT)


FIELDS: tuple[Field, ...] = (
    Field(name="surname", kind=Kind.TEXT, group=Group.NAME, label=label("Surname"), required=True, brief=True),
    Field(name="given_name", kind=Kind.TEXT, group=Group.NAME, label=label("Given name"), required=True, brief=True),
    Field(
        name="patronymic",
        brief=True,
        kind=Kind.TEXT,
        group=Group.NAME,
        label=label("Patronymic"),
        hint=label("If there is one"),
    ),
    Field(
        name="former_surname",
        kind=Kind.TEXT,
        group=Group.NAME,
        label=label("Former surname"),
        hint=label("For example before marriage"),
    ),
    Field(name="sex", kind=Kind.TERM, group=Group.NAME, label=label("Sex"), terms=Sex),
    Field(
        name="birth_date",
        brief=True,
        kind=Kind.DATE,
        group=Group.BIRTH,
        label=label("Date of birth"),
        hint=label("In your own words: “12 May 1915”, “spring 1915”, “about 1915”, “1914 or 1915”, “not known”"),
        required=True,
    ),
    Field(
        name="birth_place",
        kind=Kind.TEXT,
        group=Group.BIRTH,
        label=label("Place of birth"),
        hint=label("As it was called then: village, district, region"),
        most=200,
    ),
    Field(name="birth_country", kind=Kind.COUNTRY, group=Group.BIRTH, label=label("Country where that place is today")),
    _point("birth_point", Group.BIRTH, label("Coordinates of the place of birth")),
    Field(
        name="categories",
        brief=True,
        kind=Kind.TERMS,
        group=Group.KIND,
        label=label("Who were they in the war?"),
        hint=label("Tick everything that is true"),
        required=True,
        terms=Category,
    ),
    Field(name="fate", kind=Kind.TERM, group=Group.FATE, label=label("Fate"), required=True, terms=Fate, brief=True),
    Field(
        name="living",
        brief=True,
        kind=Kind.TERM,
        group=Group.FATE,
        label=label("Is this person living?"),
        hint=label("About a living person we publish only what they themselves have agreed to"),
        required=True,
        terms=Living,
    ),
    Field(
        name="death_date",
        kind=Kind.DATE,
        group=Group.FATE,
        label=label("Date of death"),
        hint=label("Leave it empty if it is not known"),
    ),
    Field(name="death_place", kind=Kind.TEXT, group=Group.FATE, label=label("Place of death"), most=200),
    _point("death_point", Group.FATE, label("Coordinates of the place of death")),
    Field(
        name="kin",
        kind=Kind.RECORDS,
        group=Group.KIN,
        label=label("Family named in documents of the time"),
        hint=label("It tells namesakes apart. Only moderators see it"),
        most=20,
        parts=(_part("relation", label("Relation"), most=100), _part("name", label("Full name"))),
        private=True,
    ),
    Field(
        name="conscription_place",
        kind=Kind.TEXT,
        group=Group.SERVICE,
        label=label("Called up from"),
        hint=label("The place, or the military commissariat"),
        most=200,
        asked_of=FOUGHT,
    ),
    _served("service_from", label("Served from")),
    _served("service_to", label("Served until")),
    Field(
        name="branch",
        kind=Kind.TEXT,
        group=Group.SERVICE,
        label=label("Branch"),
        hint=label("Choose from the list or write your own"),
        suggestions=BRANCHES,
        asked_of=FOUGHT,
    ),
    Field(
        name="rank",
        kind=Kind.TEXT,
        group=Group.SERVICE,
        label=label("Rank"),
        hint=label("Choose from the list or write your own"),
        suggestions=RANKS,
        asked_of=FOUGHT,
    ),
    Field(
        name="unit",
        kind=Kind.TEXT,
        group=Group.SERVICE,
        label=label("Unit"),
        hint=label("For example “1075th Rifle Regiment, 316th Rifle Division”"),
        most=200,
        asked_of=FOUGHT,
    ),
    Field(name="position", kind=Kind.TEXT, group=Group.SERVICE, label=label("Position"), most=200, asked_of=FOUGHT),
    Field(
        name="workplace",
        kind=Kind.TEXT,
        group=Group.WORK,
        label=label("Place of work"),
        hint=label("Factory, farm, theatre, newspaper, hospital"),
        most=200,
        asked_of=WORKED,
        called=(
            (Category.DEFENCE_WORKER, label("Enterprise")),
            (Category.PRESS, label("Newspaper, radio or film studio")),
            (Category.CULTURE, label("Theatre, orchestra, museum or library")),
            (Category.LENINGRAD, label("Place of work or study during the siege")),
            (Category.MEDICAL, label("Hospital or medical unit")),
        ),
    ),
    Field(name="occupation", kind=Kind.TEXT, group=Group.WORK, label=label("Occupation"), most=200, asked_of=WORKED),
    Field(
        name="award_certificate",
        kind=Kind.TEXT,
        group=Group.WORK,
        label=label("Series and number of the award certificate"),
        hint=label("For example of the medal “For the Defence of Leningrad”. Only moderators see it"),
        asked_of=frozenset({Category.LENINGRAD, Category.DEFENCE_WORKER, Category.HOME_FRONT}),
        private=True,
    ),
    Field(
        name="awards",
        kind=Kind.RECORDS,
        group=Group.AWARDS,
        label=label("Awards"),
        most=40,
        parts=(
            _part("award", label("Award"), suggestions=AWARDS),
            _part("date", label("When"), Kind.DATE),
            _part("document_number", label("Number of the document"), most=100),
            _part("deed", label("For what"), Kind.LONG_TEXT, most=4000),
        ),
    ),
    Field(
        name="burial_place",
        kind=Kind.TEXT,
        group=Group.BURIAL,
        label=label("Place of burial"),
        hint=label("Cemetery or grave, town or village"),
        most=200,
    ),
    _point("burial_point", Group.BURIAL, label("Coordinates of the place of burial")),
    Field(
        name="biography",
        kind=Kind.LONG_TEXT,
        group=Group.STORY,
        label=label("Their story"),
        hint=label("Tell it as the family tells it. An empty line begins a new paragraph"),
        most=20_000,
    ),
    Field(
        name="references",
        kind=Kind.RECORDS,
        group=Group.SOURCES,
        label=label("Sources"),
        hint=label("An archive, a family document, a web page, a memory"),
        most=40,
        parts=(
            _part("archive", label("Archive or other source")),
            _part("fond", label("Fond"), most=50),
            _part("opis", label("Opis (inventory)"), most=50),
            _part("delo", label("Delo (file)"), most=50),
            _part("sheet", label("Sheet"), most=50),
            _part("url", label("Web address"), Kind.ADDRESS, most=500),
            _part("supports", label("What it confirms"), Kind.FACTS, most=1000),
        ),
    ),
    Field(
        name="also_recorded",
        kind=Kind.RECORDS,
        group=Group.SOURCES,
        label=label("Also recorded"),
        hint=label("Where another document says something else: both are kept"),
        most=40,
        parts=(
            _part("field", label("What"), Kind.FACT),
            _part("value", label("What it says there")),
            _part("source", label("Where")),
        ),
    ),
)

FIELD: Mapping[str, Field] = MappingProxyType({field.name: field for field in FIELDS})
POINTS: tuple[str, ...] = tuple(field.name for field in FIELDS if field.kind is Kind.POINT)
