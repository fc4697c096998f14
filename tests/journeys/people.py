"""Who has an account at the portal of the journeys, and whom they tell about."""

import secrets

from benchmarks.served import Person

RELATIVE = Person("relative@example.org", "three plain words")
MODERATOR = Person("moderator@example.org", "three plain words", "moderator", "Berezka")
SECOND_MODERATOR = Person("second@example.org", "three plain words", "moderator", "Ryabina")
PEOPLE = {person.email: person for person in (RELATIVE, MODERATOR, SECOND_MODERATOR)}


def new_surname() -> str:
    """A surname that nobody else at the portal has."""
    return "Верещ" + "".join(secrets.choice("абвгдежзиклмнопрсту") for _ in range(8)) + "на"
