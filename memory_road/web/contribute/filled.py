"""From the request to what the verbs take."""

from collections.abc import Iterable

from flask import request
from werkzeug.datastructures import MultiDict

from memory_road.contributions.contribution import Contribution
from memory_road.contributions.draft import Filled, PhotographWords
from memory_road.facts.fields import FIELD
from memory_road.facts.read import UNREADABLE, clean, plain_name
from memory_road.facts.steps import Step, facts_of
from memory_road.facts.vocabulary import Living, PhotographKind, Relationship
from memory_road.web.contribute.form import ANSWERS, ExtraForm, typed_in
from memory_road.web.language import language

CAPTION = 2000
LINE = 200
NAME = 100
DATE = 100


def filled(form: ExtraForm, step: Step) -> Filled:
    """The form as the verbs take it. Photographs' own words are found by their ids in the field names. What the page
    of ``step`` asks is taken, and whatever was sent besides."""
    relationship, faces = form.relationship.data or "", form.living_faces.data or ""
    sent = {name.split("-")[0] for name in request.form} & (FIELD.keys() | ANSWERS[Step.BRIEF])
    asked = frozenset(sent | {fact.name for fact in facts_of(step)} | ANSWERS.get(step, frozenset()))
    return Filled(
        typed=typed_in(form, asked),
        language=language(),
        asked=asked,
        relationship=relationship if relationship in set(Relationship) else "",
        none_survives=bool(form.none_survives.data),
        named=bool(form.named.data),
        living_consent=bool(form.living_consent.data),
        living_faces=faces if faces in set(Living) else "",
        faces_consent=bool(form.faces_consent.data),
        assisted=bool(form.assisted.data),
        teller_name=plain_name(form.teller_name.data or "")[:NAME],
        teller_contact=_line(form.teller_contact.data),
        permitted=bool(form.permission.data),
        answer=clean(request.form["answer"]) if "answer" in request.form else None,
        photographs={identifier: words_of(identifier, request.form) for identifier in _identifiers()},
    )


def _line(said: str | None) -> str:
    return UNREADABLE.sub("", clean(said or ""))[:LINE]


def _identifiers() -> Iterable[str]:
    return {name.split("-")[1] for name in request.form if name.startswith("photograph-") and name.count("-") == 2}


def words_of(identifier: str, form: MultiDict[str, str]) -> PhotographWords:
    """What ``form`` says of one photograph."""

    def said(what: str, most: int) -> str:
        # The page's fields hold no more than this, and no invisible characters have a place in a caption.
        return UNREADABLE.sub("", clean(form.get(f"photograph-{identifier}-{what}", "")))[:most]

    kind = said("kind", LINE)
    return PhotographWords(
        kind=PhotographKind(kind) if kind in set(PhotographKind) else PhotographKind.PHOTOGRAPH,
        caption=said("caption", CAPTION),
        taken=said("taken", DATE),
        taken_place=said("place", LINE),
        credit=said("credit", LINE),
        enhanced=bool(said("enhanced", LINE)),
    )


def extra_of(contribution: Contribution) -> dict[str, object]:
    """What the form asks beside facts, as it is kept."""
    return {
        "none_survives": contribution.none_survives,
        "relationship": contribution.relationship_to,
        "named": contribution.named,
        "living_consent": contribution.living_consent,
        "living_faces": contribution.living_faces,
        "faces_consent": contribution.faces_consent,
        "assisted": contribution.assisted,
        "teller_name": contribution.teller_name,
        "teller_contact": contribution.teller_contact,
        "permission": contribution.permitted_at is not None,
    }
