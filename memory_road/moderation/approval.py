"""What a moderator approves of a contribution: every answer that is given with it, and the facts that come of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from memory_road.archive.participant import Participant
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.flag import flagged
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.submit import NeedsMending
from memory_road.facts.check import problems_between
from memory_road.facts.choice import WEIGHTY, Choice, Choices, Chosen, as_document, chosen, from_document
from memory_road.facts.difference import Difference, amended, differences
from memory_road.facts.document import Facts, terms_of
from memory_road.facts.vocabulary import PhotographKind
from memory_road.moderation.unmark import has_unmarked


class Portrait(StrEnum):
    """Which face an entry has that has one already, when a correction brings another."""

    KEPT = "kept"
    NEW = "new"


class Checked(StrEnum):
    """What a moderator has looked at. The edge has the wording."""

    FACE_CLEAR = "face_clear"
    ONE_PERSON = "one_person"
    NOT_DISGUISED = "not_disguised"
    RIGHTS = "rights"
    NO_OFFENCE = "no_offence"


TWO_FOR_FLAGGED, TWO_FOR_PORTRAIT = "flagged", "portrait"
TWO_FOR = (TWO_FOR_FLAGGED, TWO_FOR_PORTRAIT, "merge", "takedown")
"""For what an operator can have two moderators, besides for kinds of participants."""


@dataclass(frozen=True, slots=True)
class Approval:
    """``nobody_living_exposed`` must be answered with yes; ``edition`` is that of the entry beside a correction, as the
    moderator was shown it."""

    nobody_living_exposed: bool
    choices: Choices = field(default_factory=dict[str, Chosen])
    portrait: Portrait | None = None
    checked: frozenset[Checked] = frozenset()
    edition: str | None = None

    def document(self) -> dict[str, Any]:
        """As it is kept with the contribution."""
        return {
            "choices": as_document(self.choices),
            "portrait": self.portrait,
            "checked": sorted(self.checked),
            "edition": self.edition,
        }


def kept_choices(contribution: Contribution) -> dict[str, Chosen]:
    """What was approved of the single facts of a contribution, or is proposed to a second moderator."""
    kept: Mapping[str, Any] = contribution.approval or {}
    return from_document(kept.get("choices", {}))


def kept_portrait(contribution: Contribution) -> Portrait | None:
    """Which face was chosen."""
    kept = (contribution.approval or {}).get("portrait")
    return Portrait(kept) if kept else None


def proposed(contribution: Contribution, present: Facts) -> list[Difference]:
    """What a contribution changes of the ``present`` facts of its entry; a new entry has none yet."""
    return differences(contribution.base or {}, contribution.facts or {}, present)


def made_of(contribution: Contribution, present: Facts, choices: Choices) -> tuple[list[Difference], Facts]:
    """What is changed once ``choices`` are made, and the facts that come of it. Raises ``NeedsMending`` where they
    contradict each other by what the moderator has chosen."""
    changes = [each for each in chosen(proposed(contribution, present), choices) if not each.settled]
    facts = amended(present, changes)
    mended = any(each.choice is not Choice.TAKE for each in choices.values())
    problems = list(problems_between(facts)) if mended else []  # what a family wrote was read when it was sent
    if problems:
        raise NeedsMending(problems)
    return changes, facts


def require_answers(contribution: Contribution, entry: Participant | None, approval: Approval) -> None:
    """Nothing that changes a fate or a face is approved by the way. Raises ``Refused``."""
    if not approval.nobody_living_exposed:
        raise Refused(RefusalCode.EXPOSURE_NOT_ANSWERED)
    if entry is None:
        return
    if set(weighty(proposed(contribution, entry.facts))) - set(approval.choices):
        raise Refused(RefusalCode.FATE_NOT_ANSWERED)
    if brings_another_face(contribution, entry) and approval.portrait is None:
        raise Refused(RefusalCode.PORTRAIT_NOT_ANSWERED)


def weighty(changes: Iterable[Difference]) -> Iterator[str]:
    """The names of what an entry says otherwise already and must be answered expressly."""
    return (each.field.name for each in changes if each.field.name in WEIGHTY and each.old and not each.settled)


def brings_another_face(contribution: Contribution, entry: Participant) -> bool:
    """Whether a correction has a portrait for an entry that has one."""
    has_face = any(shown.position == 0 for shown in entry.photographs)
    return has_face and any(PhotographKind.PORTRAIT.equals(kept.kind) for kept in contribution.photographs)


def needs_two(contribution: Contribution, approval: Approval, two_for: frozenset[str], approver_id: int) -> bool:
    """Whether another moderator must approve it, too; ``two_for`` is what the operator wishes to have looked at twice:
    kinds of participants, what is flagged, another face. Whoever has taken a mark away does not approve alone."""
    if two_for & set(terms_of(contribution.facts or {}, "categories")):
        return True
    if TWO_FOR_FLAGGED in two_for and (flagged(contribution.id) or has_unmarked(contribution.id, approver_id)):
        return True
    return TWO_FOR_PORTRAIT in two_for and approval.portrait is Portrait.NEW
