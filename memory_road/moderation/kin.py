"""Nobody decides a case of kin: who has said so themselves, and whom the site knows to be family."""

from collections.abc import Iterator
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, PrimaryKeyConstraint, exists, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.accounts.permissions import Actor
from memory_road.archive.queries import made_of, standing
from memory_road.cases import Case
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.lifecycle import State
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.db import Base, Identifier, Moment, db, now, upsert
from memory_road.family.carer import Care
from memory_road.family.queries import has_told
from memory_road.requests.entry_request import EntryRequest


class Recusal(Base):
    """A moderator has said that a case concerns their family: they are out of it for ever. It points at no case, since
    that may be of either kind."""

    __tablename__ = "recusal"
    __table_args__ = (PrimaryKeyConstraint("account_id", "case_id"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    case_id: Mapped[Identifier]
    made_at: Mapped[Moment] = mapped_column(default=now)


class Bar(StrEnum):
    """Why somebody is kept out of a case. The edge has the wording."""

    SENT = "sent"  # it is their own
    SAID = "said"  # they have said that it concerns their family
    CARE = "care"  # they have the care of the entry that it is about
    TOLD = "told"  # they have told of that entry, too


def bar_of(actor: Actor, case_id: str, sender_id: int | None, about_id: str | None) -> Bar | None:
    """Why the actor must not decide a case which ``sender_id`` has sent and which is about the entry ``about_id``;
    ``None``: nothing is in the way. Every verb that decides anything asks this."""
    if actor.id == sender_id and not actor.decides_own:
        return Bar.SENT
    if db.session.get(Recusal, (actor.id, case_id)) is not None:
        return Bar.SAID
    if about_id is None or actor.id == sender_id:  # a single moderator's own: it is marked as such
        return None
    return tie_of(actor, about_id)


def tie_of(actor: Actor, participant_id: str) -> Bar | None:
    """Why the actor counts as family of an entry, of the one that it has become part of, or of any part of that;
    ``None``: they do not, as far as the site knows."""
    today = standing(participant_id)
    parts = made_of(today.id if today is not None else participant_id)
    if db.session.scalar(select(Care.holder_id).where(Care.participant_id.in_(parts), Care.holder_id == actor.id)):
        return Bar.CARE
    if today is not None and has_told(actor, today.id):
        return Bar.TOLD
    about = or_(Contribution.about_id.in_(parts), Contribution.participant_id.in_(parts))
    for said_of in (
        select(Recusal.case_id).join(Contribution, Contribution.id == Recusal.case_id).where(about),
        select(Recusal.case_id)
        .join(EntryRequest, EntryRequest.id == Recusal.case_id)
        .where(EntryRequest.participant_id.in_(parts)),
    ):
        if db.session.scalar(said_of.where(Recusal.account_id == actor.id).limit(1)) is not None:
            return Bar.SAID
    return None


def require_no_kin(contribution: Contribution, actor: Actor) -> None:
    """Raise ``Refused`` where the case concerns the actor's family. Who may decide what they sent is asked before."""
    bar = bar_of(actor, contribution.id, contribution.sender_id, contribution.about_id)
    if bar not in {None, Bar.SENT}:
        raise Refused(RefusalCode.KIN)


def recuse(case_id: str, actor: Actor) -> None:
    """Take the actor out of a case for ever; a second time nothing happens."""
    upsert(Recusal, {"account_id": actor.id, "case_id": case_id}, {"made_at": now()})


def without_kin(actor: Actor) -> Iterator[ColumnElement[bool]]:
    """The same as conditions on cases: those that the actor is not kept out of."""
    yield ~exists().where(Recusal.account_id == actor.id, Recusal.case_id == Case.id)
    yield ~exists().where(Care.participant_id == Case.about_id, Care.holder_id == actor.id)
    yield ~exists().where(
        Contribution.sender_id == actor.id,
        Contribution.participant_id == Case.about_id,
        Contribution.state == State.APPROVED,
    )
