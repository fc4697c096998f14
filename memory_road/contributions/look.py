"""How pictures that were sent look, and the entries that a sender is asked about, since a picture there is alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String, select
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.contributions.contribution import Contribution
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.db import Base, Identifier, db, one_of
from memory_road.looks import LookColumns, look_rules, rows_like

MOST_LIKE = 5
_MOST_ROWS = 40


class Answer(StrEnum):
    """What the sender says to the question whether it is the same person."""

    NONE = ""
    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class ContributionPhotographLook(LookColumns, Base):
    """One row for each picture that was sent and has a look."""

    __tablename__ = "contribution_photograph_look"
    __table_args__ = look_rules("contribution_photograph_look")

    photograph_id: Mapped[Identifier] = mapped_column(
        ForeignKey("contribution_photograph.id", name="fk_contribution_photograph_look_photograph", ondelete="CASCADE"),
        primary_key=True,
    )
    views: Mapped[bytes] = mapped_column(LargeBinary, comment="what to look for: media.likeness")


class LookAlike(Base):
    """A published entry with a picture like one that was sent, found when it was sent. The entry is named by its number
    alone: what becomes of it later is the archive's."""

    __tablename__ = "look_alike"
    __table_args__ = (one_of("answer", Answer),)

    photograph_id: Mapped[Identifier] = mapped_column(
        ForeignKey("contribution_photograph.id", ondelete="CASCADE"), primary_key=True
    )
    participant_id: Mapped[Identifier] = mapped_column(primary_key=True)
    answer: Mapped[str] = mapped_column(String(10), default=Answer.NONE)


@dataclass(frozen=True, slots=True)
class SentAlike:
    """A picture of another contribution that is like one: ``difference`` in bits (0 to 256), ``identical`` where both
    are the same file."""

    photograph: ContributionPhotograph
    contribution: Contribution
    difference: int
    identical: bool


def views_of(photograph: ContributionPhotograph) -> bytes | None:
    """What to look for, to find pictures like this one; None where it shows too little."""
    look = db.session.get(ContributionPhotographLook, photograph.id)
    return look.views if look is not None else None


def sent_like(photograph: ContributionPhotograph) -> list[SentAlike]:
    """The pictures of other contributions like this one, identical files first, then the nearest, at most
    ``MOST_LIKE``. What was never sent is nobody else's, not even a moderator's, and is left out."""
    views = views_of(photograph)
    near = {row.photograph_id: bits for row, bits in rows_like(ContributionPhotographLook, views)} if views else {}
    sent = (
        select(ContributionPhotograph, Contribution)
        .join(Contribution, Contribution.id == ContributionPhotograph.contribution_id)
        .where(
            Contribution.submitted_at.is_not(None),
            Contribution.id != photograph.contribution_id,
            ContributionPhotograph.signed.is_(False),
        )
        .limit(_MOST_ROWS)
    )
    which = [ContributionPhotograph.sha256 == photograph.sha256, ContributionPhotograph.id.in_(near)]
    found = {
        kept.id: SentAlike(kept, contribution, near.get(kept.id, 0), kept.sha256 == photograph.sha256)
        for alike in which
        for kept, contribution in db.session.execute(sent.where(alike))
    }
    order = sorted(found.values(), key=lambda one: (not one.identical, one.difference, one.photograph.id))
    return order[:MOST_LIKE]


def asked_about(photographs: Sequence[ContributionPhotograph]) -> dict[str, list[LookAlike]]:
    """The entries that the sender of these pictures is asked about, by the pictures' ids."""
    found: dict[str, list[LookAlike]] = {}
    identifiers = [photograph.id for photograph in photographs]
    if identifiers:
        asked = select(LookAlike).where(LookAlike.photograph_id.in_(identifiers))
        for one in db.session.scalars(asked.order_by(LookAlike.photograph_id, LookAlike.participant_id)):
            found.setdefault(one.photograph_id, []).append(one)
    return found


def keep_answers(contribution: Contribution, answers: Mapping[tuple[str, str], str]) -> None:
    """Keep what the sender answered, by picture and entry. An answer to what was not asked is left aside, and so is
    one that is none of ``Answer``. The contribution was read as changeable in the present transaction."""
    if not answers:
        return
    for photograph_id, asked in asked_about(contribution.photographs).items():
        for one in asked:
            said = answers.get((photograph_id, one.participant_id), "")
            if said in set(Answer) - {Answer.NONE}:
                one.answer = said
    db.session.flush()
