"""What a sender answers to the question whether a published entry is about the person of a contribution."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.contributions.contribution import Contribution
from memory_road.contributions.look import Answer, asked_about
from memory_road.db import Base, Identifier, Moment, db, now, one_of
from memory_road.facts.likeness import same_name

MOST_REMEMBERED = 100


class Verdict(StrEnum):
    """The sender's answer."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class SamePerson(Base):
    """An answer. The entry is named by its number alone: what becomes of it later is the archive's."""

    __tablename__ = "same_person"
    __table_args__ = (one_of("answer", Verdict), Index("ix_same_person_participant", "participant_id"))

    contribution_id: Mapped[Identifier] = mapped_column(
        ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    participant_id: Mapped[Identifier] = mapped_column(primary_key=True)
    answer: Mapped[str] = mapped_column(String(10))
    answered_at: Mapped[Moment]


def verdicts(contribution_id: str) -> dict[str, Verdict]:
    """What was answered about one contribution, by the entries' ids."""
    given = select(SamePerson).where(SamePerson.contribution_id == contribution_id)
    return {one.participant_id: Verdict(one.answer) for one in db.session.scalars(given)}


def keep_verdicts(contribution: Contribution, answers: Mapping[str, Verdict]) -> None:
    """Keep answers, by the entries' ids; a new one takes the place of the old. The contribution was read as changeable
    in the present transaction."""
    for participant_id, answer in answers.items():
        kept = SamePerson(
            contribution_id=contribution.id, participant_id=participant_id, answer=answer, answered_at=now()
        )
        db.session.merge(kept)
    db.session.flush()


def told_apart(contribution: Contribution, participant_ids: Iterable[str]) -> set[str]:
    """Those of the entries of which the sender has said already that they are about somebody else: in an earlier
    contribution about the same name, or at a picture of this one."""
    earlier = (
        select(SamePerson.participant_id, Contribution.typed)
        .join(Contribution, Contribution.id == SamePerson.contribution_id)
        .where(
            SamePerson.participant_id.in_(set(participant_ids)),
            SamePerson.answer == Verdict.DIFFERENT,
            Contribution.sender_id == contribution.sender_id,
        )
        .limit(MOST_REMEMBERED)
    )
    apart = {entry for entry, typed in db.session.execute(earlier) if same_name(typed, contribution.typed)}
    pictures = asked_about(contribution.photographs).values()
    return apart | {one.participant_id for asked in pictures for one in asked if one.answer == Answer.NO}
