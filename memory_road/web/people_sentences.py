"""What is said of accounts: second steps, roles, invitations, suspension."""

from flask_babel import lazy_gettext as _l

from memory_road.accounts.permissions import Role
from memory_road.people.administration import Act
from memory_road.people.refusal import PeopleRefusal

ROLES: dict[str, object] = {
    Role.CONTRIBUTOR: _l("Contributor"),
    Role.MODERATOR: _l("Moderator"),
    Role.SENIOR_MODERATOR: _l("Senior moderator"),
    Role.ADMINISTRATOR: _l("Administrator"),
}

ACTS: dict[str, object] = {
    Act.ROLES: _l("Roles given"),
    Act.SCOPE: _l("Languages and countries given"),
    Act.PEN_NAME: _l("Pen name changed"),
    Act.QUOTA: _l("Room for pictures changed"),
    Act.SUSPENDED: _l("Suspended"),
    Act.LIFTED: _l("Let in again"),
    Act.SECOND_STEP_RESET: _l("Second step of signing in reset"),
    Act.INVITED: _l("Invited"),
    Act.INVITATION_TAKEN_BACK: _l("Invitation taken back"),
    Act.INVITATION_ACCEPTED: _l("Invitation accepted"),
}

PEOPLE_REFUSALS: dict[PeopleRefusal, object] = {
    PeopleRefusal.NO_SUCH_ACCOUNT: _l("There is no such account, or it was closed."),
    PeopleRefusal.ONESELF: _l("You cannot do this to your own account. Please ask another administrator."),
    PeopleRefusal.LAST_ADMINISTRATOR: _l(
        "This is the last administrator. Give somebody else that role first, so that the site is not left alone."
    ),
    PeopleRefusal.ROLE_MISSING: _l("Please choose a role from the list."),
    PeopleRefusal.UNKNOWN_SCOPE: _l("Please choose languages and countries from the lists."),
    PeopleRefusal.QUOTA_WRONG: _l("Please write a whole number of megabytes, or leave it empty for the usual room."),
    PeopleRefusal.PEN_NAME_TOO_LONG: _l("This pen name is too long: 100 characters fit."),
    PeopleRefusal.STAFF_ADDRESS_WRONG: _l("This is not an e-mail address. It looks like name@example.org."),
    PeopleRefusal.INVITED_ALREADY: _l("This account has that role already."),
    PeopleRefusal.STAFF_INVITATION_GONE: _l(
        "This invitation was used, taken back, or is older than 14 days. Please ask for a new one."
    ),
    PeopleRefusal.FOR_ANOTHER_ADDRESS: _l(
        "This invitation is for another e-mail address. Please sign in with the address that the letter came to."
    ),
}

PEOPLE_NOTICES: dict[str, object] = {
    "second_factor_added": _l("Added. You can now sign in with it."),
    "second_factor_removed": _l("Removed."),
    "roles_given": _l("The roles are saved, and hold at once."),
    "scope_given": _l("Languages and countries are saved, and hold at once."),
    "suspended": _l("Suspended: the account is signed out everywhere."),
    "lifted": _l("The account can sign in again."),
    "second_step_reset": _l("Reset: a letter tells them, and they choose anew at the desk."),
    "staff_invited": _l("A letter with the invitation is on its way."),
    "invitation_back": _l("Taken back: the link in the letter opens nothing any more."),
    "welcome_to_desk": _l("Welcome. This is the desk."),
}
"""Notices after a redirect, beside those of ``web.sentences``."""
