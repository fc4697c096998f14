"""Compare what is new in the archive with the searches that are kept. The rows of ``archive.news`` say what is still to
be done; each is looked up by its words, so it costs what has those words, not what is kept."""

from datetime import timedelta

from sqlalchemy import exists, select
from sqlalchemy.dialects import postgresql, sqlite

from memory_road.archive.found_by import found_by
from memory_road.archive.news import EntryNews
from memory_road.archive.participant import Participant
from memory_road.db import db
from memory_road.searches.fit import fits
from memory_road.searches.kept_search import FoundEntry, KeptSearch, KeptSearchKey
from memory_road.searches.keys import keys_of_entry

MOST_SEARCHES_AT_ONCE = 200
"""With so many one entry is compared in one transaction; it goes on in the next."""

PUBLISHING = timedelta(minutes=1)
"""Whoever keeps a search so soon after may not have seen yet what was just being published."""


def some_news(most: int) -> list[str]:
    """The ids of up to ``most`` entries that are to be compared, the first one first. All wait while a search has no
    keys, since a revision has emptied their table: they would pass it by, and not come again."""
    unkeyed = select(KeptSearch.id).where(~exists().where(KeptSearchKey.search_id == KeptSearch.id)).limit(1)
    waiting = select(EntryNews.participant_id).order_by(EntryNews.at, EntryNews.participant_id).limit(most)
    entries = list(db.session.scalars(waiting))
    return entries if not entries or db.session.scalar(unkeyed) is None else []


def compare(participant_id: str) -> bool:
    """Compare a new entry with the next kept searches that it may fit, in the present transaction, and note which it
    does; whether there may be more. Nothing happens while somebody else is at the entry."""
    # The entry before its news, as when it is published.
    held = select(Participant).where(Participant.id == participant_id)
    participant = db.session.scalar(held.with_for_update(read=True, key_share=True, skip_locked=True))
    news = db.session.get(EntryNews, participant_id, with_for_update=True, populate_existing=True)
    if participant is None or news is None:
        return False
    after, before = found_by(participant.facts), found_by(news.before)
    searches = _candidates(keys_of_entry(after), news) if participant.gone_at is None else []
    for search in searches:
        # Whoever kept it saw then what fitted already.
        if fits(search.sought, after) and not fits(search.sought, before):
            _note(search.id, participant_id)
    if len(searches) < MOST_SEARCHES_AT_ONCE:
        db.session.delete(news)
        db.session.flush()
        return False
    news.compared_to = searches[-1].id
    db.session.flush()
    return True


def _candidates(keys: set[str], news: EntryNews) -> list[KeptSearch]:
    may_fit = select(KeptSearchKey.search_id).where(KeptSearchKey.key.in_(sorted(keys)))
    asked = select(KeptSearch).where(
        KeptSearch.id.in_(may_fit), KeptSearch.id > news.compared_to, KeptSearch.made_at <= news.at + PUBLISHING
    )
    # Whoever ends one meanwhile waits, so that what is noted of it points at something.
    held = asked.order_by(KeptSearch.id).limit(MOST_SEARCHES_AT_ONCE).with_for_update(read=True, key_share=True)
    return list(db.session.scalars(held))


def _note(search_id: str, participant_id: str) -> None:
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    values = {"search_id": search_id, "participant_id": participant_id}
    db.session.execute(insert(FoundEntry).values(values).on_conflict_do_nothing())
