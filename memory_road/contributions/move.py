"""The one door through which a contribution changes its state."""

from collections.abc import Mapping
from enum import StrEnum

from memory_road.accounts.permissions import Actor, Audience, require
from memory_road.accounts.tell import undo_time
from memory_road.contributions.case import keep_case
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import OWN_CASE, Decision, record
from memory_road.contributions.lifecycle import ANEW, DECIDED, STEPS, Move, Mover, State, allows
from memory_road.contributions.namesake import key_name
from memory_road.db import db, now

LONGEST_MESSAGE = 4000


class RefusalCode(StrEnum):
    NOT_FOUND = "not_found"
    MOVED_ON = "moved_on"
    CHANGED_ELSEWHERE = "changed_elsewhere"
    REASON_MISSING = "reason_missing"
    MESSAGE_MISSING = "message_missing"
    NOTE_MISSING = "note_missing"
    LABEL_MISSING = "label_missing"
    LABEL_TOO_LONG = "label_too_long"
    TOO_MANY_REASONS = "too_many_reasons"
    REASON_FOR_NOTHING = "reason_for_nothing"
    SUGGESTION_MISSING = "suggestion_missing"
    SUGGESTION_TOO_LONG = "suggestion_too_long"
    TOO_MANY_SUGGESTIONS = "too_many_suggestions"
    TOO_LONG = "too_long"
    EXPOSURE_NOT_ANSWERED = "exposure_not_answered"
    FATE_NOT_ANSWERED = "fate_not_answered"
    PORTRAIT_NOT_ANSWERED = "portrait_not_answered"
    VOTED_ALREADY = "voted_already"
    CANNOT_STAND = "cannot_stand"
    NOT_CLAIMED = "not_claimed"
    UNDO_TOO_LATE = "undo_too_late"
    ENTRY_CHANGING = "entry_changing"
    NO_APPEAL = "no_appeal"
    APPEAL_EMPTY = "appeal_empty"
    APPEAL_REPEATED = "appeal_repeated"
    EVIDENCE_MISSING = "evidence_missing"
    TOO_MANY_SOURCES = "too_many_sources"
    CLAIMED_BY_ANOTHER = "claimed_by_another"
    KIN = "kin"
    BEING_PREPARED = "being_prepared"
    CANNOT_BE_PREPARED = "cannot_be_prepared"
    SIGNED_PAGE = "signed_page"
    TOO_MANY_PHOTOGRAPHS = "too_many_photographs"
    QUOTA_FULL = "quota_full"
    TOO_MANY_UPLOADS = "too_many_uploads"
    UPLOAD_ELSEWHERE = "upload_elsewhere"
    UPLOAD_GONE = "upload_gone"
    AREA_MISSING = "area_missing"
    AREA_OUTSIDE = "area_outside"
    CROP_MISSHAPEN = "crop_misshapen"
    NOT_A_PORTRAIT = "not_a_portrait"
    NAME_MISSING = "name_missing"
    NAME_TOO_LONG = "name_too_long"
    TOO_MANY_PEOPLE = "too_many_people"
    TOO_MANY_HIDDEN = "too_many_hidden"
    ENTRY_GONE = "entry_gone"
    ENTRY_CHANGED = "entry_changed"
    TOO_MANY_RECORDS = "too_many_records"
    LIVING_CONSENT_MISSING = "living_consent_missing"
    ENTRY_NOT_FOUND = "entry_not_found"
    NO_SUCH_ORIGINAL = "no_such_original"
    DISPUTED = "disputed"
    FROZEN = "frozen"
    TREE_GONE = "tree_gone"
    TOO_OFTEN = "too_often"


class Refused(Exception):
    """A verb cannot be carried out; ``code`` says why and the edge has a sentence for it, with ``values`` in it."""

    def __init__(self, code: RefusalCode, values: Mapping[str, int] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.values = values or {}


def written(text: str) -> str:
    """A message or a note as it is kept: with one kind of line end, without spaces at the ends. Raises ``Refused``."""
    if len(text) > LONGEST_MESSAGE:
        raise Refused(RefusalCode.TOO_LONG)
    return text.replace("\r\n", "\n").strip()


def move(
    contribution: Contribution, which: Move, actor: Actor, reason: str = "", message: str = "", note: str = ""
) -> Decision:
    """Move a contribution that was read with ``queries.locked`` (so that nobody else moves it at the same time) and
    record the decision. Raises ``Refused`` when it is not in a state that the move leaves, and
    ``NotPermitted`` when a sender does what is a moderator's or the other way round, or a moderator what is a senior
    one's."""
    step = STEPS[which]
    before = contribution.state
    if not allows(which, before):
        raise Refused(RefusalCode.MOVED_ON)
    openly = _is_openly_own(contribution, which, actor)
    require(openly or (step.mover is Mover.SENDER) == (actor.id == contribution.sender_id))
    require(step.mover is not Mover.SENIOR_MODERATOR or actor.belongs_to(Audience.SENIOR_MODERATORS))
    enters = State(step.enters or contribution.undo_state or before)
    contribution.state = enters
    contribution.updated_at = now()
    if enters not in DECIDED:
        contribution.decided_at = contribution.decided_by_id = None
    elif step.mover is not Mover.SENDER and which is not Move.UNDO:  # an appeal leaves the decision as it was made
        contribution.decided_at, contribution.decided_by_id = contribution.updated_at, actor.id
    if which in ANEW:
        contribution.approval = contribution.voted_by_id = None
    contribution.decided_openly = openly and enters in DECIDED
    contribution.undo_until = contribution.undo_state = None
    if step.undoable and undo_time():
        contribution.undo_until, contribution.undo_state = contribution.updated_at + undo_time(), before
    contribution.publish_at = contribution.updated_at + undo_time() if which is Move.APPROVE else None
    db.session.flush()
    key_name(contribution)
    reason = OWN_CASE if openly and which is Move.APPROVE else reason
    decision = record(contribution.id, actor.id, which, before, enters, reason, message, note)
    keep_case(contribution)
    return decision


def _is_openly_own(contribution: Contribution, which: Move, actor: Actor) -> bool:
    """Whether a single moderator approves what they sent, or takes that back. Nothing else is theirs to decide."""
    if actor.id != contribution.sender_id:
        return False
    return actor.decides_own if which is Move.APPROVE else which is Move.UNDO and contribution.decided_openly
