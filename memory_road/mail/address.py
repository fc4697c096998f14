"""A mail address that somebody typed, in the one form in which it is kept."""

from email_validator import EmailNotValidError, validate_email

LONGEST = 255


def mail_address(text: str) -> str | None:
    """The address in lower case and in letters that every mail server takes; ``None`` when ``text`` is none. Whether
    the mailbox exists is not asked."""
    try:
        found = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return None
    plain = (found.ascii_email or "").lower()
    return plain if 0 < len(plain) <= LONGEST else None
