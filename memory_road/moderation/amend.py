"""Carry an approved correction into the published entry: the facts that it changes, as the entry is now, and the new
pictures."""

from memory_road.archive.change import ParticipantChange
from memory_road.archive.participant import Participant
from memory_road.archive.queries import standing
from memory_road.archive.restate import restate
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.db import db, now
from memory_road.facts.choice import Choices
from memory_road.facts.document import text_of
from memory_road.facts.fields import FIELDS, Kind
from memory_road.facts.vocabulary import Living, PhotographKind
from memory_road.family.dispute import require_undisputed
from memory_road.moderation.approval import Portrait, kept_choices, kept_portrait, made_of
from memory_road.moderation.publish import Copies, hang, in_order


def amend(contribution: Contribution, copies: Copies) -> Participant:
    """Change the entry that an approved correction is about, in the present transaction; its files were copied ahead.
    What stood in the entry before and is not changed stays, and so do its pictures. Raises ``Refused``, also where the
    entry is not the one any more that the moderator saw."""
    choices, portrait = kept_choices(contribution), kept_portrait(contribution)
    participant = amendable(contribution, choices, (contribution.approval or {}).get("edition"))
    changes, facts = made_of(contribution, participant.facts, choices)
    moment = now()
    restate(participant, facts)
    participant.updated_at = moment
    hang(participant, contribution, copies, _placed(participant, contribution.photographs, portrait))
    if changes or contribution.photographs:
        fields = [change.field.name for change in changes]
        added = len(contribution.photographs)
        db.session.add(
            ParticipantChange(participant_id=participant.id, made_at=moment, fields=fields, photographs=added)
        )
    db.session.flush()
    return participant


def amendable(contribution: Contribution, choices: Choices, seen: str | None = None) -> Participant:
    """The entry that a correction is about, locked, if it can be changed so now. ``seen`` is the ``edition`` that the
    moderator was shown: what has become of the entry since must not be changed unseen. None: nobody was shown one.
    Raises ``Refused`` or ``NeedsMending``."""
    participant = locked_entry(contribution)
    require_undisputed(participant.id)
    if seen is not None and seen != participant.edition:
        raise Refused(RefusalCode.ENTRY_CHANGED)
    _, facts = made_of(contribution, participant.facts, choices)
    if any(len(facts.get(field.name, ())) > field.most for field in FIELDS if field.kind is Kind.RECORDS):
        raise Refused(RefusalCode.TOO_MANY_RECORDS)
    if Living.YES.equals(text_of(facts, "living")) and not contribution.living_consent:
        raise Refused(RefusalCode.LIVING_CONSENT_MISSING)  # others have said meanwhile that the person is living
    return participant


def locked_entry(contribution: Contribution) -> Participant:
    """The entry that a correction is about, or the one that it has become part of, held until the transaction ends.
    Raises ``Refused``."""
    entry = standing(contribution.about_id) if contribution.about_id else None
    found = db.session.get(Participant, entry.id, with_for_update=True, populate_existing=True) if entry else None
    if found is None or found.gone_at is not None:
        raise Refused(RefusalCode.ENTRY_GONE)
    return found


def _placed(
    participant: Participant, photographs: list[ContributionPhotograph], portrait: Portrait | None
) -> list[tuple[int, ContributionPhotograph]]:
    """New pictures stand behind those that are there. A portrait becomes the face of an entry that has none, or where
    the moderator has chosen so; the old one then stands behind the others."""
    taken = [shown.position for shown in participant.photographs]
    faceless = not any(PhotographKind.PORTRAIT.equals(shown.kind) for shown in participant.photographs)
    first = max(taken, default=0) + 1
    ordered = in_order(photographs)
    comes_first = portrait is Portrait.NEW or (faceless and 0 not in taken)
    if ordered and ordered[0][0] == 0 and comes_first:
        face, *others = (kept for _, kept in ordered)
        for shown in participant.photographs:
            if shown.position == 0:
                shown.position = first + len(others)
        return [(0, face), *enumerate(others, start=first)]
    return list(enumerate((kept for _, kept in ordered), start=first))
