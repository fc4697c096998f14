"""What people write to us in their own words: cleaned, and refused when it is missing, too long or unreadable."""

from enum import StrEnum

from memory_road.facts.read import UNREADABLE, clean
from memory_road.mail.address import mail_address
from memory_road.requests.refusal import RequestRefusal, RequestRefused

LONGEST_WORDS = 4000


def words(text: str, missing: StrEnum = RequestRefusal.WORDS_MISSING, most: int = LONGEST_WORDS) -> str:
    """``text`` as it is kept. Raises ``RequestRefused``, with ``missing`` when nothing was written."""
    cleaned = optional_words(text, most)
    if not cleaned:
        raise RequestRefused(missing)
    return cleaned


def optional_words(text: str, most: int = LONGEST_WORDS) -> str:
    """``text`` as it is kept; it may be empty. Raises ``RequestRefused``."""
    cleaned = clean(text)
    if len(cleaned) > most:
        raise RequestRefused(RequestRefusal.WORDS_TOO_LONG, {"length": len(cleaned), "most": most})
    if UNREADABLE.search(cleaned):
        raise RequestRefused(RequestRefusal.WORDS_UNREADABLE)
    return cleaned


def address(text: str) -> str:
    """The mail address that somebody typed. Raises ``RequestRefused``."""
    found = mail_address(text)
    if found is None:
        raise RequestRefused(RequestRefusal.EMAIL_WRONG)
    return found
