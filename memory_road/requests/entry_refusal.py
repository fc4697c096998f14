"""Why moderators cannot do something about a published entry. The edge has a sentence for each code; they are raised as
``RequestRefused``."""

from enum import StrEnum


class EntryRefusal(StrEnum):
    GONE_ALREADY = "gone_already"
    NOT_GONE = "not_gone"
    CHANGED = "changed"
    REASON_MISSING = "gone_reason_missing"
    NOTE_MISSING = "note_missing"
    FROZEN_ALREADY = "frozen_already"
    NOT_FROZEN = "not_frozen"
    CHOICE_MISSING = "choice_missing"
    FACE_MISSING = "face_missing"
    TOO_MUCH = "too_much"
    CONTRADICTS = "contradicts"
    WAITS = "waits"
    CHANGES_SOON = "changes_soon"
    DIFFERENT_PEOPLE = "different_people"
    NOT_MERGED = "not_merged"
    KEPT_GONE = "kept_gone"
    CHANGED_SINCE = "changed_since"
    NO_OTHER = "no_other"
    PICTURE_MISSING = "picture_missing"
    PROPOSED_ALREADY = "proposed_already"
    PROPOSAL_OVER = "proposal_over"
