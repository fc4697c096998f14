"""How the names sound in contributions that are not done with: two families may write about one person at a time."""

from sqlalchemy import ForeignKey, PrimaryKeyConstraint, delete, exists, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.contributions.contribution import Contribution
from memory_road.contributions.lifecycle import State
from memory_road.db import Base, Identifier, db
from memory_road.facts.likeness import likeliest
from memory_road.namesakes import NamesakeColumns, namesake_indexes, namesake_values, namesakes

OPEN = (State.SUBMITTED, State.HELD, State.RETURNED, State.APPEALED)
"""States in which a contribution that was sent is not done with."""

MOST_SENT = 5


class ContributionNamesake(NamesakeColumns, Base):
    """A row for each reading of a name in a contribution, while it is open. ``key_name`` follows its state."""

    __tablename__ = "contribution_namesake"
    __table_args__ = (
        PrimaryKeyConstraint("contribution_id", "surname_key", "given_key"),
        *namesake_indexes("contribution_namesake"),
    )

    contribution_id: Mapped[Identifier] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"))


def key_name(contribution: Contribution) -> None:
    """Make the rows of a contribution anew, or take them away when it is no longer open."""
    rows = [
        {"contribution_id": contribution.id, **values}
        for values in (namesake_values(contribution.facts or {}) if contribution.state in OPEN else [])
    ]
    db.session.execute(delete(ContributionNamesake).where(ContributionNamesake.contribution_id == contribution.id))
    if rows:
        db.session.execute(insert(ContributionNamesake), rows)


def key_open(after: str, most: int) -> list[str]:
    """Make the rows of at most ``most`` open contributions that have none, those that follow the id ``after``; returns
    their ids."""
    keyed = exists().where(ContributionNamesake.contribution_id == Contribution.id)
    without = select(Contribution).where(Contribution.state.in_(OPEN), Contribution.id > after, ~keyed)
    contributions = db.session.scalars(without.order_by(Contribution.id).limit(most).with_for_update()).all()
    for contribution in contributions:
        key_name(contribution)
    return [contribution.id for contribution in contributions]


def also_sent(contribution: Contribution) -> list[Contribution]:
    """The open contributions that may be about the same person, the likeliest first, at most ``MOST_SENT``. They are
    for moderators' eyes."""
    facts = contribution.facts or {}
    found = [
        other
        for other in namesakes(ContributionNamesake, ContributionNamesake.contribution_id, facts)
        if other != contribution.id
    ]
    said = db.session.execute(select(Contribution.id, Contribution.facts).where(Contribution.id.in_(found))).all()
    order = likeliest(facts, {identifier: told or {} for identifier, told in said})[:MOST_SENT]
    others = {other.id: other for other in db.session.scalars(select(Contribution).where(Contribution.id.in_(order)))}
    return [others[identifier] for identifier in order]
