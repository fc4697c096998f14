"""Carry an approved correction into the published entry: the facts that it changes, as the entry is now, and the new
pictures."""

from collections.abc import Sequence

from memory_road.archive.change import ParticipantChange
from memory_road.archive.participant import Participant
from memory_road.archive.queries import standing
from memory_road.archive.restate import restate
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.db import db, now
from memory_road.facts.difference import Difference, amended, differences
from memory_road.facts.document import Facts, text_of
from memory_road.facts.fields import FIELDS, Kind
from memory_road.facts.vocabulary import Living, PhotographKind
from memory_road.family.dispute import require_undisputed
from memory_road.moderation.publish import Copies, hang, in_order


def amend(contribution: Contribution, copies: Copies) -> Participant:
    """Change the entry that an approved correction is about, in the present transaction; its files were copied ahead.
    What stood in the entry before and is not changed stays, and so do its pictures. Raises ``Refused``, also where the
    entry is not the one any more that the moderator saw."""
    participant = amendable(contribution, (contribution.approval or {}).get("edition"))
    changes, facts = _amended(contribution, participant)
    moment = now()
    restate(participant, facts)
    participant.updated_at = moment
    hang(participant, contribution, copies, _placed(participant, contribution.photographs))
    if changes or contribution.photographs:
        fields = [change.field.name for change in changes]
        added = len(contribution.photographs)
        db.session.add(
            ParticipantChange(participant_id=participant.id, made_at=moment, fields=fields, photographs=added)
        )
    db.session.flush()
    return participant


def amendable(contribution: Contribution, seen: str | None = None) -> Participant:
    """The entry that a correction is about, locked, if it can be changed so now. ``seen`` is the ``edition`` that the
    moderator was shown: what has become of the entry since must not be changed unseen. None: nobody was shown one.
    Raises ``Refused``."""
    participant = locked_entry(contribution)
    require_undisputed(participant.id)
    if seen is not None and seen != participant.edition:
        raise Refused(RefusalCode.ENTRY_CHANGED)
    _amended(contribution, participant)
    return participant


def _amended(contribution: Contribution, participant: Participant) -> tuple[list[Difference], Facts]:
    changes = [change for change in proposed(contribution, participant) if not change.settled]
    facts = amended(participant.facts, changes)
    if any(len(facts.get(field.name, ())) > field.most for field in FIELDS if field.kind is Kind.RECORDS):
        raise Refused(RefusalCode.TOO_MANY_RECORDS)
    if Living.YES.equals(text_of(facts, "living")) and not contribution.living_consent:
        raise Refused(RefusalCode.LIVING_CONSENT_MISSING)  # others have said meanwhile that the person is living
    return changes, facts


def locked_entry(contribution: Contribution) -> Participant:
    """The entry that a correction is about, or the one that it has become part of, held until the transaction ends.
    Raises ``Refused``."""
    entry = standing(contribution.about_id) if contribution.about_id else None
    found = db.session.get(Participant, entry.id, with_for_update=True, populate_existing=True) if entry else None
    if found is None or found.gone_at is not None:
        raise Refused(RefusalCode.ENTRY_GONE)
    return found


def proposed(contribution: Contribution, participant: Participant) -> Sequence[Difference]:
    """What a correction changes of its entry as it is now."""
    return differences(contribution.base or {}, contribution.facts or {}, participant.facts)


def _placed(
    participant: Participant, photographs: list[ContributionPhotograph]
) -> list[tuple[int, ContributionPhotograph]]:
    """New pictures stand behind those that are there; a portrait becomes the face of an entry that has none."""
    taken = [shown.position for shown in participant.photographs]
    faceless = not any(PhotographKind.PORTRAIT.equals(shown.kind) for shown in participant.photographs)
    first = max(taken, default=0) + 1
    ordered = in_order(photographs)
    if ordered and ordered[0][0] == 0 and faceless and 0 not in taken:
        face, *others = (kept for _, kept in ordered)
        return [(0, face), *enumerate(others, start=first)]
    return list(enumerate((kept for _, kept in ordered), start=first))
