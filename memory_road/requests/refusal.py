"""Why something that was asked cannot be taken or done. The edge has a sentence for each code."""

from collections.abc import Mapping
from enum import StrEnum


class RequestRefusal(StrEnum):
    NOT_FOUND = "not_found"
    GROUND_MISSING = "ground_missing"
    WORDS_MISSING = "words_missing"
    WORDS_TOO_LONG = "words_too_long"
    WORDS_UNREADABLE = "words_unreadable"
    EMAIL_WRONG = "email_wrong"
    TRAP_FILLED = "trap_filled"
    FLOOD_FROM_YOU = "flood_from_you"
    FLOOD_ABOUT_ENTRY = "flood_about_entry"
    FLOOD = "flood"
    ASKED_ALREADY = "asked_already"
    TOO_MANY_OPEN = "too_many_open"
    CLOSED_ALREADY = "closed_already"
    OUTCOME_MISSING = "outcome_missing"
    ANSWER_MISSING = "answer_missing"
    NOT_TAKEN_DOWN = "not_taken_down"
    TAKEN_BY_ANOTHER = "taken_by_another"
    UNDO_TOO_LATE = "undo_too_late"
    ASKED_AGAIN = "asked_again"


class RequestRefused(Exception):
    """What was asked cannot be taken or done; ``code`` says why, with ``values`` for its sentence."""

    def __init__(self, code: StrEnum, values: Mapping[str, int] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.values = values or {}
