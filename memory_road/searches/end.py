"""End kept searches: one, all of an address, or those whose time is over."""

from sqlalchemy import delete, exists, or_, select

from memory_road.db import db, now
from memory_road.mail.letter import Letter, LetterKind
from memory_road.searches.kept_search import KeptSearch, SearchKeeper


def end_search(keeper: SearchKeeper, search_id: str) -> None:
    """End one search of a keeper, in the present transaction; it does not matter whether it has ended already."""
    db.session.execute(delete(KeptSearch).where(KeptSearch.id == search_id, KeptSearch.keeper_id == keeper.id))
    if db.session.scalar(select(KeptSearch.id).where(KeptSearch.keeper_id == keeper.id).limit(1)) is None:
        end_all(keeper.email)


def end_all(email: str) -> None:
    """End all searches of an address, in the present transaction, and forget the address: what waits to be sent about
    them is not sent any more."""
    free = or_(Letter.leased_until.is_(None), Letter.leased_until < now())
    about = Letter.kind.in_((LetterKind.SEARCH_NEWS, LetterKind.SEARCH_ASKED))
    waiting = (Letter.sent_at.is_(None), about, Letter.recipient == email, free)
    db.session.execute(delete(SearchKeeper).where(SearchKeeper.email == email))
    db.session.execute(delete(Letter).where(*waiting))


def forget_ended_searches() -> int:
    """Delete searches that were not confirmed in time, or not prolonged, and addresses that keep none; returns how
    many."""
    ended = delete(KeptSearch).where(KeptSearch.ends_at <= now()).returning(KeptSearch.id)
    gone = len(db.session.scalars(ended).all())
    idle = delete(SearchKeeper).where(~exists().where(KeptSearch.keeper_id == SearchKeeper.id))
    return gone + len(db.session.scalars(idle.returning(SearchKeeper.id)).all())
