"""Begin a correction of a published entry, or an addition to it, with the entry's facts filled in."""

from collections.abc import Mapping

from sqlalchemy import or_, select

from memory_road.accounts.permissions import Actor
from memory_road.accounts.user import Account
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import record
from memory_road.contributions.lifecycle import CHANGEABLE, Move, State
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.db import db, now
from memory_road.facts.document import FactValue
from memory_road.facts.typed import typed_words


def correct(actor: Actor, form_key: str, entry: str, facts: Mapping[str, FactValue], language: str) -> Contribution:
    """Begin a draft about the published entry with the id ``entry``, which says ``facts`` now. Somebody who has one
    about it that can still be changed goes on with that. ``form_key`` was made with the page of the button: pressed
    twice, it begins one draft. Raises ``Refused`` when the account is closed."""
    if not db.session.scalar(select(Account.active).where(Account.id == actor.id).with_for_update(key_share=True)):
        raise Refused(RefusalCode.NOT_FOUND)
    begun = unfinished_about(actor, entry) or _begun_with(actor, form_key)
    if begun is not None:
        return begun
    contribution = Contribution(
        sender_id=actor.id,
        form_key=form_key,
        state=State.DRAFT,
        language=language,
        about_id=entry,
        base=dict(facts),
        typed=typed_words(facts, language),
    )
    db.session.add(contribution)
    db.session.flush()
    record(contribution.id, actor.id, Move.START, None, State.DRAFT)
    return contribution


def unfinished_about(actor: Actor, entry: str) -> Contribution | None:
    """The actor's newest contribution about ``entry`` that can still be changed, as far as they know."""
    told = or_(Contribution.undo_until.is_(None), Contribution.undo_until <= now())
    mine = select(Contribution).where(
        Contribution.about_id == entry, Contribution.sender_id == actor.id, Contribution.state.in_(CHANGEABLE), told
    )
    return db.session.scalar(mine.order_by(Contribution.updated_at.desc()).limit(1))


def _begun_with(actor: Actor, form_key: str) -> Contribution | None:
    same = select(Contribution).where(Contribution.sender_id == actor.id, Contribution.form_key == form_key)
    return db.session.scalar(same)
