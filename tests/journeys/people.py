"""Who has an account at the portal of the journeys, and whom they tell about."""

import secrets
import time

from benchmarks.sender import Answer, Sender
from benchmarks.served import Person

RELATIVE = Person("relative@example.org", "three plain words")
KIN = Person("kin@example.org", "three plain words")
MODERATOR = Person("moderator@example.org", "three plain words", "moderator", "Berezka")
SECOND_MODERATOR = Person("second@example.org", "three plain words", "moderator", "Ryabina")
SENIOR = Person("senior@example.org", "three plain words", "senior_moderator", "Sosna")
CAREFUL = Person("careful@example.org", "three plain words", "moderator", "Lipa")
"""Takes a second step when signing in."""
SECONDS_TO_PREPARE = 20.0
SECONDS_BETWEEN_LOOKS = 0.05
PEOPLE = {person.email: person for person in (RELATIVE, KIN, MODERATOR, SECOND_MODERATOR, SENIOR, CAREFUL)}


def new_surname() -> str:
    """A surname that nobody else at the portal has."""
    return "Верещ" + "".join(secrets.choice("абвгдежзиклмнопрсту") for _ in range(8)) + "на"


def publish(desk: Sender, contribution: str) -> Answer:
    """Claim a contribution and approve it as soon as its pictures are prepared; gives the last answer."""
    deadline = time.monotonic() + SECONDS_TO_PREPARE
    desk.decide(contribution, "claim")
    while True:
        answer = desk.decide(contribution, "approve", {"nobody_living_exposed": "yes"})
        if answer.status == 303:
            return answer
        assert time.monotonic() < deadline, f"it is still refused with {answer.status}"
        time.sleep(SECONDS_BETWEEN_LOOKS)
