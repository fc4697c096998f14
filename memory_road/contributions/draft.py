"""Start a contribution and keep what its sender fills in."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from memory_road.accounts.permissions import Actor
from memory_road.accounts.user import Account
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import record
from memory_road.contributions.lifecycle import CHANGEABLE, STEPS, Move, State
from memory_road.contributions.mark import forget_lost_originals
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.queries import changeable
from memory_road.db import db, now
from memory_road.facts.document import Typed
from memory_road.facts.vocabulary import PhotographKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotographWords:
    """What the sender says of one photograph."""

    kind: PhotographKind
    caption: str = ""
    taken: str = ""
    taken_place: str = ""
    credit: str = ""
    enhanced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The form as it was filled in; ``photographs`` by their ids."""

    typed: Typed
    language: str
    relationship: str = ""
    none_survives: bool = False
    named: bool = False
    living_consent: bool = False
    permitted: bool = False
    photographs: Mapping[str, PhotographWords] = field(default_factory=dict[str, PhotographWords])


def start(actor: Actor, form_key: str, filled: Filled) -> Contribution:
    """Begin a draft, in the present transaction. ``form_key`` was made with the empty form: the same form sent again
    (a double click, a repeated request after a lost answer) goes on with the draft that it began; once that was
    submitted, it is given back as it stands."""
    # A double click sends two requests at once: the second waits here for the draft that the first begins.
    db.session.execute(select(Account.id).where(Account.id == actor.id).with_for_update(key_share=True))
    begun = db.session.scalar(
        select(Contribution).where(Contribution.sender_id == actor.id, Contribution.form_key == form_key)
    )
    if begun is not None and _same_person(begun, filled):
        return keep(begun.id, actor, filled) if begun.state in CHANGEABLE else begun
    if begun is not None:  # the first page, found again with the back button, and filled in about somebody else
        form_key = secrets.token_urlsafe(32)
    contribution = Contribution(sender_id=actor.id, form_key=form_key, state=State.DRAFT, language=filled.language)
    db.session.add(contribution)
    _fill(contribution, filled)
    db.session.flush()
    record(contribution.id, actor.id, Move.START, None, STEPS[Move.START].enters)
    return contribution


def _same_person(begun: Contribution, filled: Filled) -> bool:
    return all(begun.typed.get(name) == filled.typed.get(name) for name in ("surname", "given_name"))


def keep(contribution_id: str, actor: Actor, filled: Filled, seen: int | None = None) -> Contribution:
    """Keep what was filled in, understood or not. ``seen`` is the revision that the form shows: another window
    may have kept something since, which must not be lost in silence. Raises ``Refused`` then, and when it can no
    longer be changed."""
    contribution = changeable(contribution_id, actor)
    if seen is not None and seen != contribution.revision:
        raise Refused(RefusalCode.CHANGED_ELSEWHERE)
    _fill(contribution, filled)
    db.session.flush()
    return contribution


def _fill(contribution: Contribution, filled: Filled) -> None:
    contribution.typed = dict(filled.typed)
    contribution.revision = (contribution.revision or 0) + 1
    contribution.language = filled.language
    contribution.relationship_to = filled.relationship
    contribution.none_survives = filled.none_survives
    contribution.named = filled.named
    contribution.living_consent = filled.living_consent
    contribution.updated_at = now()
    if not filled.permitted:
        contribution.permitted_at = None
    elif contribution.permitted_at is None:
        contribution.permitted_at = now()
    for photograph in contribution.photographs:
        words = filled.photographs.get(photograph.id)
        if words is None:
            continue
        photograph.kind = words.kind
        photograph.caption = words.caption
        photograph.taken = words.taken
        photograph.taken_place = words.taken_place
        photograph.credit = words.credit
        photograph.enhanced = words.enhanced
    forget_lost_originals(contribution)
