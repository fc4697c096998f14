"""Write the letters about kept searches: at most one a day for an address, with everything that was found since, and
with the searches that end soon."""

from datetime import datetime, timedelta, tzinfo
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, delete, exists, or_, select, union, update

from memory_road.archive.found_by import found_by
from memory_road.archive.participant import Participant
from memory_road.db import db, now
from memory_road.facts.check import date_of
from memory_road.facts.date_point import DatePoint
from memory_road.facts.date_words import say_date, say_years
from memory_road.facts.uncertain_date import single
from memory_road.mail.letter import Letter, LetterKind, write
from memory_road.searches.describe import described
from memory_road.searches.fit import fits
from memory_road.searches.kept_search import FoundEntry, KeptSearch, SearchKeeper

MOST_TOLD = 20
"""So many entries of one search stand in a letter; where there are more, it leads to the gallery."""
ENDS_SOON = timedelta(days=14)


def keepers_to_tell(at: datetime, most: int) -> list[str]:
    """The ids of up to ``most`` keepers to whom there is something to be told ``at`` this time, and was nothing yet on
    this day, in the zone of ``at``."""
    untold = select(KeptSearch.keeper_id).join(FoundEntry).where(FoundEntry.told_at.is_(None), _is_kept(at))
    ending = select(KeptSearch.keeper_id).where(_ends_soon(at))
    # From those few to their keepers: either of two lists would make the database look at every keeper.
    either = union(untold, ending).subquery()
    waiting = select(SearchKeeper.id).join(either, either.c.keeper_id == SearchKeeper.id).where(_not_told_today(at))
    return list(db.session.scalars(waiting.limit(most)))


def tell_keeper(keeper_id: str, at: datetime) -> bool:
    """Write the letter of the day to a keeper, in the present transaction; whether there was anything to be told."""
    # Whoever tells the same keeper at the same time waits here, and then finds that it is done.
    held = select(SearchKeeper).where(SearchKeeper.id == keeper_id, _not_told_today(at)).with_for_update()
    keeper = db.session.scalar(held.execution_options(populate_existing=True))
    if keeper is None:
        return False
    kept = select(KeptSearch).where(KeptSearch.keeper_id == keeper.id, _is_kept(at))
    searches = db.session.scalars(kept.order_by(KeptSearch.made_at, KeptSearch.id)).all()
    found = [(search, _to_tell(search)) for search in searches]
    told = [_told(search, entries, keeper.language) for search, entries in found if entries]
    ending = [search for search in searches if search.reminded_at is None and search.ends_at <= at + ENDS_SOON]
    if not told and not ending:
        return False
    letter = write(
        LetterKind.SEARCH_NEWS,
        keeper.email,
        keeper.language,
        keeper=keeper.id,
        searches=told,
        ending=[_ending(search, keeper.language, at.tzinfo) for search in ending],
    )
    db.session.flush()
    for search, entries in found:
        _note(search, entries, letter, at)
    for search in ending:
        search.reminded_at = at
    keeper.told_at = at
    db.session.flush()
    return True


def leave_out(participant_id: str) -> None:
    """Take an entry that is taken down out of the letters that were not sent yet, in the present transaction."""
    free = or_(Letter.leased_until.is_(None), Letter.leased_until < now())
    with_it = select(FoundEntry.told_in).where(FoundEntry.participant_id == participant_id)
    waiting = select(Letter).where(Letter.id.in_(with_it), Letter.sent_at.is_(None), free)
    letters = db.session.scalars(waiting.with_for_update(skip_locked=True)).all()
    # It was told to nobody of these: should it be shown again, it is new to them.
    untold = or_(FoundEntry.told_at.is_(None), FoundEntry.told_in.in_([letter.id for letter in letters]))
    db.session.execute(delete(FoundEntry).where(FoundEntry.participant_id == participant_id, untold))
    for letter in letters:
        searches = [_without(search, participant_id) for search in letter.content["searches"]]
        letter.content = {**letter.content, "searches": [search for search in searches if search["entries"]]}
        if not letter.content["searches"] and not letter.content["ending"]:
            db.session.delete(letter)
    db.session.flush()


def _is_kept(at: datetime) -> ColumnElement[bool]:
    return KeptSearch.confirmed_at.is_not(None) & (KeptSearch.ends_at > at)


def _ends_soon(at: datetime) -> ColumnElement[bool]:
    return _is_kept(at) & (KeptSearch.ends_at <= at + ENDS_SOON) & KeptSearch.reminded_at.is_(None)


def _not_told_today(at: datetime) -> ColumnElement[bool]:
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return or_(SearchKeeper.told_at.is_(None), SearchKeeper.told_at < day)


def _to_tell(search: KeptSearch) -> list[Participant]:
    """The newest entries that were found and fit still, one more than a letter holds. What fits no longer, or is gone,
    is forgotten."""
    mine = (FoundEntry.search_id == search.id, FoundEntry.told_at.is_(None))
    gone = exists().where(Participant.id == FoundEntry.participant_id, Participant.gone_at.is_not(None))
    db.session.execute(delete(FoundEntry).where(*mine, gone))
    found = select(Participant).join(FoundEntry, FoundEntry.participant_id == Participant.id).where(*mine)
    newest = found.order_by(FoundEntry.found_at.desc(), Participant.id).limit(MOST_TOLD + 1)
    entries = db.session.scalars(newest).all()
    fitting = [entry for entry in entries if fits(search.sought, found_by(entry.facts))]
    others = {entry.id for entry in entries} - {entry.id for entry in fitting}
    if others:
        db.session.execute(delete(FoundEntry).where(*mine, FoundEntry.participant_id.in_(others)))
    return fitting


def _told(search: KeptSearch, entries: list[Participant], language: str) -> dict[str, Any]:
    return {
        "words": described(search.sought, language),
        "asked": urlencode(search.sought.address),
        "more": len(entries) > MOST_TOLD,
        "entries": [
            {
                "id": entry.id,
                "name": entry.called,
                "years": say_years(date_of(entry.facts, "birth_date"), date_of(entry.facts, "death_date"), language),
            }
            for entry in entries[:MOST_TOLD]
        ],
    }


def _ending(search: KeptSearch, language: str, zone: tzinfo | None) -> dict[str, Any]:
    end = search.ends_at.astimezone(zone)
    day = say_date(single(DatePoint(end.year, end.month, end.day)), language)
    return {"words": described(search.sought, language), "day": day}


def _note(search: KeptSearch, entries: list[Participant], letter: Letter, at: datetime) -> None:
    """All that was found for the search is told: the entries in the letter, the others by its link to the gallery."""
    if not entries:
        return
    mine = (FoundEntry.search_id == search.id, FoundEntry.told_at.is_(None))
    named = FoundEntry.participant_id.in_([entry.id for entry in entries])
    db.session.execute(update(FoundEntry).where(*mine, named).values(told_at=at, told_in=letter.id))
    db.session.execute(update(FoundEntry).where(*mine).values(told_at=at))


def _without(search: dict[str, Any], participant_id: str) -> dict[str, Any]:
    return {**search, "entries": [entry for entry in search["entries"] if entry["id"] != participant_id]}
