"""The desk makes one entry of two about the same person, or remembers that they are about different people."""

from dataclasses import asdict
from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from memory_road.accounts.permissions import Audience
from memory_road.archive.alike import alike
from memory_road.archive.participant import Participant
from memory_road.archive.queries import entry
from memory_road.facts.difference import Difference
from memory_road.facts.document import Facts
from memory_road.facts.names import full_name
from memory_road.facts.vocabulary import label
from memory_road.moderation.different_people import tell_apart, told_apart_from
from memory_road.moderation.entry import entry_at_desk, governs
from memory_road.moderation.merge import Plan, merge, mergeable, placed, planned
from memory_road.moderation.merge_facts import Choice, choices_for, conflicts, proposed_choice
from memory_road.moderation.proposal import ProposedMove, propose
from memory_road.requests.entry_refusal import EntryRefusal
from memory_road.requests.refusal import RequestRefusal, RequestRefused
from memory_road.web.ask_again import ask_again
from memory_road.web.asking import at_its_field
from memory_road.web.audience import audience
from memory_road.web.differences import line_of, rows
from memory_road.web.edge import actor, parts
from memory_road.web.entry import entry_view, years
from memory_road.web.language import language
from memory_road.web.moderate.entries import done, number_in
from memory_road.web.published import pictures_in_order, published_pictures

CHOICES: dict[Choice, str] = {
    Choice.KEPT: label("What the entry that stays says"),
    Choice.OTHER: label("What the other one says"),
    Choice.BOTH: label("Both"),
}
FACES: dict[Choice, str] = {
    Choice.KEPT: label("The portrait of the entry that stays"),
    Choice.OTHER: label("The portrait of the other one"),
}
TWO_FOR = "merge"
merging = Blueprint(
    "merging", __name__, url_prefix="/<lang>/moderate/entries/<participant_id>/merge", template_folder="templates"
)


@merging.get("")
@audience(Audience.MODERATORS)
def choose(participant_id: str) -> ResponseReturnValue:
    """With which other entry: what resembles it, or the one with the number that was typed."""
    typed = request.args.get("number", "")
    found = entry(number_in(typed)) if typed else None
    if found is not None and found.id != participant_id:
        return redirect(url_for("merging.compare", participant_id=participant_id, other_id=found.id))
    errors = at_its_field(RequestRefused(EntryRefusal.NO_OTHER)) if typed else {}
    return _choice_page(participant_id, errors), 404 if typed else 200


@merging.post("/<other_id>/apart")
@audience(Audience.MODERATORS)
def apart(participant_id: str, other_id: str) -> ResponseReturnValue:
    """Remember that these are different people."""
    try:
        tell_apart(participant_id, other_id, actor(), request.form.get("note", ""))
    except RequestRefused as refused:
        return ask_again(refused, partial(_choice_page, participant_id))
    return done(participant_id, "entries_apart")


@merging.get("/<other_id>")
@audience(Audience.SENIOR_MODERATORS)
def compare(participant_id: str, other_id: str) -> ResponseReturnValue:
    """Both side by side, and whose word is taken where they differ."""
    return _comparison(participant_id, other_id, {})


@merging.post("/<other_id>")
@audience(Audience.SENIOR_MODERATORS)
def decide(participant_id: str, other_id: str) -> ResponseReturnValue:
    """Look at the entry as it would be; and then make it so."""
    kept, other = _both(participant_id, other_id)
    plan = _plan(kept, other)
    try:
        if request.form.get("action") == "merge" and TWO_FOR in parts().settings.two_approvals:
            planned(plan, *mergeable(plan.kept_id, plan.other_id, actor()))
            propose(kept.id, ProposedMove.MERGE, asdict(plan), actor(), request.form.get("note", ""))
            return done(kept.id, "entry_proposed")
        if request.form.get("action") == "merge":
            merge(plan, actor(), request.form.get("note", ""))
            return done(kept.id, "entries_merged")
        return _preview(plan)
    except RequestRefused as refused:
        return ask_again(refused, partial(_comparison, participant_id, other_id))


def _both(participant_id: str, other_id: str) -> tuple[Participant, Participant]:
    kept, other = entry_at_desk(participant_id), entry_at_desk(other_id)
    if kept.id == other.id:
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    return kept, other


def _plan(kept: Participant, other: Participant) -> Plan:
    """What was chosen in the form; what the other entry says is put into words of the one that stays."""
    field = request.form.get
    found = conflicts(kept.facts, other.facts)
    with force_locale(kept.language):
        in_words = {
            each.field.name: line_of(each.field, other.facts.get(each.field.name), kept.language) for each in found
        }
    return Plan(
        kept_id=kept.id,
        other_id=other.id,
        chosen={each.field.name: field(each.field.name, "") for each in found},
        in_words=in_words,
        face=field("face", ""),
        editions=(field("edition", ""), field("other_edition", "")),
    )


def _choice_page(participant_id: str, errors: dict[str, str]) -> str:
    participant = entry_at_desk(participant_id)
    found = alike(participant.facts, participant.id, *told_apart_from(participant.id)) if participant.facts else []
    return render_template(
        "moderate/merge_choice.html",
        participant=participant,
        alike=found,
        years_of=_years_of,
        governs=governs(participant, actor(), senior=False),
        rules=governs(participant, actor()),
        errors=errors,
    )


def _comparison(participant_id: str, other_id: str, errors: dict[str, str]) -> str:
    kept, other = _both(participant_id, other_id)
    found = conflicts(kept.facts, other.facts)
    sides = [(each, next(iter(published_pictures(each, language())), None)) for each in (kept, other)]
    return render_template(
        "moderate/merge.html",
        participant=kept,
        other=other,
        sides=sides,
        faces=all(any(shown.position == 0 for shown in each.photographs) for each in (kept, other)),
        face_choices=[(choice.value, gettext(wording)) for choice, wording in FACES.items()],
        rows=rows(found, language()),
        choices={each.field.name: _choices(each, kept, other) for each in found},
        chosen={each.field.name: _chosen(each, kept, other) for each in found},
        years_of=_years_of,
        rules=governs(kept, actor()) and governs(other, actor()),
        gone=kept.gone_at is not None or other.gone_at is not None,
        errors=errors,
    )


def _choices(each: Difference, kept: Participant, other: Participant) -> list[tuple[str, str]]:
    return [(choice.value, gettext(CHOICES[choice])) for choice in choices_for(each.field, kept.facts, other.facts)]


def _chosen(each: Difference, kept: Participant, other: Participant) -> str:
    if request.method == "POST":
        return request.form.get(each.field.name, "")
    return proposed_choice(each.field, kept.facts, other.facts) or ""


def _preview(plan: Plan) -> str:
    kept, other = mergeable(plan.kept_id, plan.other_id, actor())
    facts, pictures = planned(plan, kept, other)
    shown = [picture for _, picture in placed(pictures, kept.id, other.id, plan.face)]
    view = entry_view(
        facts,
        pictures_in_order(full_name(facts), shown, language()),
        language(),
        told_in=kept.language,
        contributor=kept.contributor_name,
        relationship=kept.contributor_relationship,
        published_at=kept.published_at,
    )
    return render_template("moderate/merge_preview.html", participant=kept, other=other, entry=view, plan=plan)


def _years_of(facts: Facts) -> str:
    return years(facts, language())
