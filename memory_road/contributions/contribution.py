"""A contribution: one complete proposal of facts and photographs about one participant, from one sender."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, and_, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from memory_road.contributions.lifecycle import DECIDED, PERMITTED, SENT, State
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.db import Base, Document, Identifier, Moment, now, one_of
from memory_road.facts.document import text_of
from memory_road.identifier import new_identifier

_TOLD = text("participant_id IS NOT NULL")
_TO_PUBLISH = text("publish_at IS NOT NULL")


def _states(states: frozenset[State]) -> str:
    return ", ".join(f"'{state}'" for state in sorted(states))


class Contribution(Base):
    """What was sent. ``typed`` is the form as it was filled in, so that nothing is lost while it is not understood;
    ``facts`` is the document that was read from it when it was submitted. ``photographs`` are the pictures of the
    entry; the page that a teller signed is not among them, so that nothing that publishes or shows them can take it
    along."""

    __tablename__ = "contribution"
    __table_args__ = (
        one_of("state", State),
        CheckConstraint(
            f"state NOT IN ({_states(DECIDED)}) OR (decided_at IS NOT NULL AND decided_by_id IS NOT NULL)",
            name="decided_has_decider",
        ),
        CheckConstraint(
            f"state IN ({_states(DECIDED)}) OR (decided_at IS NULL AND decided_by_id IS NULL)",
            name="undecided_has_none",
        ),
        CheckConstraint(
            f"state NOT IN ({_states(SENT)}) OR (submitted_at IS NOT NULL AND facts IS NOT NULL)",
            name="sent_has_facts",
        ),
        CheckConstraint(
            f"state NOT IN ({_states(PERMITTED)}) OR permitted_at IS NOT NULL", name="submitted_is_permitted"
        ),
        CheckConstraint(
            "state <> 'approved' OR participant_id IS NOT NULL OR publish_at IS NOT NULL", name="approved_has_entry"
        ),
        CheckConstraint(
            "publish_at IS NULL OR (state = 'approved' AND participant_id IS NULL)", name="publish_what_is_approved"
        ),
        CheckConstraint("(undo_until IS NULL) = (undo_state IS NULL)", name="undo_has_state"),
        CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> sender_id OR decided_openly", name="decider_is_not_sender"
        ),
        CheckConstraint("state <> 'approved' OR voted_by_id <> decided_by_id", name="two_are_two"),
        CheckConstraint("(about_id IS NULL) = (base IS NULL)", name="correction_has_base"),
        CheckConstraint("typed_before IS NULL OR about_id IS NOT NULL", name="added_has_entry"),
        Index("uq_contribution_form", "sender_id", "form_key", unique=True),
        Index("ix_contribution_queue", "state", "submitted_at", "id"),
        Index("ix_contribution_sender", "sender_id", "updated_at"),
        Index("ix_contribution_participant", "participant_id", "decided_at"),
        Index("ix_contribution_told", "sender_id", "participant_id", sqlite_where=_TOLD, postgresql_where=_TOLD),
        Index("ix_contribution_to_publish", "publish_at", sqlite_where=_TO_PUBLISH, postgresql_where=_TO_PUBLISH),
    )

    id: Mapped[Identifier] = mapped_column(primary_key=True, default=new_identifier)
    sender_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    form_key: Mapped[str] = mapped_column(String(43), comment="made with the empty form: sending it twice starts once")
    state: Mapped[State] = mapped_column(String(20), default=State.DRAFT)
    language: Mapped[str] = mapped_column(String(10), comment="in which it was typed")
    revision: Mapped[int] = mapped_column(default=0, comment="counts how often the form was kept")
    typed: Mapped[Document] = mapped_column(default=dict)
    facts: Mapped[Document | None]
    about_id: Mapped[Identifier | None] = mapped_column(
        ForeignKey("participant.id", ondelete="RESTRICT"),
        index=True,
        comment="the entry that it corrects or adds to; empty: a new entry",
    )
    base: Mapped[Document | None] = mapped_column(comment="that entry's facts as they were when it was begun")
    typed_before: Mapped[Document | None] = mapped_column(
        comment="what was typed before it was added to that entry; empty: it was about the entry from the beginning"
    )
    answer: Mapped[str] = mapped_column(Text, default="", comment="to the moderator who asked; sent with the next move")
    relationship_to: Mapped[str] = mapped_column(String(30), default="", comment="who the sender is to the participant")
    none_survives: Mapped[bool] = mapped_column(default=False, comment="the family's word that no portrait survives")
    named: Mapped[bool] = mapped_column(default=False, comment="the sender wishes to be named")
    living_consent: Mapped[bool] = mapped_column(default=False, comment="the living participant has agreed")
    living_faces: Mapped[str] = mapped_column(
        String(10), default="", comment="whether somebody living is seen in the pictures; empty: not answered"
    )
    faces_consent: Mapped[bool] = mapped_column(default=False, comment="the living who are seen have agreed")
    assisted: Mapped[bool] = mapped_column(default=False, comment="the sender enters it for somebody else")
    teller_name: Mapped[str] = mapped_column(String(100), default="", comment="who told it then")
    teller_contact: Mapped[str] = mapped_column(
        String(200), default="", comment="how they can be reached; never published"
    )
    permitted_at: Mapped[Moment | None] = mapped_column(comment="when the sender permitted publication")
    created_at: Mapped[Moment] = mapped_column(default=now)
    updated_at: Mapped[Moment] = mapped_column(default=now)
    submitted_at: Mapped[Moment | None]
    decided_at: Mapped[Moment | None]
    decided_openly: Mapped[bool] = mapped_column(
        default=False, comment="by its sender, in a house with a single moderator; marked as such in the log"
    )
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    approval: Mapped[Document | None] = mapped_column(
        comment="what a moderator approved of it: choices by fact, portrait, what was checked, edition of the entry"
    )
    voted_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", name="fk_contribution_voted_by", ondelete="RESTRICT"),
        index=True,
        comment="who approved it first, where two are needed",
    )
    undo_until: Mapped[Moment | None] = mapped_column(
        comment="until when the last decision can be taken back; empty: it cannot"
    )
    undo_state: Mapped[State | None] = mapped_column(
        String(20), comment="the state before it, which is what the sender is told until then"
    )
    publish_at: Mapped[Moment | None] = mapped_column(
        comment="when what is approved is published, or tried again; empty: nothing is to be published"
    )
    participant_id: Mapped[Identifier | None] = mapped_column(
        ForeignKey("participant.id", ondelete="RESTRICT"), comment="the entry that came of it"
    )

    photographs: Mapped[list[ContributionPhotograph]] = relationship(
        primaryjoin=lambda: and_(
            Contribution.id == ContributionPhotograph.contribution_id, ContributionPhotograph.signed.is_(False)
        ),
        order_by=[ContributionPhotograph.position, ContributionPhotograph.id],
    )
    signed_page: Mapped[ContributionPhotograph | None] = relationship(
        primaryjoin=lambda: and_(
            Contribution.id == ContributionPhotograph.contribution_id, ContributionPhotograph.signed.is_(True)
        ),
        viewonly=True,
    )

    @property
    def country(self) -> str:
        """ISO 3166-1, in which the participant's birthplace is today; empty: not stated, or nothing was read yet."""
        return text_of(self.facts or {}, "birth_country")

    def credited(self, sender_name: str) -> str:
        """Who is named beside the entry: who told it, if they wish to be; ``sender_name`` is who the sender is."""
        return (self.teller_name if self.assisted else sender_name) if self.named else ""
