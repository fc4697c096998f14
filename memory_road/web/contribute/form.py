"""The form of facts, derived from ``facts.fields``: WTForms carries what was typed, ``facts.read`` judges it."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from babel import Locale
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    MultipleFileField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from memory_road.facts.document import Typed
from memory_road.facts.fields import FIELD, FIELDS, Field, Kind
from memory_road.facts.read import COUNTRIES
from memory_road.facts.steps import Step, asked, label_of
from memory_road.facts.vocabulary import Living, PhotographKind, Relationship, Term
from memory_road.web.language import language

SOURCES = frozenset({"references", "also_recorded", "categories", "living"})
"""What no source is asked about; nor is it about a point, which few sources name, beside its place."""
ASKED_MOST = ("RU", "BY", "KZ", "KG", "TJ", "AM", "UA", "UZ", "GE", "AZ", "MD", "TM")


class Rows(FieldList):
    """A list of records. WTForms takes every ``isdigit()`` in a field's name for a row's number: also "²", which is
    none, and thousands of digits, which Python refuses to read."""

    def _extract_indices(self, prefix: str, formdata: Any) -> Any:
        row = re.compile(rf"{re.escape(prefix)}-[0-9]{{1,3}}(-|$)")
        names = [name for name in formdata if row.match(name)]
        return super()._extract_indices(prefix, names)  # pyright: ignore[reportAttributeAccessIssue] -- WTForms's own


def _field(fact: Field) -> Any:
    """The WTForms field of one fact. Nothing is validated here: the shape of input is stated once, in ``facts``."""
    match fact.kind:
        case Kind.LONG_TEXT:
            return TextAreaField()
        case Kind.TERM | Kind.COUNTRY:
            return SelectField(choices=[], validate_choice=False, default="")
        case Kind.TERMS | Kind.FACTS:
            return SelectMultipleField(choices=[], validate_choice=False)
        case Kind.RECORDS:
            parts: dict[str, Any] = {part.name: _field(part) for part in fact.parts}
            return Rows(FormField(type(f"{fact.name.title()}Form", (Form,), parts)), max_entries=fact.most)
        case _:
            return StringField()


class ExtraForm(FlaskForm):
    """What the form asks beside facts."""

    photos = MultipleFileField()
    none_survives = BooleanField()
    relationship = SelectField(choices=[], validate_choice=False, default="")
    named = BooleanField()
    living_consent = BooleanField()
    living_faces = SelectField(choices=[], validate_choice=False, default="")
    faces_consent = BooleanField()
    assisted = BooleanField()
    teller_name = StringField()
    teller_contact = StringField()
    signed_page = MultipleFileField()
    permission = BooleanField()


ANSWERS: dict[Step, frozenset[str]] = {
    Step.BRIEF: frozenset(
        "none_survives relationship named living_consent living_faces faces_consent assisted teller_name "
        "teller_contact permission".split()
    ),
    Step.PICTURES: frozenset({"none_survives", "living_faces", "faces_consent"}),
}
"""What each step asks beside facts."""


FactsForm: type[ExtraForm] = type("FactsForm", (ExtraForm,), {fact.name: _field(fact) for fact in FIELDS})


def term_choices(terms: type[Term]) -> list[tuple[str, str]]:
    """Values and translated wordings of a vocabulary."""
    return [(term.value, gettext(term.wording)) for term in terms]


def country_choices() -> list[tuple[str, str]]:
    """Countries in the reader's language: those asked for most often first, then all in alphabetical order."""
    names = Locale(language()).territories
    named = [(code, str(names.get(code, code))) for code in COUNTRIES]
    first = [(code, str(names[code])) for code in ASKED_MOST]
    return first + sorted(named, key=lambda choice: choice[1].casefold().replace("ё", "е"))


def facts_form() -> ExtraForm:
    """The form as it was sent, or an empty one."""
    return _with_choices(FactsForm())


def kept_form(typed: Mapping[str, Any], extra: Mapping[str, Any]) -> ExtraForm:
    """The form filled with what is kept, whatever the request says."""
    return _with_choices(
        FactsForm(formdata=None, data={**{name: _parted(name, typed[name]) for name in typed}, **extra})
    )


def typed_form(fields: MultiDict[str, str]) -> ExtraForm:
    """The form filled with ``fields``, as they were sent once."""
    return _with_choices(FactsForm(formdata=fields))


def _parted(name: str, value: Any) -> Any:
    several = {part.name for part in FIELD[name].parts if part.kind is Kind.FACTS} if name in FIELD else set()
    if not several:
        return value
    return [{part: said.split(",") if part in several else said for part, said in row.items()} for row in value]


def _with_choices(form: ExtraForm) -> ExtraForm:
    for fact in FIELDS:
        part = form[fact.name]
        if fact.terms is not None:
            part.choices = term_choices(fact.terms)  # pyright: ignore[reportAttributeAccessIssue] -- only select fields have terms
        elif fact.kind is Kind.COUNTRY:
            part.choices = country_choices()  # pyright: ignore[reportAttributeAccessIssue] -- a select field
    form.relationship.choices = term_choices(Relationship)
    form.living_faces.choices = term_choices(Living)
    return form


def fact_choices(chosen: Sequence[str], categories: Collection[str]) -> list[tuple[str, str]]:
    """Facts that a source can be about, and the words of ``chosen`` that name none of them."""
    named = [
        (fact.name, gettext(label_of(fact, categories)))
        for step in Step
        for fact in asked(step, categories, chosen)
        if fact.name not in SOURCES and fact.kind is not Kind.POINT
    ]
    known = {name for name, _ in named}
    return named + [(words, words) for words in chosen if words and words not in known]


def add_rows(form: ExtraForm, more: str = "") -> None:
    """Give every list of records one empty row to write in, and the list ``more`` another one."""
    for fact in FIELDS:
        if fact.kind is Kind.RECORDS:
            rows = form[fact.name]
            assert isinstance(rows, FieldList)
            if len(rows) == 0 or (fact.name == more and len(rows) < fact.most):
                rows.append_entry()


def typed_in(form: ExtraForm, names: Collection[str]) -> Typed:
    """Everything that was typed into the facts of ``names``, as it was typed. Empty rows of records are left out."""
    typed: dict[str, Any] = {}
    for fact in FIELDS:
        if fact.name not in names:
            continue
        data = form[fact.name].data
        if fact.kind is Kind.RECORDS:
            rows = [{part.name: _joined(row.get(part.name)) for part in fact.parts} for row in data or []]
            data = [row for row in rows if any(value.strip() for value in row.values())]
        if data:
            typed[fact.name] = data
    return typed


def _joined(data: Any) -> str:
    return ",".join(data) if isinstance(data, list) else data or ""


def photograph_kinds() -> list[tuple[str, str]]:
    """The kinds of picture, to choose from."""
    return term_choices(PhotographKind)
