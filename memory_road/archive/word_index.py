"""The full text of what is told: PostgreSQL's GIN index or SQLite's FTS5, behind one question."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, column, func, literal_column, select, table
from sqlalchemy.orm import InstrumentedAttribute

from memory_road.archive.participant_text import ParticipantText
from memory_road.db import db

MOST_READ = 5000
"""So many entries are looked at that have the words: a place where half a million were born must not take a second."""
LONGEST_ENDING = 2
SHORTEST_STEM = 4
VOWELS = "aeiouy"
_FTS5 = table("participant_words", column("rowid"))


def has_words(owner: InstrumentedAttribute[str], words: Sequence[str]) -> ColumnElement[bool]:
    """That an entry's text has a word for each of ``words``, which begin with the letter of ``found_by.TEXTS``. Endings
    do not count: who looks for Ленинграда finds Ленинград."""
    stems = [stem(word) for word in words]
    if db.engine.dialect.name == "postgresql":
        asked = func.to_tsquery(literal_column("'simple'"), " & ".join(f"{stem}:*" for stem in stems))
        fits = func.to_tsvector(literal_column("'simple'"), ParticipantText.words).op("@@")(asked)
    else:
        phrase = " AND ".join(f'"{stem}"*' for stem in stems)
        found = select(_FTS5.c.rowid).where(literal_column("participant_words").op("MATCH")(phrase))
        fits = ParticipantText.number.in_(found)
    some = select(ParticipantText.participant_id).where(fits).limit(MOST_READ).subquery()
    return owner.in_(select(some.c.participant_id))


def stem(word: str) -> str:
    """The word without the vowels that it ends in, where enough is left of it, beside the letter before it."""
    ending = len(word) - len(word.rstrip(VOWELS))
    shorter = word[: len(word) - min(ending, LONGEST_ENDING)]
    return shorter if len(shorter) > SHORTEST_STEM else word
