"""A page of the form: the short way or one step, with what is kept, a sentence at each mistake, dates as understood."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext

from memory_road.contributions.contribution import Contribution
from memory_road.contributions.lifecycle import State
from memory_road.contributions.queries import decisions_about
from memory_road.contributions.receive import unfinished
from memory_road.contributions.submit import SubmissionProblem, read
from memory_road.contributions.told import told_state
from memory_road.db import now
from memory_road.facts.date_words import say_date
from memory_road.facts.document import Typed, text_of
from memory_road.facts.fields import FIELD, FIELDS, POINTS, Field, Group
from memory_road.facts.names import full_name
from memory_road.facts.problem import Problem, ProblemCode
from memory_road.facts.read import Reading
from memory_road.facts.retell import retell
from memory_road.facts.steps import GROUPS, Step, asked, facts_of, label_of, step_of, steps
from memory_road.facts.vocabulary import Category
from memory_road.web.contribute.filled import extra_of
from memory_road.web.contribute.form import ExtraForm, add_rows, fact_choices, kept_form, photograph_kinds
from memory_road.web.contribute.lookalikes import resembling
from memory_road.web.contribute.ticket import owner_of, ticket_for
from memory_road.web.contribute.tus import metadata
from memory_road.web.edge import actor, parts
from memory_road.web.language import language
from memory_road.web.sentences import problem_sentence

ABOUT_PICTURES = ("photos", "living_faces", "faces_consent", "photograph")
NOT_YET = frozenset({ProblemCode.MISSING, ProblemCode.NONE_CHOSEN, *SubmissionProblem})
"""What is only missing is asked for when somebody wants to send, not before."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A line of the summary: where the field is, what it is called, what to do."""

    address: str
    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Door:
    """A step as the list of steps shows it; ``told`` is how many of its facts are stated."""

    step: Step
    told: int


def categories_of(typed: Typed) -> list[str]:
    """The kinds that are chosen, those that there are."""
    return [term for term in typed.get("categories", []) if isinstance(term, str) and term in set(Category)]


def doors(contribution: Contribution | None) -> list[Door]:
    """The steps that there are for a contribution."""
    typed: Typed = contribution.typed if contribution is not None else {}
    found: list[Door] = []
    for step in steps(categories_of(typed), typed):
        told = sum(1 for fact in facts_of(step) if typed.get(fact.name))
        if step is Step.PICTURES and contribution is not None:
            told = len(contribution.photographs)
        found.append(Door(step, told))
    return found


def following(contribution: Contribution, step: Step) -> Step | None:
    """The step after ``step``."""
    after = list(steps(categories_of(contribution.typed), contribution.typed))
    place = after.index(step) + 1 if step in after else 1
    return after[place] if place < len(after) else None


def address_of(contribution: Contribution, step: Step, **more: Any) -> str:
    """Where a step of the form is."""
    if step is Step.BRIEF:
        return url_for("contribute.edit", contribution_id=contribution.id, **more)
    return url_for("contribute.step", contribution_id=contribution.id, step=step.value, **more)


def place_of(field: str, here: Step) -> Step:
    """The step on which the form's field ``field`` stands; pictures stand on two of them."""
    first = field.split("-", maxsplit=1)[0]
    if first in ABOUT_PICTURES:
        return here if here is Step.PICTURES else Step.BRIEF
    return step_of(first)


def kept(contribution: Contribution) -> ExtraForm:
    """The form as it is kept, in the reader's language."""
    return kept_form(retell(contribution.typed, contribution.language, language()), extra_of(contribution))


def on_its_way(contribution: Contribution, here: Step) -> dict[str, str]:
    """What was typed on a page and cannot be understood: a sentence for each field. What is missing is not a mistake
    yet."""
    problems = read(contribution, now().date()).problems
    return {
        problem.field: problem_sentence(problem)
        for problem in problems
        if problem.code not in NOT_YET and place_of(problem.field, here) is here
    }


def page(
    form: ExtraForm,
    contribution: Contribution | None,
    step: Step = Step.BRIEF,
    *,
    form_key: str = "",
    problems: Sequence[Problem] = (),
    refusals: Sequence[str] = (),
    more: str = "",
    parked: str = "",
) -> str:
    """The page of ``step``. ``problems`` are those that stand in the way of what was asked for: the summary names
    them; without any, what is not understood is said at its field. ``parked`` is the parked form that is shown."""
    add_rows(form, more)
    typed: Typed = contribution.typed if contribution is not None else {}
    categories = categories_of(typed)
    told = {*typed, *(fact.name for fact in FIELDS if form[fact.name].data)}  # and what only this form holds
    reading = read(contribution, now().date()) if contribution is not None else None
    errors = {problem.field: problem_sentence(problem) for problem in problems}
    if not problems and contribution is not None:
        errors = on_its_way(contribution, step)
    return render_template(
        "contribute/form.html",
        form=form,
        step=step,
        groups=_grouped(step, asked(step, categories, told)),
        label_of=lambda fact: gettext(label_of(fact, categories)),
        fact_choices=lambda chosen: fact_choices(chosen or [], categories),
        contribution=contribution,
        about=" ".join(full_name(typed).split()),
        action=address_of(contribution, step) if contribution is not None else url_for("contribute.begin"),
        ticket=ticket_for(actor()),
        owner=owner_of(actor()),
        parked=parked,
        form_key=form_key,
        errors=errors,
        mistakes=[_mistake(problem, contribution, step) for problem in problems],
        refusals=refusals,
        understood=said(reading) if reading is not None else {},
        echoes=echoes(reading) if reading is not None else {},
        returned=decisions_about(contribution.id)[-1]
        if contribution is not None and told_state(contribution) is State.RETURNED
        else None,
        kinds=photograph_kinds(),
        doors=doors(contribution),
        following=following(contribution, step) if contribution is not None else Step.LIFE,
        resembling=resembling(contribution.photographs) if contribution is not None else {},
        uploads=[(upload, metadata(upload.described)) for upload in unfinished(contribution.id, actor())]
        if contribution is not None
        else [],
        limits=parts().limits,
    )


def said(reading: Reading) -> dict[str, str]:
    """Every date as it was understood, in the reader's words, and every point on the map, by its field."""
    dates = {name: say_date(understood, language()) for name, understood in reading.dates.items()}
    return dates | {name: text_of(reading.facts, name) for name in POINTS if name in reading.facts}


def echoes(reading: Reading) -> dict[str, str]:
    """What a page notes of every date that it says: the form that comes back shows which ones were seen."""
    return {name: understood.edtf for name, understood in reading.dates.items()}


def _grouped(step: Step, shown: Sequence[Field]) -> list[tuple[Group, list[Field]]]:
    grouped = [(group, [fact for fact in shown if fact.group is group]) for group in GROUPS[step]]
    return [(group, facts) for group, facts in grouped if facts]


def _mistake(problem: Problem, contribution: Contribution | None, here: Step) -> Mistake:
    place = place_of(problem.field, here)
    address = "" if place is here or contribution is None else address_of(contribution, place)
    return Mistake(f"{address}#{problem.field}", field_label(problem.field), problem_sentence(problem))


def field_label(field: str) -> str:
    """What the summary calls a field."""
    first, *rest = field.split("-")
    if first in FIELD:
        fact = FIELD[first]
        part = next((part for part in fact.parts if rest and part.name == rest[-1]), None)
        return gettext(fact.label) + (f": {gettext(part.label)}" if part is not None else "")
    names = {
        "answer": gettext("Your answer to the moderator"),
        "photos": gettext("Photographs"),
        "permission": gettext("Permission"),
        "living_consent": gettext("Consent"),
        "teller_name": gettext("Who told it"),
        "signed_page": gettext("The signed page"),
        "living_faces": gettext("Living people in the pictures"),
        "faces_consent": gettext("Consent"),
        "photograph": gettext("When the picture was taken"),
    }
    return names.get(first, "")
