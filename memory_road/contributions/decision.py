"""The append-only log: one decision for every move of every contribution, and of every published entry.

Each row carries a hash of itself and of the row before it, so that a changed, removed, inserted or reordered row shows;
``DecisionHead`` holds the newest number and hash and makes writers wait for each other. What people wrote lies in a row
of its own, which can be erased on a lawful request: the log keeps only its salted digest, and the chain stays whole.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator
from datetime import UTC
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from memory_road.accounts.user import Account
from memory_road.contributions.entry_life import EntryMove, EntryState
from memory_road.contributions.lifecycle import Move, Remark, State
from memory_road.db import Base, Identifier, Moment, db, now, one_of

FIRST_HASH = "0" * 64


class Reason(StrEnum):
    """Why something was returned or not published. The edge has the wording."""

    FACTS_UNCLEAR = "facts_unclear"
    DATES_CONTRADICT = "dates_contradict"
    SOURCE_NEEDED = "source_needed"
    PHOTOGRAPH_UNCLEAR = "photograph_unclear"
    WRONG_PERSON = "wrong_person"
    LIVING_PERSON = "living_person"
    RIGHTS = "rights"
    DUPLICATE = "duplicate"
    NOT_A_PARTICIPANT = "not_a_participant"
    ABUSE = "abuse"
    OTHER = "other"


OWN_CASE = "own_case"
"""The reason that an approval carries where whoever sent it has approved it, in a house with a single moderator."""
UNMARKED = "unmarked"
"""The reason that a remark carries with which a mark was taken away."""


class Decision(Base):
    """Who moved what, from which state to which, when and why: a contribution, or an entry. Never updated, never
    deleted: triggers refuse it."""

    __tablename__ = "decision"
    __table_args__ = (
        one_of("move", Move, EntryMove, Remark),
        one_of("to_state", State, EntryState),
        CheckConstraint("(contribution_id IS NULL) <> (participant_id IS NULL)", name="about_one"),
        CheckConstraint("(move = 'start') = (from_state IS NULL)", name="begins_with_start"),
        CheckConstraint("move NOT IN ('return', 'reject') OR reason <> ''", name="reason_given"),
        Index("ix_decision_contribution", "contribution_id", "number"),
        Index("ix_decision_participant", "participant_id", "number"),
        Index("ix_decision_move", "move", "number"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment="1, 2, 3 … without gaps")
    contribution_id: Mapped[Identifier | None] = mapped_column(ForeignKey("contribution.id", ondelete="RESTRICT"))
    participant_id: Mapped[Identifier | None] = mapped_column(
        ForeignKey("participant.id", ondelete="RESTRICT"), comment="the entry, where it is about one"
    )
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"), index=True)
    move: Mapped[str] = mapped_column(String(20))
    from_state: Mapped[str | None] = mapped_column(String(20))
    to_state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(30), default="")
    words_digest: Mapped[str] = mapped_column(String(64), comment="salted SHA-256 of what was written; empty: nothing")
    made_at: Mapped[Moment]
    previous_hash: Mapped[str] = mapped_column(String(64), unique=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)

    words: Mapped["DecisionWords | None"] = relationship(back_populates="decision", lazy="joined")
    actor: Mapped[Account] = relationship(lazy="joined")


class DecisionWords(Base):
    """What was written with a decision: the message to the other side, and the note among moderators."""

    __tablename__ = "decision_words"

    decision_number: Mapped[int] = mapped_column(ForeignKey("decision.number", ondelete="RESTRICT"), primary_key=True)
    salt: Mapped[str] = mapped_column(String(43))
    message: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")

    decision: Mapped[Decision] = relationship(back_populates="words")


class DecisionHead(Base):
    """The end of the chain, in the one row that the first migration writes."""

    __tablename__ = "decision_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


def record(
    contribution_id: str,
    actor_id: int,
    move: Move | Remark,
    from_state: State | None,
    to_state: State,
    reason: str = "",
    message: str = "",
    note: str = "",
) -> Decision:
    """Append a decision in the present transaction and return it, flushed. The contribution's row must exist."""
    made = Decision(
        contribution_id=contribution_id,
        actor_id=actor_id,
        move=move,
        from_state=from_state,
        to_state=to_state,
        reason=reason,
    )
    return _append(made, message, note)


def record_of_entry(
    participant_id: str,
    actor_id: int,
    move: EntryMove,
    from_state: EntryState,
    to_state: EntryState,
    reason: str = "",
    message: str = "",
    note: str = "",
) -> Decision:
    """The same for a move of a published entry, whose row must exist."""
    made = Decision(
        participant_id=participant_id,
        actor_id=actor_id,
        move=move,
        from_state=from_state,
        to_state=to_state,
        reason=reason,
    )
    return _append(made, message, note)


def _append(made: Decision, message: str, note: str) -> Decision:
    head = db.session.execute(select(DecisionHead).where(DecisionHead.id == 1).with_for_update()).scalar_one()
    made.number, made.previous_hash = head.number + 1, head.hash
    made.words_digest, made.made_at = "", now()
    if message or note:
        words = DecisionWords(salt=secrets.token_urlsafe(32), message=message, note=note)
        made.words, made.words_digest = words, words_digest(words)
    made.hash = hash_of(made)
    head.number, head.hash = made.number, made.hash
    db.session.add(made)
    db.session.flush()
    return made


def words_digest(words: DecisionWords) -> str:
    """The digest of ``words`` that the log keeps: hexadecimal SHA-256 over salt, message and note."""
    return hashlib.sha256("\x00".join((words.salt, words.message, words.note)).encode()).hexdigest()


def hash_of(decision: Decision) -> str:
    """The hash that ``decision`` must carry: hexadecimal SHA-256 over its columns as a JSON array, times in UTC. The
    entry's id ends the array of a decision about one; others are hashed as they were before there were such."""
    columns = [
        decision.number,
        decision.contribution_id,
        decision.actor_id,
        str(decision.move),
        str(decision.from_state) if decision.from_state else None,
        str(decision.to_state),
        decision.reason,
        decision.words_digest,
        decision.made_at.astimezone(UTC).isoformat(timespec="microseconds"),
        decision.previous_hash,
    ]
    if decision.participant_id is not None:
        columns.append(decision.participant_id)
    return hashlib.sha256(json.dumps(columns, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def faults_in_chain(head: tuple[int, str] | None = None) -> Iterator[str]:
    """Every place where the log was tampered with, as an English sentence for the operator. ``head`` is a number and
    hash that were exported earlier: with them a tail that was cut off shows too."""
    expected, previous = 1, FIRST_HASH
    for decision in db.session.execute(
        select(Decision).order_by(Decision.number).execution_options(yield_per=1000)
    ).scalars():
        if decision.number != expected:
            yield f"Decision {expected} is missing: the next one is {decision.number}."
        elif decision.previous_hash != previous:
            yield f"Decision {decision.number} does not follow the one before it."
        if decision.hash != hash_of(decision):
            yield f"Decision {decision.number} was changed after it was made."
        if decision.words is not None and decision.words_digest != words_digest(decision.words):
            yield f"The words of decision {decision.number} were changed after it was made."
        if head is not None and decision.number == head[0] and decision.hash != head[1]:
            yield f"Decision {decision.number} is not the one that was exported."
        expected, previous = decision.number + 1, decision.hash
    current = db.session.execute(select(DecisionHead)).scalar_one()
    if (current.number, current.hash) != (expected - 1, previous):
        yield f"The log ends with decision {expected - 1}, but {current.number} were made."
    if head is not None and head[0] > expected - 1:
        yield f"The log ends with decision {expected - 1}, but decision {head[0]} was exported."
