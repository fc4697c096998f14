"""Random identifiers that can be read out over the telephone."""

import secrets
import unicodedata

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32, in lower case: no i, l, o and u."""
LENGTH = 9
BITS = 5 * LENGTH
GROUP = 3
MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1"})
CYRILLIC = str.maketrans("авекмнорстухзі", "abekmh0pctyx31")
"""What somebody types who reads a number from paper and has a Russian keyboard before them: letters of the same
shape."""


def new_identifier() -> str:
    """Nine random characters, 45 bits: with a hundred million entries one more collides once in 350 thousand times,
    and the primary key refuses it."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def numbered(number: int) -> str:
    """The identifier that stands at ``number`` among all that can be, in the order of the alphabet; the first is 0."""
    return "".join(ALPHABET[number >> place & 31] for place in range(BITS - 5, -5, -5))


def number_of(identifier: str) -> int:
    """Where an identifier stands among all that can be."""
    number = 0
    for character in identifier:
        number = number << 5 | ALPHABET.index(character)
    return number


def normal_identifier(text: str) -> str:
    """The identifier that somebody who typed ``text`` meant: case, spaces, hyphens and the letters that look like
    digits do not count (Crockford's rules), nor whether a letter is Cyrillic."""
    letters = (letter for letter in text.lower() if not letter.isspace() and unicodedata.category(letter) != "Pd")
    return "".join(letters).translate(CYRILLIC).translate(MISREAD)


def spoken(identifier: str) -> str:
    """An identifier in groups, as it is shown and read out: ``k2m 4n6 p1q``. The spaces do not break, so that it stays
    in one line."""
    return "\u00a0".join(identifier[place : place + GROUP] for place in range(0, len(identifier), GROUP))


def is_identifier(text: str) -> bool:
    """Whether ``text`` can be an identifier at all: what comes from an address may hold anything, a NUL among it, which
    PostgreSQL takes in no comparison."""
    return len(text) == LENGTH and set(text) <= set(ALPHABET)
