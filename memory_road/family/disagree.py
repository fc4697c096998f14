"""Mark an entry as disputed, tell one's side, and end it."""

from sqlalchemy import func, select

from memory_road.accounts.flood import take_turn
from memory_road.accounts.permissions import Actor, may_settle, may_speak_for, require
from memory_road.accounts.tell import tell
from memory_road.accounts.user import Account
from memory_road.archive.participant import Participant
from memory_road.archive.queries import entry
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.lifecycle import State
from memory_road.db import db, now
from memory_road.facts.names import full_name
from memory_road.facts.read import plain_name
from memory_road.family.carer import carer_of
from memory_road.family.dispute import (
    LONGEST_SUBJECT,
    Dispute,
    DisputeOutcome,
    DisputeSide,
    DisputeState,
    running_dispute,
)
from memory_road.family.queries import any_dispute, has_told
from memory_road.family.refusal import FamilyRefusal, FamilyRefused
from memory_road.mail.letter import LetterKind
from memory_road.requests.refusal import RequestRefusal, RequestRefused
from memory_road.requests.words import optional_words, words

IN_AN_HOUR = 5
MOST_ASKED = 5
"""So many others who have told of an entry are asked for their side, the newest first."""


def dispute(participant_id: str, actor: Actor, subject: str, said: str) -> Dispute:
    """Tell that an entry is told differently, with one's own account. Where somebody has done so already, this is one
    more side of the same. Whoever has the care, or has told of the entry and was published, marks it at once; of
    anybody else a moderator looks first. Raises ``RequestRefused``."""
    participant = _held(participant_id)
    about = _subject(subject)
    told = words(said)
    running = running_dispute(participant.id)
    if running is not None and running.side_of(actor.id) is not None:
        raise FamilyRefused(FamilyRefusal.DISPUTED_ALREADY)
    if not take_turn(f"dispute:{actor.id}", IN_AN_HOUR):
        raise FamilyRefused(FamilyRefusal.TOO_MANY_DISPUTES)
    if running is None:
        running = Dispute(participant_id=participant.id, opener_id=actor.id, subject=about, state=DisputeState.ASKED)
        db.session.add(running)
    else:
        told = f"{about}\n\n{told}"  # the subject is the opener's
    running.sides.append(DisputeSide(account_id=actor.id, words=told, told_at=now()))
    speaks = may_speak_for(actor, carer_of(participant.id), has_told(actor, participant.id))
    db.session.flush()
    if running.state == DisputeState.ASKED and speaks:
        _open(running, participant)
    return running


def tell_side(participant_id: str, actor: Actor, said: str) -> Dispute:
    """One's own account, for whoever was asked or has told it already; it can be changed until the end. Raises
    ``RequestRefused``."""
    participant = _held(participant_id)
    running = running_dispute(participant.id)
    side = running.side_of(actor.id) if running is not None else None
    if running is None or side is None:
        raise FamilyRefused(FamilyRefusal.DISPUTE_OVER)
    side.words, side.told_at = words(said), now()
    db.session.flush()
    return running


def admit_dispute(dispute_id: str, actor: Actor) -> Dispute:
    """A moderator marks the entry, after somebody asked who has told nothing of it yet. Raises ``RequestRefused`` or
    ``NotPermitted``."""
    running = _running(dispute_id, actor)
    if running.state == DisputeState.ASKED:
        _open(running, running.participant)
    return running


def may_end(found: Dispute, actor: Actor) -> bool:
    """Whether the actor moderates the entry, is none of the sides, and not of its family: those are asked, and do not
    decide, also before a moderator has looked."""
    participant = found.participant
    family = may_speak_for(actor, carer_of(participant.id), has_told(actor, participant.id))
    return not family and may_settle(actor, participant.place, *(side.account_id for side in found.sides))


def end_dispute(dispute_id: str, actor: Actor, outcome: str, message: str, note: str = "") -> Dispute:
    """A moderator who is none of the sides ends it; every side gets a letter. Raises ``RequestRefused`` or
    ``NotPermitted``."""
    running = _running(dispute_id, actor)
    if outcome not in set(DisputeOutcome):
        raise RequestRefused(RequestRefusal.OUTCOME_MISSING)
    told, note = words(message, RequestRefusal.ANSWER_MISSING), optional_words(note)
    running.state, running.ended_at, running.ended_by_id = DisputeState.ENDED, now(), actor.id
    running.outcome, running.message, running.note = outcome, told, note
    running.participant.disputed_at = None
    db.session.flush()
    name = running.participant.called
    for side in running.sides:
        tell(side.account, LetterKind.DISPUTE_ENDED, name=name, message=told, entry=running.participant_id)
    return running


def _open(running: Dispute, participant: Participant) -> None:
    """Mark the entry, and ask those who have told of it and are not heard yet."""
    running.state, running.opened_at = DisputeState.OPEN, now()
    participant.disputed_at = running.opened_at
    name = full_name(participant.facts)
    for account in _others(participant.id, {side.account_id for side in running.sides}):
        running.sides.append(DisputeSide(account_id=account.id))
        about = running.subject
        tell(account, LetterKind.DISPUTE_ASKED, name=name, about=about, entry=participant.id)
    db.session.flush()


def _others(participant_id: str, heard: set[int]) -> list[Account]:
    """Whoever has the care, and the newest of those who have told of the entry, but for those who are heard."""
    told = (
        select(Contribution.sender_id)
        .where(
            Contribution.participant_id == participant_id,
            Contribution.state == State.APPROVED,
            Contribution.sender_id.not_in(heard),
        )
        .group_by(Contribution.sender_id)
        .order_by(func.max(Contribution.decided_at).desc())
        .limit(MOST_ASKED)
    )
    asked = dict.fromkeys([carer_of(participant_id), *db.session.scalars(told)])
    wanted = [identifier for identifier in asked if identifier is not None and identifier not in heard]
    found = db.session.scalars(select(Account).where(Account.id.in_(wanted), Account.active)).all()
    return sorted(found, key=lambda account: wanted.index(account.id))[:MOST_ASKED]


def _held(participant_id: str) -> Participant:
    """The entry, held until the transaction ends: nobody else marks it, and no correction is carried in."""
    published = entry(participant_id)
    if published is None:
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    db.session.refresh(published, with_for_update=True)
    return published


def _running(dispute_id: str, actor: Actor) -> Dispute:
    found = any_dispute(dispute_id)
    _held(found.participant_id)
    db.session.refresh(found)
    require(may_end(found, actor))
    if found.state == DisputeState.ENDED:
        raise FamilyRefused(FamilyRefusal.DISPUTE_OVER)
    return found


def _subject(subject: str) -> str:
    about = plain_name(subject)
    if not about:
        raise FamilyRefused(FamilyRefusal.SUBJECT_MISSING)
    if len(about) > LONGEST_SUBJECT:
        raise FamilyRefused(FamilyRefusal.SUBJECT_TOO_LONG, {"length": len(about), "most": LONGEST_SUBJECT})
    return about
