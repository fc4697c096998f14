"""Suggested wordings for ranks, branches and awards: what is shipped (``facts/suggestions.py``), what an administrator
took off the list, and what they added in a language. They help to write, and never limit what a family may say."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.accounts.permissions import Actor, Audience, require
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.db import Base, Identifier, db, one_of
from memory_road.facts.suggestions import AWARDS, BRANCHES, RANKS
from memory_road.identifier import is_identifier, new_identifier

LONGEST = 200
MOST = 500
"""Changes of one vocabulary, in all languages."""


class Vocabulary(StrEnum):
    BRANCH = "branch"
    RANK = "rank"
    AWARD = "award"


SHIPPED: dict[Vocabulary, tuple[str, ...]] = {
    Vocabulary.BRANCH: BRANCHES,
    Vocabulary.RANK: RANKS,
    Vocabulary.AWARD: AWARDS,
}


class Suggestion(Base):
    """A wording that was added in a language; or, without one, a shipped one by its English words, to be retired."""

    __tablename__ = "suggestion"
    __table_args__ = (
        one_of("vocabulary", Vocabulary),
        Index("uq_suggestion_words", "vocabulary", "language", "words", unique=True),
    )

    id: Mapped[Identifier] = mapped_column(primary_key=True, default=new_identifier)
    vocabulary: Mapped[Vocabulary] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(10), comment="empty: a shipped one, in all of them")
    words: Mapped[str] = mapped_column(String(LONGEST))
    retired: Mapped[bool] = mapped_column(default=False)


@dataclass(frozen=True, slots=True)
class Suggested:
    """One entry of the list. ``id`` is empty, and ``words`` English, for what is shipped."""

    words: str
    id: str = ""
    language: str = ""
    retired: bool = False


def suggestions(vocabulary: Vocabulary) -> Sequence[Suggested]:
    """All of a vocabulary: the shipped ones in their order, then those that were added."""
    kept = select(Suggestion).where(Suggestion.vocabulary == vocabulary).order_by(Suggestion.words, Suggestion.id)
    rows = db.session.scalars(kept.limit(MOST)).all()
    retired = {row.words for row in rows if not row.language and row.retired}
    shipped = [Suggested(words, retired=words in retired) for words in SHIPPED[vocabulary]]
    return shipped + [Suggested(row.words, row.id, row.language, row.retired) for row in rows if row.language]


def add_suggestion(actor: Actor, vocabulary: Vocabulary, language: str, words: str) -> None:
    """Suggest ``words`` in a language; one that was retired comes back. Raises ``Refused`` or ``NotPermitted``."""
    require(actor.belongs_to(Audience.ADMINISTRATORS))
    words = " ".join(words.split())
    if not words:
        raise Refused(RefusalCode.SUGGESTION_MISSING)
    if len(words) > LONGEST:
        raise Refused(RefusalCode.SUGGESTION_TOO_LONG)
    if len(suggestions(vocabulary)) >= MOST:
        raise Refused(RefusalCode.TOO_MANY_SUGGESTIONS)
    _keep(vocabulary, language, words, retired=False)


def retire_shipped(actor: Actor, vocabulary: Vocabulary, words: str, *, retired: bool) -> None:
    """Take a shipped wording off the list, or back onto it. Raises ``Refused`` or ``NotPermitted``."""
    require(actor.belongs_to(Audience.ADMINISTRATORS))
    if words not in SHIPPED[vocabulary]:
        raise Refused(RefusalCode.NOT_FOUND)
    _keep(vocabulary, "", words, retired=retired)


def retire_added(actor: Actor, suggestion_id: str, *, retired: bool) -> None:
    """The same for one that was added. Raises ``Refused`` or ``NotPermitted``."""
    require(actor.belongs_to(Audience.ADMINISTRATORS))
    found = db.session.get(Suggestion, suggestion_id) if is_identifier(suggestion_id) else None
    if found is None:
        raise Refused(RefusalCode.NOT_FOUND)
    found.retired = retired
    db.session.flush()


def _keep(vocabulary: Vocabulary, language: str, words: str, *, retired: bool) -> None:
    same = (Suggestion.vocabulary == vocabulary, Suggestion.language == language, Suggestion.words == words)
    found = db.session.scalar(select(Suggestion).where(*same).with_for_update())
    if found is None:
        db.session.add(Suggestion(vocabulary=vocabulary, language=language, words=words, retired=retired))
    else:
        found.retired = retired
    db.session.flush()
