"""The shapes of what programs ask and are told. Those of facts are made from ``facts.fields``, so that a new fact
appears by itself and a private one never does."""

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate

from memory_road.archive.anniversaries import Anniversary
from memory_road.archive.filters import FIRST_YEAR, LAST_YEAR
from memory_road.archive.search import PAGE
from memory_road.facts.fields import FIELDS, Field, Kind
from memory_road.facts.read import COUNTRIES
from memory_road.facts.vocabulary import Category, Fate, PhotographKind, Relationship, Term

LONGEST_TEXT = 200
MOST = 100
SHAPES = {
    Kind.DATE: "EDTF (ISO 8601-2), such as 1915-05-12, 1915~ for about, 191X, 1941/1943, [1914,1915]; XXXX: not known",
    Kind.COUNTRY: "ISO 3166-1 alpha-2",
    Kind.POINT: "latitude and longitude in decimal degrees (WGS 84), such as 55.7558, 37.6173",
    Kind.LONG_TEXT: "paragraphs, with an empty line between them",
    Kind.FACT: "the name of a fact, or words for what none of them is",
    Kind.FACTS: "names of facts, or words for what none of them is, with commas between them",
}
"""How the values of a kind are written."""


def about(text: str) -> dict[str, str]:
    return {"description": text}


def one_of(terms: type[Term]) -> validate.OneOf:
    return validate.OneOf([term.value for term in terms])


def field_of(field: Field) -> fields.Field[Any]:
    """How a fact is written in JSON: as it stands in the document of facts."""
    said = about(f"{field.label}: {SHAPES[field.kind]}" if field.kind in SHAPES else field.label)
    if field.kind is Kind.RECORDS:
        parts: dict[str, Any] = {part.name: field_of(part) for part in field.parts}
        return fields.List(fields.Nested(Schema.from_dict(parts, name=_called(field.name))), metadata=said)
    if field.kind is Kind.TERMS and field.terms is not None:
        return fields.List(fields.String(validate=one_of(field.terms)), metadata=said)
    if field.kind is Kind.TERM and field.terms is not None:
        return fields.String(validate=one_of(field.terms), metadata=said)
    return fields.String(metadata=said)


def _called(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


Facts = Schema.from_dict({field.name: field_of(field) for field in FIELDS if not field.private}, name="Facts")


class Asked(Schema):
    """What is asked of the list of people."""

    class Meta:
        unknown = EXCLUDE

    q = fields.String(
        load_default="",
        validate=validate.Length(max=LONGEST_TEXT),
        metadata=about("Surname, given name, patronymic in any spelling and order"),
    )
    category = fields.String(validate=one_of(Category), metadata=about("A kind of participant"))
    fate = fields.String(validate=one_of(Fate), metadata=about("What became of them"))
    country = fields.String(
        validate=validate.OneOf(sorted(COUNTRIES)), metadata=about("Where the place of birth is today, ISO 3166-1")
    )
    born_from = fields.Integer(validate=validate.Range(FIRST_YEAR, LAST_YEAR), metadata=about("First year of birth"))
    born_to = fields.Integer(validate=validate.Range(FIRST_YEAR, LAST_YEAR), metadata=about("Last year of birth"))
    place = fields.String(validate=validate.Length(max=LONGEST_TEXT), metadata=about("Words of a place"))
    unit = fields.String(validate=validate.Length(max=LONGEST_TEXT), metadata=about("Words of the unit"))
    work = fields.String(
        validate=validate.Length(max=LONGEST_TEXT), metadata=about("Words of place of work or occupation")
    )
    award = fields.String(validate=validate.Length(max=LONGEST_TEXT), metadata=about("Words of an award"))
    story = fields.String(validate=validate.Length(max=LONGEST_TEXT), metadata=about("Words of the story"))
    after = fields.String(
        load_default="", validate=validate.Length(max=LONGEST_TEXT), metadata=about("From `next` of the page before")
    )
    limit = fields.Integer(
        load_default=PAGE, validate=validate.Range(1, MOST), metadata=about("How many people a page holds at most")
    )


class DayAsked(Schema):
    """What is asked of the people of a day."""

    class Meta:
        unknown = EXCLUDE

    of = fields.String(
        load_default=Anniversary.BORN.value,
        validate=validate.OneOf([which.value for which in Anniversary]),
        metadata=about("Whether it is the day of their birth or of their death"),
    )
    after = fields.String(
        load_default="", validate=validate.Length(max=LONGEST_TEXT), metadata=about("From `next` of the page before")
    )
    limit = fields.Integer(
        load_default=PAGE, validate=validate.Range(1, MOST), metadata=about("How many people a page holds at most")
    )


class Summary(Schema):
    """Somebody in a list."""

    id = fields.String(required=True, metadata=about("Nine characters that never change"))
    surname = fields.String(required=True)
    given_names = fields.String(required=True)
    birth_date = fields.String(required=True, metadata=about("EDTF; empty: not stated"))
    death_date = fields.String(required=True, metadata=about("EDTF; empty: not stated"))
    portrait = fields.String(required=True, allow_none=True, metadata=about("Address of a small picture"))
    url = fields.String(required=True, metadata=about("Address of all that is told of them"))
    page = fields.String(required=True, metadata=about("Address for people that never changes"))


class People(Schema):
    """One page of people."""

    people = fields.List(fields.Nested(Summary), required=True)
    next = fields.String(
        required=True, allow_none=True, metadata=about("Address of the next page; null: this is the last")
    )
    too_many = fields.Boolean(required=True, metadata=about("More fit than are shown: add a name to see others"))


class PeopleOfADay(Schema):
    """One page of the people of a day."""

    people = fields.List(fields.Nested(Summary), required=True)
    next = fields.String(
        required=True, allow_none=True, metadata=about("Address of the next page; null: this is the last")
    )


class Picture(Schema):
    """A published picture. ``image`` is a JPEG; ``service`` is there for pictures that can be zoomed into."""

    kind = fields.String(required=True, validate=one_of(PhotographKind))
    caption = fields.String(required=True)
    taken = fields.String(required=True, metadata=about("EDTF; empty: not stated"))
    taken_place = fields.String(required=True)
    credit = fields.String(required=True)
    enhanced = fields.Boolean(required=True, metadata=about("Coloured or restored"))
    veiled = fields.Boolean(required=True, metadata=about("It may distress: show it only to those who wish to see it"))
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)
    image = fields.String(required=True)
    service = fields.String(required=True, allow_none=True, metadata=about("IIIF Image API 3.0, level 0"))


class Person(Schema):
    """An entry: what families tell of somebody, checked by moderators."""

    id = fields.String(required=True)
    facts = fields.Nested(Facts, required=True)
    language = fields.String(required=True, metadata=about("In which names and stories are told"))
    contributor = fields.String(required=True, metadata=about("Who told it; empty: does not wish to be named"))
    relationship = fields.String(
        required=True,
        validate=validate.OneOf(["", *(term.value for term in Relationship)]),
        metadata=about("Who they are to the person"),
    )
    disputed = fields.Boolean(required=True, metadata=about("Families tell it differently; it is being looked into"))
    published_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)
    pictures = fields.List(fields.Nested(Picture), required=True)
    page = fields.String(required=True)
    pages = fields.Dict(fields.String(), fields.String(), required=True, metadata=about("Addresses by language"))
    manifest = fields.String(required=True, allow_none=True, metadata=about("IIIF Presentation 3; null: no pictures"))


class VocabularyTerm(Schema):
    value = fields.String(required=True)
    label = fields.Dict(fields.String(), fields.String(), required=True, metadata=about("By language"))


class FactDescribed(Schema):
    """A fact, or a part of one."""

    name = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf([kind.name.lower() for kind in Kind]))
    label = fields.Dict(fields.String(), fields.String(), required=True, metadata=about("By language"))
    terms = fields.List(fields.Nested(VocabularyTerm), required=True)
    parts = fields.List(fields.Nested("FactDescribed"), required=True)


class Vocabularies(Schema):
    """What facts are called, and the terms that they can have, in all languages of the site."""

    languages = fields.List(fields.String(), required=True)
    facts = fields.List(fields.Nested(FactDescribed), required=True)
    picture_kinds = fields.List(fields.Nested(VocabularyTerm), required=True)
    relationships = fields.List(fields.Nested(VocabularyTerm), required=True)
    reasons_of_takedown = fields.List(fields.Nested(VocabularyTerm), required=True)


class WrongParameter(Schema):
    parameter = fields.String(required=True)
    detail = fields.String(required=True)


class ProblemDetails(Schema):
    """What went wrong (RFC 9457), with a sentence that says what to do."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    reason = fields.String(allow_none=True, metadata=about("Why an entry was taken down"))
    errors = fields.List(fields.Nested(WrongParameter))
