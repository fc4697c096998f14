"""Why something among relatives cannot be done. The edge has a sentence for each code."""

from collections.abc import Mapping
from enum import StrEnum

from memory_road.requests.refusal import RequestRefused


class FamilyRefusal(StrEnum):
    NAME_MISSING = "name_missing"
    OWN_ADDRESS = "own_address"
    TOO_MANY_INVITATIONS = "too_many_invitations"
    INVITED_OFTEN = "invited_often"
    INVITATION_GONE = "invitation_gone"
    CARE_IS_YOURS = "care_is_yours"
    RELATIONSHIP_MISSING = "relationship_missing"
    NO_SUCH_CONTRIBUTION = "no_such_contribution"
    TAKEOVER_ASKED_ALREADY = "takeover_asked_already"
    TAKEOVER_DECIDED_LATELY = "takeover_decided_lately"
    TAKEOVER_TAKEN_BACK = "takeover_taken_back"
    TOO_MANY_TAKEOVERS = "too_many_takeovers"
    TAKEOVER_OVER = "takeover_over"
    CARER_HAS_TIME = "carer_has_time"
    ANSWER_NOT_CHOSEN = "answer_not_chosen"
    DECISION_MISSING = "decision_missing"
    SUBJECT_MISSING = "subject_missing"
    SUBJECT_TOO_LONG = "subject_too_long"
    DISPUTED_ALREADY = "disputed_already"
    TOO_MANY_DISPUTES = "too_many_disputes"
    DISPUTE_OVER = "dispute_over"
    CONTACT_OFF = "contact_off"
    CONTACT_STOPPED = "contact_stopped"
    FIRST_MESSAGE_WAITS = "first_message_waits"
    TOO_MANY_MESSAGES = "too_many_messages"
    MESSAGE_SEEN_TO = "message_seen_to"


class FamilyRefused(RequestRefused):
    """Something among relatives cannot be done; ``code`` says why, with ``values`` for its sentence."""

    def __init__(self, code: FamilyRefusal, values: Mapping[str, int] | None = None) -> None:
        super().__init__(code, values)
