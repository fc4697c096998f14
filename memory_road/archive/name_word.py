"""The dictionary of names: every word that names of entries consist of, once, and the keys under which it meets its
other spellings. However many entries there are, a name is compared with the words of this dictionary alone."""

from collections.abc import Iterable
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, String, Table, UniqueConstraint, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.archive.participant_name import WORD
from memory_road.archive.tally import count
from memory_road.db import Base, db
from memory_road.facts.name_keys import LONGEST_KEY, index_keys
from memory_road.facts.name_words import LONGEST_SOUND, Word


def _plain(length: int) -> String:
    return String(length).with_variant(String(length, collation="C"), "postgresql")


class NameWord(Base):
    """A word, folded and by its sound (``facts.name_words``), and how many entries have it."""

    __tablename__ = "name_word"
    __table_args__ = (UniqueConstraint("word", "sound"), CheckConstraint("entries >= 0", name="counted"))

    number: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(WORD)
    sound: Mapped[str] = mapped_column(_plain(LONGEST_SOUND))
    entries: Mapped[int]


class NameKey(Base):
    """One key of a word, and its sound again: of the many words that meet under a key those that are worth to be read
    are told by their sounds, out of the index alone."""

    __tablename__ = "name_key"

    key: Mapped[str] = mapped_column(_plain(LONGEST_KEY), primary_key=True)
    sound: Mapped[str] = mapped_column(_plain(LONGEST_SOUND), primary_key=True)
    word_number: Mapped[int] = mapped_column(
        ForeignKey("name_word.number", ondelete="CASCADE"), primary_key=True, index=True
    )


def count_words(added: Iterable[Word], removed: Iterable[Word]) -> None:
    """One entry more for each word that is ``added``, one less for each that is ``removed``."""
    new = sorted({(word.word, word.sound) for word in added})
    count(NameWord, new, {(word.word, word.sound) for word in removed})
    if not new:
        return
    of_new = select(NameWord).where(tuple_(NameWord.word, NameWord.sound).in_(new))
    rows = [
        {"key": key, "sound": known.sound, "word_number": known.number}
        for known in db.session.scalars(of_new)
        for key in index_keys(known.sound)
    ]
    if rows:
        insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
        db.session.execute(insert(cast(Table, NameKey.__table__)).on_conflict_do_nothing(), rows)
