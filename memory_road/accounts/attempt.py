"""How often somebody may try to get in, or have a letter sent: counted by the hour for all workers together, for the
address that was typed and for the line that it comes from. Known and unknown addresses are counted alike."""

from enum import StrEnum

from memory_road.accounts.flood import address_key, mailbox_key, take_turn


class Attempt(StrEnum):
    SIGN_IN = "sign_in"
    CODE = "code"
    LETTER = "letter"
    SECOND_FACTOR = "second_factor"


FOR_ONE_MAILBOX = {Attempt.SIGN_IN: 60, Attempt.CODE: 30, Attempt.LETTER: 6, Attempt.SECOND_FACTOR: 20}
FROM_ONE_LINE = {Attempt.SIGN_IN: 300, Attempt.CODE: 100, Attempt.LETTER: 60, Attempt.SECOND_FACTOR: 100}
"""In an hour. Schools and villages share one line."""
FOR_ONE_MAILBOX_FROM_ONE_LINE = {Attempt.SIGN_IN: 20, Attempt.CODE: 20, Attempt.LETTER: 6, Attempt.SECOND_FACTOR: 10}
"""Fewer: whoever tries somebody else's password does not lock them out at once."""


def may_attempt(attempt: Attempt, email: str, ip_address: str) -> bool:
    """Count one attempt; whether there were not too many. ``email`` is what was typed: where that is nothing, the line
    alone counts, since all who forget it would share one mailbox."""
    mailbox, line = mailbox_key(email), address_key(ip_address)
    turns = [take_turn(f"{attempt}:{line}", FROM_ONE_LINE[attempt])] if line else []
    if email.strip():
        turns += [
            take_turn(f"{attempt}:{mailbox}", FOR_ONE_MAILBOX[attempt]),
            take_turn(f"{attempt}:{mailbox_key(email + line)}:both", FOR_ONE_MAILBOX_FROM_ONE_LINE[attempt]),
        ]
    return all(turns)
