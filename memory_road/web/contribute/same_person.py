"""The question before sending: is one of these published entries about the same person?"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.lifecycle import CHANGEABLE
from memory_road.contributions.queries import own, readable
from memory_road.contributions.same_person import Verdict
from memory_road.contributions.submit import read, submit
from memory_road.contributions.told import told_state
from memory_road.db import now
from memory_road.facts.document import text_of
from memory_road.facts.names import full_name, given_names, in_latin, initials, slug
from memory_road.facts.read import Reading
from memory_road.moderation.same_person import Candidate, answer, tell_apart, to_ask
from memory_road.web.audience import audience
from memory_road.web.contribute.lookalikes import small_picture
from memory_road.web.edge import actor
from memory_road.web.entry import years
from memory_road.web.language import language

FIELD = "same-{}"
"""The field of an answer, by the entry's id."""
SENDING = "send"
"""The word in the address of somebody who wants to send, and not only to look."""

same_person = Blueprint(
    "same_person", __name__, url_prefix="/<lang>/contribute/<contribution_id>/same-person", template_folder="templates"
)


@dataclass(frozen=True, slots=True)
class Namesake:
    """A published entry as the question shows it; ``latin`` is its name in Latin letters where it is written in others,
    ``picture`` the address of a small picture or empty, ``chosen`` what was answered just now."""

    field: str
    name: str
    latin: str
    language: str
    initials: str
    years: str
    place: str
    address: str
    picture: str
    chosen: str


def namesakes(candidates: Sequence[Candidate]) -> list[Namesake]:
    """``candidates`` as the question shows them."""
    return [_namesake(candidate) for candidate in candidates]


def _namesake(candidate: Candidate) -> Namesake:
    entry, facts = candidate.participant, candidate.participant.facts
    name, field = full_name(facts), FIELD.format(entry.id)
    return Namesake(
        field=field,
        name=name,
        latin="" if name.isascii() else in_latin(f"{given_names(facts)} {text_of(facts, 'surname')}"),
        language=entry.language,
        initials=initials(facts),
        years=years(facts, language()),
        place=text_of(facts, "birth_place"),
        address=url_for("gallery.person", participant_id=entry.id, name=slug(facts)),
        picture=small_picture(candidate.photograph),
        chosen=request.form.get(field, ""),
    )


def same_person_hint(contribution: Contribution | None) -> list[Namesake]:
    """Published entries that may be about the person of a draft, for a quiet line in its form; none before there is
    something to go by."""
    if contribution is None or told_state(contribution) not in CHANGEABLE:
        return []
    return namesakes(to_ask(contribution, read(contribution, now().date()).facts))


def question_before_sending(contribution: Contribution, reading: Reading) -> str:
    """The address of the question that comes before a contribution is sent; empty where nothing is asked, or something
    is still to be mended first."""
    if reading.problems or not to_ask(contribution, reading.facts):
        return ""
    return url_for("same_person.ask", contribution_id=contribution.id, then=SENDING)


same_person.add_app_template_global(same_person_hint)


@same_person.get("")
@audience(Audience.CONTRIBUTORS)
def ask(contribution_id: str) -> ResponseReturnValue:
    """The question, as long as there is something to ask."""
    contribution = readable(contribution_id, actor())
    if contribution.sender_id != actor().id or told_state(contribution) not in CHANGEABLE:
        return redirect(url_for("my.contribution", contribution_id=contribution_id))
    candidates = to_ask(contribution, read(contribution, now().date()).facts)
    if not candidates:
        return redirect(url_for("contribute.edit", contribution_id=contribution_id))
    return _page(contribution, candidates)


@same_person.post("")
@audience(Audience.CONTRIBUTORS)
def told(contribution_id: str) -> ResponseReturnValue:
    """Keep the answers, and go on to where the sender wanted to go."""
    contribution = own(contribution_id, actor())
    if told_state(contribution) not in CHANGEABLE:  # sent already: a second click, or another window
        return redirect(url_for("my.contribution", contribution_id=contribution_id), 303)
    reading = read(contribution, now().date())
    candidates = to_ask(contribution, reading.facts)
    answers = _answers(candidates)
    if Verdict.SAME not in answers.values() and len(answers) < len(candidates):
        return _page(contribution, candidates, unanswered=True), 422
    if answer(contribution, answers, reading):
        where = "contribute.edit" if read(contribution, now().date()).problems else "my.preview"
        return redirect(url_for(where, contribution_id=contribution.id, said="joined"), 303)
    return _go_on(contribution, reading)


@same_person.post("/apart")
@audience(Audience.CONTRIBUTORS)
def apart(contribution_id: str) -> ResponseReturnValue:
    """It is a different person after all."""
    contribution = own(contribution_id, actor())
    if told_state(contribution) not in CHANGEABLE:  # sent already: a second click, or another window
        return redirect(url_for("my.contribution", contribution_id=contribution_id), 303)
    tell_apart(contribution, now().date())
    return redirect(url_for("contribute.edit", contribution_id=contribution_id, said="apart"), 303)


def _go_on(contribution: Contribution, reading: Reading) -> ResponseReturnValue:
    if request.args.get("then") != SENDING or reading.problems:
        return redirect(url_for("contribute.edit", contribution_id=contribution.id, said="answered"), 303)
    submit(contribution.id, actor(), now().date())
    return redirect(url_for("my.contribution", contribution_id=contribution.id, said="sent"), 303)


def _answers(candidates: Sequence[Candidate]) -> dict[str, Verdict]:
    """The answers in the request to what was asked, by the entries' ids."""
    asked = [candidate.participant.id for candidate in candidates]
    given = {entry: request.form.get(FIELD.format(entry), "") for entry in asked}
    return {entry: Verdict(said) for entry, said in given.items() if said in set(Verdict)}


def _page(contribution: Contribution, candidates: Sequence[Candidate], unanswered: bool = False) -> str:
    return render_template(
        "contribute/same_person.html",
        contribution=contribution,
        namesakes=namesakes(candidates),
        unanswered=unanswered,
        then=request.args.get("then", ""),
    )
