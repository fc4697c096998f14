"""Where two moderators are needed for what becomes of an entry, one proposes it and another one carries it out."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, func, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from memory_road.accounts.permissions import Actor, require
from memory_road.accounts.user import Account
from memory_road.archive.participant import Participant
from memory_road.contributions.entry_life import EntryMove
from memory_road.db import Base, Identifier, Moment, db, now, one_of
from memory_road.identifier import is_identifier, new_identifier
from memory_road.moderation.entry import governs, log, shown_entry, state_of
from memory_road.requests.entry_refusal import EntryRefusal
from memory_road.requests.refusal import RequestRefusal, RequestRefused
from memory_road.requests.words import optional_words, words

PAGE = 50
OPEN = "state = 'open'"


class ProposedMove(StrEnum):
    """What can need two, each by the word of the log."""

    TAKE_DOWN = "take_down"
    MERGE = "merge"
    REPLACE_PORTRAIT = "replace_portrait"

    @property
    def senior(self) -> bool:
        """Whether it is for senior moderators."""
        return self is not ProposedMove.REPLACE_PORTRAIT


class ProposalState(StrEnum):
    OPEN = "open"
    CARRIED_OUT = "carried_out"
    DECLINED = "declined"


class EntryProposal(Base):
    """What one moderator would have done. ``content`` is what the verb is given that does it."""

    __tablename__ = "entry_proposal"
    __table_args__ = (
        one_of("move", ProposedMove),
        one_of("state", ProposalState),
        CheckConstraint(
            "(state = 'open') = (closed_at IS NULL) AND (state = 'open') = (closed_by_id IS NULL)", name="closed_by_one"
        ),
        CheckConstraint("state <> 'carried_out' OR closed_by_id <> proposer_id", name="carried_out_by_another"),
        Index("ix_entry_proposal_queue", "state", "made_at", "id"),
        Index(
            "uq_entry_proposal_open",
            "participant_id",
            "move",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
    )

    id: Mapped[Identifier] = mapped_column(primary_key=True, default=new_identifier)
    participant_id: Mapped[Identifier] = mapped_column(ForeignKey("participant.id", ondelete="RESTRICT"), index=True)
    move: Mapped[str] = mapped_column(String(20))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(String(4000), default="")
    proposer_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"), index=True)
    state: Mapped[str] = mapped_column(String(20), default=ProposalState.OPEN)
    made_at: Mapped[Moment] = mapped_column(default=now)
    closed_at: Mapped[Moment | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"), index=True)

    participant: Mapped[Participant] = relationship(lazy="joined")
    proposer: Mapped[Account] = relationship(foreign_keys=proposer_id, lazy="joined")


def propose(
    participant_id: str, move: ProposedMove, content: dict[str, Any], actor: Actor, note: str = ""
) -> EntryProposal:
    """Write down what another moderator is to carry out, in the present transaction. Raises ``RequestRefused`` or
    ``NotPermitted``."""
    note = optional_words(note)
    participant = shown_entry(participant_id, actor, senior=move.senior)
    same = select(EntryProposal.id).where(
        EntryProposal.participant_id == participant.id,
        EntryProposal.move == move,
        EntryProposal.state == ProposalState.OPEN,
    )
    if db.session.scalar(same) is not None:
        raise RequestRefused(EntryRefusal.PROPOSED_ALREADY)
    made = EntryProposal(participant_id=participant.id, move=move, content=content, note=note, proposer_id=actor.id)
    db.session.add(made)
    log(participant, actor, EntryMove.PROPOSE, state_of(participant), move, note=note)
    return made


def proposal(proposal_id: str) -> EntryProposal:
    """For moderators. Raises ``RequestRefused``."""
    found = db.session.get(EntryProposal, proposal_id) if is_identifier(proposal_id) else None
    if found is None:
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    return found


def may_carry_out(found: EntryProposal, actor: Actor) -> bool:
    """Whether the actor is the second of two."""
    return actor.id != found.proposer_id and governs(found.participant, actor, senior=ProposedMove(found.move).senior)


def carry_out(proposal_id: str, actor: Actor) -> EntryProposal:
    """Note that the actor, another one than the proposer, has carried a proposal out in the present transaction.
    Raises ``RequestRefused`` or ``NotPermitted``."""
    found = _held(proposal_id)
    require(may_carry_out(found, actor))
    _close(found, ProposalState.CARRIED_OUT, actor)
    return found


def decline(proposal_id: str, actor: Actor, note: str) -> EntryProposal:
    """Do not carry a proposal out; the proposer can take it back so, too. Raises ``RequestRefused`` or
    ``NotPermitted``."""
    note = words(note, EntryRefusal.NOTE_MISSING)
    found = _held(proposal_id)
    require(governs(found.participant, actor, senior=ProposedMove(found.move).senior))
    _close(found, ProposalState.DECLINED, actor)
    log(found.participant, actor, EntryMove.DECLINE, state_of(found.participant), found.move, note=note)
    return found


def open_proposals(after: str = "") -> Sequence[EntryProposal]:
    """``PAGE`` of what waits for another moderator, the oldest first; those that follow ``after``."""
    query = select(EntryProposal).where(EntryProposal.state == ProposalState.OPEN)
    last = db.session.get(EntryProposal, after) if is_identifier(after) else None
    if last is not None:
        query = query.where(
            (EntryProposal.made_at > last.made_at)
            | ((EntryProposal.made_at == last.made_at) & (EntryProposal.id > last.id))
        )
    return db.session.scalars(query.order_by(EntryProposal.made_at, EntryProposal.id).limit(PAGE)).all()


def number_proposed() -> int:
    """How many wait, counted up to ``PAGE``."""
    some = select(EntryProposal.id).where(EntryProposal.state == ProposalState.OPEN).limit(PAGE).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def _held(proposal_id: str) -> EntryProposal:
    held = {"of": EntryProposal}
    found = db.session.get(EntryProposal, proposal_id, with_for_update=held, populate_existing=True)
    if found is None:
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    if found.state != ProposalState.OPEN:
        raise RequestRefused(EntryRefusal.PROPOSAL_OVER)
    return found


def _close(found: EntryProposal, state: ProposalState, actor: Actor) -> None:
    found.state, found.closed_at, found.closed_by_id = state, now(), actor.id
    db.session.flush()
