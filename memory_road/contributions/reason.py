"""Why something is returned or not published: the list that moderators choose from.

``decision.Reason`` and the wordings of the edge are what is shipped. Here lies what an administrator has changed of
that, and what they added. A reason is retired, never deleted, since the log names its key. Abuse alone is told to
nobody, by its key.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.accounts.permissions import Actor, Audience, require
from memory_road.contributions.decision import Reason
from memory_road.contributions.lifecycle import Move
from memory_road.contributions.move import RefusalCode, Refused, written
from memory_road.db import Base, db
from memory_road.identifier import new_identifier

LONGEST_LABEL = 120
MOST_REASONS = 60


class ReasonChange(Base):
    """A reason that was added, or a shipped one that was changed; ``key`` is what the log names."""

    __tablename__ = "reason"
    __table_args__ = (CheckConstraint("for_return OR for_reject", name="for_something"),)

    key: Mapped[str] = mapped_column(String(30), primary_key=True)
    place: Mapped[int] = mapped_column(comment="in the list, from above")
    active: Mapped[bool] = mapped_column(default=True)
    for_return: Mapped[bool] = mapped_column(default=True)
    for_reject: Mapped[bool] = mapped_column(default=True)


class ReasonText(Base):
    """Its words in one language; an empty one stands for what is shipped."""

    __tablename__ = "reason_text"

    key: Mapped[str] = mapped_column(ForeignKey("reason.key", ondelete="RESTRICT"), primary_key=True)
    language: Mapped[str] = mapped_column(String(10), primary_key=True)
    label: Mapped[str] = mapped_column(String(LONGEST_LABEL), default="")
    template: Mapped[str] = mapped_column(Text, default="", comment="of the message to the sender")


@dataclass(frozen=True, slots=True)
class Listed:
    """A reason as it stands in the list. ``labels`` and ``templates`` are by language what was written for it here."""

    key: str
    place: int
    active: bool = True
    for_return: bool = True
    for_reject: bool = True
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    templates: Mapping[str, str] = field(default_factory=dict[str, str])

    def offered(self, which: Move) -> bool:
        """Whether it can be chosen for a move."""
        return self.active and (self.for_reject if which is Move.REJECT else self.for_return)


def listed() -> Sequence[Listed]:
    """All reasons in their order, retired ones too."""
    changed = {row.key: row for row in db.session.scalars(select(ReasonChange).limit(MOST_REASONS))}
    labels: dict[str, dict[str, str]] = {}
    templates: dict[str, dict[str, str]] = {}
    for text in db.session.scalars(select(ReasonText)):
        labels.setdefault(text.key, {})[text.language] = text.label
        templates.setdefault(text.key, {})[text.language] = text.template
    shipped = {reason.value: place for place, reason in enumerate(Reason, start=1)}
    found: list[Listed] = []
    for key in dict.fromkeys([*shipped, *changed]):
        row, words = changed.get(key), (labels.get(key, {}), templates.get(key, {}))
        if row is None:
            found.append(Listed(key, shipped[key], labels=words[0], templates=words[1]))
        else:
            found.append(Listed(key, row.place, row.active, row.for_return, row.for_reject, *words))
    return sorted(found, key=lambda reason: (reason.place, reason.key))


def require_offered(key: str, which: Move) -> None:
    """Raise ``Refused`` when the reason that a moderator has chosen is not offered for a move."""
    if not any(reason.key == key and reason.offered(which) for reason in listed()):
        raise Refused(RefusalCode.REASON_MISSING)


def add_reason(actor: Actor, language: str, label: str, template: str) -> str:
    """Add a reason, last in the list, with its words in one language; gives its key. Raises ``Refused`` or
    ``NotPermitted``."""
    require(actor.belongs_to(Audience.ADMINISTRATORS))
    all_of_them = listed()
    if not label.strip() or len(all_of_them) >= MOST_REASONS:
        raise Refused(RefusalCode.LABEL_MISSING if not label.strip() else RefusalCode.TOO_MANY_REASONS)
    key = new_identifier()
    db.session.add(ReasonChange(key=key, place=max(reason.place for reason in all_of_them) + 1))
    db.session.flush()
    write_words(actor, key, language, label, template)
    return key


def change_reason(actor: Actor, key: str, *, active: bool, for_return: bool, for_reject: bool, place: int) -> None:
    """Say for what a reason is offered, and where in the list. Raises ``Refused`` or ``NotPermitted``."""
    require(actor.belongs_to(Audience.ADMINISTRATORS))
    if not for_return and not for_reject:
        raise Refused(RefusalCode.REASON_FOR_NOTHING)
    row = _row(key)
    row.active, row.for_return, row.for_reject = active, for_return, for_reject
    row.place = min(max(place, 0), 1000)
    db.session.flush()


def write_words(actor: Actor, key: str, language: str, label: str, template: str) -> None:
    """Write a reason's words in one language; empty ones are the shipped again. Raises ``Refused`` or
    ``NotPermitted``."""
    require(actor.belongs_to(Audience.ADMINISTRATORS))
    label, template = " ".join(label.split()), written(template)
    if len(label) > LONGEST_LABEL:
        raise Refused(RefusalCode.LABEL_TOO_LONG)
    row = _row(key)
    text = db.session.get(ReasonText, (row.key, language))
    if text is None:
        text = ReasonText(key=row.key, language=language)
        db.session.add(text)
    text.label, text.template = label, template
    db.session.flush()


def _row(key: str) -> ReasonChange:
    """The row of a reason; made with what is shipped where there was none. Raises ``Refused``."""
    row = db.session.get(ReasonChange, key, with_for_update=True)
    if row is not None:
        return row
    for place, reason in enumerate(Reason, start=1):
        if reason.value == key:
            row = ReasonChange(key=key, place=place)
            db.session.add(row)
            db.session.flush()
            return row
    raise Refused(RefusalCode.NOT_FOUND)
