"""Start a contribution and keep what its sender fills in."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from memory_road.accounts.permissions import Actor
from memory_road.accounts.user import Account
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import record
from memory_road.contributions.lifecycle import CHANGEABLE, Move, State
from memory_road.contributions.mark import forget_lost_originals
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.queries import changeable
from memory_road.db import db, now
from memory_road.facts.document import Typed
from memory_road.facts.retell import retell, retell_date
from memory_road.facts.vocabulary import PhotographKind

ANSWERS = {"relationship": "relationship_to"} | {
    name: name
    for name in (
        "none_survives named living_consent living_faces faces_consent assisted teller_name teller_contact".split()
    )
}
"""What the form asks beside facts, and the column that keeps it."""
LONGEST_TAKEN = 100


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
    """The form as it was filled in; ``photographs`` by their ids. ``asked`` are the names of what it asked, facts and
    answers beside them: whatever else is kept stays as it is. None: it asked everything."""

    typed: Typed
    language: str
    asked: frozenset[str] | None = None
    relationship: str = ""
    none_survives: bool = False
    named: bool = False
    living_consent: bool = False
    living_faces: str = ""
    faces_consent: bool = False
    assisted: bool = False
    teller_name: str = ""
    teller_contact: str = ""
    permitted: bool = False
    answer: str | None = None
    """To the moderator who asked; None: it was not asked for."""
    photographs: Mapping[str, PhotographWords] = field(default_factory=dict[str, PhotographWords])


def start(actor: Actor, form_key: str, filled: Filled, *, by_itself: bool = False) -> Contribution:
    """Begin a draft, in the present transaction. ``form_key`` was made with the empty form: the same form sent again
    (a double click, a repeated request after a lost answer) goes on with the draft that it began; once that was
    submitted, it is given back as it stands. ``by_itself``: the page keeps while a name is still being typed. Raises
    ``Refused`` when the draft was gone on with elsewhere, or the account is closed."""
    # A double click sends two requests at once: the second waits here for the draft that the first begins. Who closes
    # the account at the same time is waited for, too.
    if not db.session.scalar(select(Account.active).where(Account.id == actor.id).with_for_update(key_share=True)):
        raise Refused(RefusalCode.NOT_FOUND)
    begun = begun_with(actor, form_key)
    if begun is not None and (by_itself or _same_person(begun, filled)):
        if begun.state not in CHANGEABLE:
            return begun
        # The first page again, from before the draft was gone on with: it knows nothing of what was kept since.
        return keep(begun.id, actor, filled, begun.revision if begun.revision == 1 else 0)
    if begun is not None:  # the first page, found again with the back button, and filled in about somebody else
        form_key = secrets.token_urlsafe(32)
    contribution = Contribution(sender_id=actor.id, form_key=form_key, state=State.DRAFT, language=filled.language)
    db.session.add(contribution)
    _fill(contribution, filled)
    db.session.flush()
    record(contribution.id, actor.id, Move.START, None, State.DRAFT)
    return contribution


def begun_with(actor: Actor, form_key: str) -> Contribution | None:
    """What the actor began with the empty form of ``form_key``."""
    begun = select(Contribution).where(Contribution.sender_id == actor.id, Contribution.form_key == form_key)
    return db.session.scalar(begun)


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
    kept = retell(contribution.typed or {}, contribution.language, filled.language)
    if contribution.language != filled.language:
        _retell_photographs(contribution, filled.language)
        if contribution.typed_before is not None:
            contribution.typed_before = {**retell(contribution.typed_before, contribution.language, filled.language)}
    asked = filled.asked
    others = {name: value for name, value in kept.items() if asked is not None and name not in asked}
    contribution.typed = {**others, **filled.typed}
    contribution.revision = (contribution.revision or 0) + 1
    contribution.language = filled.language
    for name, column in ANSWERS.items():
        if asked is None or name in asked:
            setattr(contribution, column, getattr(filled, name))
    contribution.updated_at = now()
    if filled.answer is not None:
        contribution.answer = filled.answer
    if asked is None or "permission" in asked:
        _permit(contribution, filled.permitted)
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


def _permit(contribution: Contribution, permitted: bool) -> None:
    if not permitted:
        contribution.permitted_at = None
    elif contribution.permitted_at is None:
        contribution.permitted_at = now()


def _retell_photographs(contribution: Contribution, language: str) -> None:
    for photograph in contribution.photographs:
        photograph.taken = retell_date(photograph.taken, contribution.language, language)[:LONGEST_TAKEN]
