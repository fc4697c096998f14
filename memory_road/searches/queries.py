"""Reads of kept searches."""

from collections.abc import Sequence

from sqlalchemy import select

from memory_road.db import db, now
from memory_road.searches.kept_search import KeptSearch, SearchKeeper


def keeper_with(keeper_id: str) -> SearchKeeper | None:
    """The keeper that a link in a letter names."""
    return db.session.get(SearchKeeper, keeper_id)


def keeper_at(email: str) -> SearchKeeper | None:
    """The keeper of a mail address."""
    return db.session.scalar(select(SearchKeeper).where(SearchKeeper.email == email.lower()))


def searches_of(keeper: SearchKeeper) -> Sequence[KeptSearch]:
    """The confirmed searches of a keeper, the first one first."""
    kept = select(KeptSearch).where(
        KeptSearch.keeper_id == keeper.id, KeptSearch.confirmed_at.is_not(None), KeptSearch.ends_at > now()
    )
    return db.session.scalars(kept.order_by(KeptSearch.made_at, KeptSearch.id)).all()
