"""Reads of contributions, for their senders."""

from collections.abc import Sequence

from sqlalchemy import select, tuple_

from memory_road.accounts.permissions import Actor, may_change, may_read
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Decision
from memory_road.contributions.lifecycle import CHANGEABLE, Move, Remark
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.told import told_state
from memory_road.db import db
from memory_road.identifier import is_identifier

PAGE = 50


def readable(contribution_id: str, actor: Actor) -> Contribution:
    """The contribution, for its sender or a moderator. Raises ``Refused`` alike when there is none and when it is not
    theirs to read: nobody learns which addresses exist."""
    contribution = db.session.get(Contribution, contribution_id)
    if contribution is None or not may_read(actor, *matter(contribution)):
        raise Refused(RefusalCode.NOT_FOUND)
    if contribution.submitted_at is None and not may_change(actor, contribution.sender_id):
        raise Refused(RefusalCode.NOT_FOUND)  # what was never sent is nobody else's, not even a moderator's
    return contribution


def matter(contribution: Contribution) -> tuple[int, str, str]:
    """What the rules ask of a contribution: its sender, its language, the participant's country."""
    return contribution.sender_id, contribution.language, contribution.country


def locked(contribution_id: str) -> Contribution:
    """The contribution as it is now, held until the transaction ends. Raises ``Refused``."""
    contribution = db.session.get(Contribution, contribution_id, with_for_update=True, populate_existing=True)
    if contribution is None:
        raise Refused(RefusalCode.NOT_FOUND)
    return contribution


def own(contribution_id: str, actor: Actor) -> Contribution:
    """The sender's own contribution, held until the transaction ends. Raises ``Refused``."""
    contribution = locked(contribution_id)
    if not may_change(actor, contribution.sender_id):
        raise Refused(RefusalCode.NOT_FOUND)
    return contribution


def changeable(contribution_id: str, actor: Actor) -> Contribution:
    """The sender's own contribution while it can still be changed. Raises ``Refused``."""
    contribution = own(contribution_id, actor)
    if told_state(contribution) not in CHANGEABLE:
        raise Refused(RefusalCode.MOVED_ON)
    return contribution


def sent_by(actor: Actor, after: str = "") -> Sequence[Contribution]:
    """``PAGE`` of the sender's contributions, the one changed last first; those that follow ``after``."""
    query = select(Contribution).where(Contribution.sender_id == actor.id)
    last = db.session.get(Contribution, after) if is_identifier(after) else None
    if last is not None and last.sender_id == actor.id:
        place = tuple_(Contribution.updated_at, Contribution.id)
        query = query.where(place < tuple_(last.updated_at, last.id))
    newest = query.order_by(Contribution.updated_at.desc(), Contribution.id.desc())
    return db.session.scalars(newest.limit(PAGE)).all()


def decisions_about(contribution_id: str) -> Sequence[Decision]:
    """Every decision about a contribution, the first one first; without what moderators have noted for each other."""
    return [decision for decision in log_of(contribution_id) if decision.move != Remark.NOTE]


def log_of(contribution_id: str) -> Sequence[Decision]:
    """The same with these notes, for moderators."""
    query = select(Decision).where(Decision.contribution_id == contribution_id)
    return db.session.scalars(query.order_by(Decision.number)).all()


def decided_against(contribution_id: str) -> set[int]:
    """The accounts that decided not to publish a contribution; who only upheld it is not among them."""
    query = select(Decision.actor_id).where(Decision.contribution_id == contribution_id, Decision.move == Move.REJECT)
    return set(db.session.scalars(query))


def photograph_of(contribution: Contribution, photograph_id: str) -> ContributionPhotograph:
    """One picture of a contribution. Raises ``Refused`` when it has no such picture."""
    for photograph in contribution.photographs:
        if photograph.id == photograph_id:
            return photograph
    raise Refused(RefusalCode.NOT_FOUND)


def locked_photograph(contribution: Contribution, photograph_id: str) -> ContributionPhotograph:
    """One picture as it is now, held until the transaction ends: a worker may just be writing down its sizes. The
    contribution is held already. Raises ``Refused``."""
    photograph = photograph_of(contribution, photograph_id)
    db.session.refresh(photograph, with_for_update=True)
    return photograph


def readable_photograph(photograph_id: str, actor: Actor) -> ContributionPhotograph:
    """A photograph that was sent, for its sender or a moderator. Raises ``Refused``."""
    photograph = db.session.get(ContributionPhotograph, photograph_id)
    if photograph is None:
        raise Refused(RefusalCode.NOT_FOUND)
    readable(photograph.contribution_id, actor)
    return photograph
