"""The words of names that somebody may mean who typed another one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Select, String, bindparam, cast, func, literal_column, select, union_all

from memory_road.archive.name_word import NameKey, NameWord
from memory_road.archive.rows_of import POSTGRESQL, is_among, rows_of
from memory_road.db import db
from memory_road.facts.name_keys import index_keys, is_whole
from memory_road.facts.name_likeness import SAME_NAME, nearest, rank
from memory_road.facts.name_words import Word

MOST_FORMS = 64
"""So many words are looked for in place of one that was typed."""
MOST_MET = 10_000
"""So many rows of keys are read at most, whole ones and ones with a sign left out; a word can have several of them."""
SHORTEST_BEGINNING = 2


class Nearness(IntEnum):
    """How what was found is the word that was typed; the nearer, the smaller."""

    SAME = 0
    SPELT = 1  # the same name in another spelling
    BEGINS = 2  # a word that begins so
    SIMILAR = 3  # another name, or the same one with a typing mistake


@dataclass(frozen=True, slots=True)
class Form:
    """A word of names, how near it is to the one that was typed, and how many entries have it."""

    word: str
    nearness: Nearness
    entries: int


def same(asked: Word) -> list[Form]:
    """The folded word itself, also where the dictionary does not know it: after an upgrade it is made anew."""
    [(entries,)] = rows_of(_ITSELF, {"word": asked.word})
    return [Form(asked.word, Nearness.SAME, entries or 1)]


def meant(asked: Word, same_name: float = SAME_NAME) -> list[Form]:
    """What may be meant by a word, beside itself: other spellings, which are at least as like as ``same_name``, the
    nearest first, words that begin so, and names that are only similar."""
    ranked, entries = _ranked(asked)
    spelt = [Form(word, Nearness.SPELT, entries[word]) for word, like in ranked.items() if like >= same_name]
    similar = [Form(word, Nearness.SIMILAR, entries[word]) for word, like in ranked.items() if like < same_name]
    known = {form.word for form in spelt}
    begin = [Form(word, Nearness.BEGINS, entries) for word, entries in _begin(asked) if word not in known]
    return [*(*spelt, *begin)[:MOST_FORMS], *similar]


def _ranked(asked: Word) -> tuple[dict[str, float], dict[str, int]]:
    """Words whose keys it meets, the likest first, with their likeness and how many entries have them."""
    entries: dict[str, int] = defaultdict(int)
    known: list[Word] = []
    for word, sound, number in rows_of(_numbered(db.engine.dialect.name), {"numbers": _near(asked.sound)}):
        if word != asked.word:
            entries[word] += number
            known.append(Word(word, sound))
    likeness: dict[str, float] = {}
    for near, like in rank(asked, known):
        likeness.setdefault(near.word, like)
    return likeness, entries


def _near(heard: str) -> list[int]:
    """The numbers of the words that are worth to be judged."""
    keys = index_keys(heard)
    asked = {"whole": [key for key in keys if is_whole(key)], "mistyped": [key for key in keys if not is_whole(key)]}
    met = {
        kind: dict(zip(numbers.split(" "), sounds.split(" "), strict=True)) if numbers else {}
        for kind, numbers, sounds in rows_of(_met(db.engine.dialect.name), asked)
    }
    return list(map(int, nearest(heard, met["whole"], met["mistyped"])))


def _begin(asked: Word) -> Sequence[Any]:
    if len(asked.word) < SHORTEST_BEGINNING:
        return []
    return rows_of(_BEGINNING, {"word": asked.word, "end": asked.word + "{"})


# Put together once: that costs more than to carry them out.
_WORD = bindparam("word", type_=String())
_ITSELF = select(func.sum(NameWord.entries)).where(NameWord.word == _WORD)
_BEGINNING = (
    select(NameWord.word, NameWord.entries)
    .where(NameWord.word > _WORD, NameWord.word < bindparam("end", type_=String()))
    .order_by(NameWord.word)
    .limit(MOST_FORMS)
)


@cache
def _met(dialect: str) -> CompoundSelect[*tuple[Any, ...]]:
    """Asks for all numbers and sounds that lie under keys, each as one text: as thousands of rows they would cost
    several times as much to read."""
    return union_all(_met_under("whole", dialect), _met_under("mistyped", dialect))


def _met_under(keys: str, dialect: str) -> Select[*tuple[Any, ...]]:
    columns = select(cast(NameKey.word_number, String), NameKey.sound)
    met = columns.where(is_among(NameKey.key, keys, dialect)).limit(MOST_MET).subquery()
    # Not func.aggregate_strings: SQLAlchemy puts its separator in last of all, which the driver knows nothing of.
    joined = func.string_agg if dialect == POSTGRESQL else func.group_concat
    texts = (joined(column, literal_column("' '")) for column in met.c)
    return select(literal_column(f"'{keys}'"), *texts)


@cache
def _numbered(dialect: str) -> Select[*tuple[Any, ...]]:
    words = select(NameWord.word, NameWord.sound, NameWord.entries)
    return words.where(is_among(NameWord.number, "numbers", dialect))
