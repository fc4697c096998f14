"""What the desk's form says of an approval: an answer for each fact that is proposed, the face, what was checked."""

from dataclasses import dataclass

from babel import Locale
from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from memory_road.archive.participant import Participant
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.submit import NeedsMending
from memory_road.db import now
from memory_road.facts.choice import WEIGHTY, Choice, Chosen, editable, edited, removable
from memory_road.facts.date_words import say_date
from memory_road.facts.difference import Difference
from memory_road.facts.document import text_of
from memory_road.facts.fields import FIELD, Field, Kind
from memory_road.facts.problem import Problem
from memory_road.facts.read import COUNTRIES
from memory_road.facts.uncertain_date import parse_edtf
from memory_road.moderation.approval import (
    Approval,
    Checked,
    Portrait,
    brings_another_face,
    kept_choices,
    proposed,
)
from memory_road.web.language import language

CHECKS: dict[Checked, object] = {
    Checked.FACE_CLEAR: _l("The face in the portrait can be seen clearly"),
    Checked.ONE_PERSON: _l("It is about one person, and it is clear which one in the pictures"),
    Checked.NOT_DISGUISED: _l("Nobody is disguised: no known enemy, collaborator or public figure"),
    Checked.RIGHTS: _l("The family may publish these pictures and texts"),
    Checked.NO_OFFENCE: _l("Nothing in it offends"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What can be answered about one proposed fact. ``choice`` is what stands chosen, empty: nothing yet. ``typed`` is
    what stands in its field, ``choices`` the terms of a vocabulary."""

    name: str
    label: str
    editable: bool
    removable: bool
    weighty: bool
    choice: str
    typed: str
    choices: list[tuple[str, str]]


def answers(contribution: Contribution, entry: Participant | None) -> dict[str, Answer]:
    """By fact, for everything that a contribution proposes and that is not in its entry yet."""
    found = proposed(contribution, entry.facts if entry is not None else {})
    kept = kept_choices(contribution)
    return {
        each.field.name: _answer(contribution, each, kept.get(each.field.name)) for each in found if not each.settled
    }


def _answer(contribution: Contribution, change: Difference, kept: Chosen | None) -> Answer:
    field = change.field
    weighty = field.name in WEIGHTY and bool(change.old)
    standing = "" if weighty else (kept.choice if kept is not None else Choice.TAKE)
    return Answer(
        name=field.name,
        label=gettext(field.label),
        editable=editable(field),
        removable=removable(field) or contribution.about_id is not None,
        weighty=weighty,
        choice=request.form.get(f"choice-{field.name}", standing),
        typed=request.form.get(f"edit-{field.name}", _standing(contribution, field, kept)),
        choices=_choices(field),
    )


def _standing(contribution: Contribution, field: Field, kept: Chosen | None) -> str:
    """What stands in the field before anybody types: what was sent, or what a moderator made of it before."""
    if kept is None or kept.choice is Choice.TAKE:
        return _as_typed(contribution, field)
    if kept.choice is Choice.LEAVE:  # a correction has a tick for that
        return "" if contribution.about_id is None else _as_typed(contribution, field)
    is_date = field.kind is Kind.DATE and kept.value
    return say_date(parse_edtf(kept.value), contribution.language) if is_date else kept.value


def _as_typed(contribution: Contribution, field: Field) -> str:
    return (
        text_of(contribution.typed, field.name)
        if field.kind is Kind.DATE
        else text_of(contribution.facts or {}, field.name)
    )


def _choices(field: Field) -> list[tuple[str, str]]:
    if field.kind is Kind.COUNTRY:
        names = Locale(language()).territories
        return sorted(((code, str(names.get(code, code))) for code in COUNTRIES), key=lambda each: each[1])
    return (
        [(term.value, gettext(term.wording)) for term in field.terms] if field.kind is Kind.TERM and field.terms else []
    )


def approval_of(contribution: Contribution, entry: Participant | None) -> Approval:
    """The approval that the form makes. Raises ``NeedsMending`` for what cannot be understood of it."""
    said = request.form.get
    choices: dict[str, Chosen] = {}
    problems: list[Problem] = []
    for change in proposed(contribution, entry.facts if entry is not None else {}):
        made, wrong = _chosen(contribution, change)
        problems += wrong
        if made is not None:
            choices[change.field.name] = made
    if problems:
        raise NeedsMending(problems)
    portrait = said("portrait", "")
    return Approval(
        nobody_living_exposed=said("nobody_living_exposed") == "yes",
        choices=choices,
        portrait=Portrait(portrait) if portrait in set(Portrait) else None,
        checked=frozenset(Checked(each) for each in request.form.getlist("checked") if each in set(Checked)),
        edition=said("entry", "") if entry is not None else None,
    )


def _chosen(contribution: Contribution, change: Difference) -> tuple[Chosen | None, list[Problem]]:
    """What was said of one fact; nothing where it is taken as it is and nobody had to say so. Whoever types something
    else means it, whatever is ticked."""
    field = change.field
    said = request.form.get(f"choice-{field.name}", "")
    typed = request.form.get(f"edit-{field.name}")
    if said == Choice.LEAVE and (removable(field) or contribution.about_id is not None):
        return Chosen(Choice.LEAVE), []
    kept = kept_choices(contribution).get(field.name)
    text = typed.strip() if typed is not None and editable(field) else None
    if text is not None and text != _standing(contribution, field, kept).strip():
        if text == _as_typed(contribution, field).strip():
            return Chosen(Choice.TAKE), []
        if not text and removable(field):
            return Chosen(Choice.LEAVE), []
        return edited(field.name, text, contribution.language, now().date())
    if text is not None and kept is not None and said in {"", Choice.EDIT}:  # as a moderator made it before
        return kept, []
    if said == Choice.EDIT:  # and left as it was
        return Chosen(Choice.TAKE), []
    return (Chosen(Choice.TAKE), []) if said == Choice.TAKE and field.name in WEIGHTY else (None, [])


def asks_for_face(contribution: Contribution, entry: Participant | None) -> bool:
    """Whether the old face and the new one are to be chosen between."""
    return entry is not None and brings_another_face(contribution, entry)


def mended(contribution: Contribution) -> list[tuple[str, str]]:
    """What a moderator has typed in place of what stands, by the facts' labels."""
    kept = kept_choices(contribution)
    found: list[tuple[str, str]] = []
    for field in FIELD.values():
        text = request.form.get(f"edit-{field.name}")
        if text is not None and text.strip() != _standing(contribution, field, kept.get(field.name)).strip():
            found.append((gettext(field.label), dict(_choices(field)).get(text, text)))
    return found
