"""Sending a draft: what is missing is asked for, what was understood is shown before it counts, then it is sent."""

from collections.abc import Collection

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from memory_road.contributions.contribution import Contribution
from memory_road.contributions.submit import NeedsMending, read, submit
from memory_road.db import now
from memory_road.facts.date_language.languages import LANGUAGES
from memory_road.facts.date_words import say_date
from memory_road.facts.read import Reading
from memory_road.facts.steps import Step
from memory_road.facts.uncertain_date import UncertainDate
from memory_road.web.contribute.page import echoes, field_label, kept, page, place_of, said
from memory_road.web.contribute.same_person import question_before_sending
from memory_road.web.edge import actor


def send(contribution: Contribution, here: Step = Step.BRIEF) -> ResponseReturnValue:
    """Submit a contribution whose form was kept, from the page of ``here``. Where something stands in the way, the page
    that has to be mended comes back, or the dates as they were understood."""
    reading = read(contribution, now().date())
    unseen = unseen_dates(contribution, reading)
    if not reading.problems and unseen:
        return render_template(
            "contribute/understood.html",
            contribution=contribution,
            dates=[(field_label(name), typed, said(reading)[name]) for name, typed in unseen.items()],
            echoes=echoes(reading),
        )
    question = question_before_sending(contribution, reading)
    if question:
        return redirect(question, 303)
    try:
        submit(contribution.id, actor(), now().date())
    except NeedsMending as mending:
        places = [place_of(problem.field, here) for problem in mending.problems]
        # From what is kept: empty rows of lists are not, and a sentence must stand at its own row.
        where = here if here in places else places[0]
        return page(kept(contribution), contribution, where, problems=mending.problems), 422
    return redirect(url_for("my.contribution", contribution_id=contribution.id, said="sent"), 303)


def unseen_dates(contribution: Contribution, reading: Reading) -> dict[str, str]:
    """The dates whose meaning is not plain from how they were typed, and which the sender's page has not yet said as
    they were understood; by their fields, as they were typed."""
    shown = set(request.form.getlist("understood"))
    typed = _typed_dates(contribution, reading.dates)
    return {
        name: typed[name]
        for name, edtf in echoes(reading).items()
        if f"{name}={edtf}" not in shown and not _is_plain(typed[name], reading.dates[name])
    }


def _typed_dates(contribution: Contribution, names: Collection[str]) -> dict[str, str]:
    """How the dates of the form's fields ``names`` were typed."""
    taken = {f"photograph-{kept.id}-taken": kept.taken for kept in contribution.photographs}
    found: dict[str, str] = {}
    for name in names:
        first, *rest = name.split("-")
        value = contribution.typed.get(first, "")
        if rest and first != "photograph":
            value = value[int(rest[0])].get(rest[1], "")
        found[name] = str(taken.get(name, value))
    return found


def _is_plain(typed: str, date: UncertainDate) -> bool:
    """Whether it was typed as we say it, in whichever language: then nothing about it had to be understood."""
    return any(_letters(typed) == _letters(say_date(date, code)) for code in LANGUAGES)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold().replace("ё", "е") if letter.isalnum())
