"""Why something about an account cannot be done. The edge has a sentence for each code."""

from enum import StrEnum

from memory_road.requests.refusal import RequestRefused


class PeopleRefusal(StrEnum):
    NO_SUCH_ACCOUNT = "no_such_account"
    ONESELF = "oneself"
    LAST_ADMINISTRATOR = "last_administrator"
    ROLE_MISSING = "role_missing"
    UNKNOWN_SCOPE = "unknown_scope"
    QUOTA_WRONG = "quota_wrong"
    PEN_NAME_TOO_LONG = "pen_name_too_long"
    STAFF_ADDRESS_WRONG = "staff_address_wrong"
    INVITED_ALREADY = "invited_already"
    STAFF_INVITATION_GONE = "staff_invitation_gone"
    FOR_ANOTHER_ADDRESS = "for_another_address"


class PeopleRefused(RequestRefused):
    """Something about an account cannot be done; ``code`` says why."""

    def __init__(self, code: PeopleRefusal) -> None:
        super().__init__(code)
