"""Random identifiers that can be read out over the telephone."""

import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32, in lower case: no i, l, o and u."""
LENGTH = 9
MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1", "-": "", " ": ""})


def new_identifier() -> str:
    """Nine random characters, 45 bits: with a hundred million entries one more collides once in 350 thousand times,
    and the primary key refuses it."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normal_identifier(text: str) -> str:
    """The identifier that somebody who typed ``text`` meant: case, hyphens and the letters that look like digits do not
    count (Crockford's rules)."""
    return text.lower().translate(MISREAD)


def is_identifier(text: str) -> bool:
    """Whether ``text`` can be an identifier at all: what comes from an address may hold anything, a NUL among it, which
    PostgreSQL takes in no comparison."""
    return len(text) == LENGTH and set(text) <= set(ALPHABET)
