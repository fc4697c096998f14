"""What is said of accounts: second steps, roles, invitations."""

from flask_babel import lazy_gettext as _l

PEOPLE_NOTICES: dict[str, object] = {
    "second_factor_added": _l("Added. You can now sign in with it."),
    "second_factor_removed": _l("Removed."),
}
"""Notices after a redirect, beside those of ``web.sentences``."""
