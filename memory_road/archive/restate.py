"""Give an entry its facts, and everything by which it is found."""

from sqlalchemy import inspect, select
from sqlalchemy.orm import selectinload

from memory_road.archive.found_by import FoundBy, found_by
from memory_road.archive.name_word import count_words
from memory_road.archive.news import EntryNews, forget_news, note_news
from memory_road.archive.participant import Participant, ParticipantCategory, ParticipantNamesake
from memory_road.archive.participant_heading import ParticipantHeading
from memory_road.archive.participant_name import ParticipantName
from memory_road.archive.participant_place import MapSquare, ParticipantPlace, counted_squares
from memory_road.archive.participant_text import ParticipantText
from memory_road.archive.tally import Tally, count
from memory_road.db import db, now
from memory_road.facts.document import Facts, text_of
from memory_road.namesakes import namesake_values

NARROWED_BY = ("birth_year", "fate", "country")
COLUMNS = (*NARROWED_BY, "birth_day", "death_day", "card")


def restate(participant: Participant, facts: Facts) -> None:
    """Let the entry say ``facts``, which hold no private ones. Rows that it has already stay, so that none is deleted
    and inserted again in one transaction. That it says something new is noted for those who keep a search."""
    known: Facts = participant.facts or {}  # a new one has none yet
    _restate(participant, facts)
    if inspect(participant).has_identity:
        with db.session.no_autoflush:
            note_news(participant.id, known) if facts else forget_news(participant.id)
    else:
        participant.news = EntryNews(at=now(), before={})


def _restate(participant: Participant, facts: Facts) -> None:
    # An entry without keys is not counted yet: it comes from a time before them, or is new.
    before = found_by(participant.facts if participant.keyed_at is not None else {})
    after = found_by(facts)
    participant.facts, participant.gone_country = facts, None
    for column in COLUMNS:
        setattr(participant, column, getattr(after, column))
    _name(participant, after)
    known_text = participant.told
    if known_text is not None and after.text:
        known_text.words = after.text
    else:
        participant.told = ParticipantText(words=after.text) if after.text else None
    kinds = {kind.category: kind for kind in participant.categories}
    participant.categories = [
        kinds.get(term) or ParticipantCategory(category=term, published_at=participant.published_at)
        for term in after.categories
    ]
    places = {place.square: place for place in participant.places}
    participant.places = [places.get(square) or ParticipantPlace(square=square) for square in sorted(after.squares)]
    headings = {row.heading: row for row in participant.headings}
    participant.headings = [headings.get(text) or ParticipantHeading(heading=text) for text in sorted(after.headings)]
    _key(participant)
    with db.session.no_autoflush:
        _count(before, after)


def say_nothing(participant: Participant) -> None:
    """Let an entry that is gone say nothing. Only its country stays, so that the same moderators decide about it."""
    country = text_of(participant.facts, "birth_country")
    restate(participant, {})
    participant.gone_country = country or None


def restate_some(most: int) -> int:
    """Make anew what at most ``most`` entries are found by that have none of it yet; returns how many those were.
    Several processes may do so at once."""
    unkeyed = select(Participant).where(Participant.keyed_at.is_(None), Participant.gone_at.is_(None))
    related = (
        Participant.namesakes,
        Participant.names,
        Participant.headings,
        Participant.categories,
        Participant.told,
        Participant.places,
    )
    waiting = unkeyed.order_by(Participant.id).limit(most).options(*map(selectinload, related))
    participants = db.session.scalars(waiting.with_for_update(skip_locked=True)).all()
    for participant in participants:
        _restate(participant, participant.facts)
    db.session.flush()
    return len(participants)


def _name(participant: Participant, after: FoundBy) -> None:
    known = {name.word: name for name in participant.names}
    names = [known.get(word) or ParticipantName(word=word) for word in sorted({word.word for word in after.words})]
    for name in names:
        name.published_at, name.kinds = participant.published_at, after.kinds
        for column in NARROWED_BY:
            setattr(name, column, getattr(after, column))
    participant.names = names


def _key(participant: Participant) -> None:
    known = {(row.surname_key, row.given_key): row for row in participant.namesakes}
    rows: list[ParticipantNamesake] = []
    for values in namesake_values(participant.facts):
        row = known.get((values["surname_key"], values["given_key"])) or ParticipantNamesake()
        for column, value in values.items():
            setattr(row, column, value)
        rows.append(row)
    participant.namesakes = rows
    participant.keyed_at = now()


def _count(before: FoundBy, after: FoundBy) -> None:
    count_words(after.words - before.words, before.words - after.words)
    kept = after.tallies & before.tallies
    count(Tally, {(what,) for what in after.tallies - kept}, {(what,) for what in before.tallies - kept})
    new, old = _counted(after), _counted(before)
    count(MapSquare, {(what,) for what in new - old}, {(what,) for what in old - new})


def _counted(found: FoundBy) -> set[str]:
    return {what for square in found.squares for what in counted_squares(square)}
