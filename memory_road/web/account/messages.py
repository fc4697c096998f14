"""What Flask-Security says, in the portal's words: what is the matter and what to do."""

from memory_road.facts.vocabulary import label

MESSAGES: dict[str, tuple[str, str]] = {
    "GENERIC_AUTHN_FAILED": (
        label("The address or the password is not right. Check both, or let us send you a code."),
        "error",
    ),
    "EMAIL_NOT_PROVIDED": (label("Please write your e-mail address."), "error"),
    "INVALID_EMAIL_ADDRESS": (label("This is not an e-mail address. It looks like name@example.org."), "error"),
    "PASSWORD_NOT_PROVIDED": (label("Please write a password."), "error"),
    "PASSWORD_INVALID_LENGTH": (
        label("The password is too short. It needs this many characters or more: %(length)s."),
        "error",
    ),
    "RETYPE_PASSWORD_MISMATCH": (label("The two passwords differ. Please type the new one twice."), "error"),
    "INVALID_PASSWORD": (label("This is not your current password. Please type it again."), "error"),
    "PASSWORD_IS_THE_SAME": (label("This is the password you had. Please choose another one."), "error"),
    "PASSWORD_CHANGE": (label("Your password is changed."), "success"),
    "PASSWORD_RESET": (label("Your password is changed."), "success"),
    "PASSWORD_RESET_NO_LOGIN": (label("Your password is changed. Please sign in with it."), "success"),
    "PASSWORD_RESET_REQUEST": (
        label("If %(email)s has an account here, a letter with a link is on its way. Please check your e-mail."),
        "info",
    ),
    "PASSWORD_RESET_EXPIRED": (label("This link is too old. Please ask for a new one."), "error"),
    "INVALID_RESET_PASSWORD_TOKEN": (
        label("This link does not work: it was used already, or not copied whole. Please ask for a new one."),
        "error",
    ),
    "CONFIRM_REGISTRATION": (label("Thank you. One step is left: the code from our letter."), "info"),
    "CONFIRMATION_REQUEST": (
        label("If %(email)s waits to be confirmed, a letter is on its way. Please check your e-mail."),
        "info",
    ),
    "CONFIRMATION_REQUIRED": (label("This address is not confirmed yet. Please open the link in our letter."), "error"),
    "CONFIRMATION_EXPIRED": (label("This link is too old. Please let us send a new one."), "error"),
    "INVALID_CONFIRMATION_TOKEN": (
        label("This link does not work: it was not copied whole, or is not the newest. Please ask for a new one."),
        "error",
    ),
    "EMAIL_CONFIRMED": (label("Thank you, your address is confirmed. Now you can sign in."), "success"),
    "ALREADY_CONFIRMED": (label("Your address is confirmed already. You can sign in."), "info"),
    "DISABLED_ACCOUNT": (
        label("This account is suspended. Please write to us if you think that this is a mistake."),
        "error",
    ),
    "UNAUTHENTICATED": (label("Please sign in first."), "info"),
    "LOGIN": (label("Please sign in first."), "info"),
    "UNAUTHORIZED": (label("You cannot open this page."), "error"),
    "ANONYMOUS_USER_REQUIRED": (label("You are signed in already."), "info"),
    "INVALID_REDIRECT": (label("Please sign in again from the first page."), "error"),
    "USER_DOES_NOT_EXIST": (
        label("The address or the password is not right. Check both, or let us send you a code."),
        "error",
    ),
}
SUSPENDED = MESSAGES["DISABLED_ACCOUNT"][0]
"""What an account that is suspended is answered wherever it signs in."""
