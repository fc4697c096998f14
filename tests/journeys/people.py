"""Who has an account at the portal of the journeys."""

from benchmarks.served import Person

RELATIVE = Person("relative@example.org", "three plain words")
MODERATOR = Person("moderator@example.org", "three plain words", "moderator", "Berezka")
SECOND_MODERATOR = Person("second@example.org", "three plain words", "moderator", "Ryabina")
PEOPLE = {person.email: person for person in (RELATIVE, MODERATOR, SECOND_MODERATOR)}
