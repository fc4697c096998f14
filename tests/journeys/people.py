"""Who has an account at the portal of the journeys, and whom they tell about."""

import re
import secrets
import time
from collections.abc import Callable

from benchmarks.sender import Sender
from benchmarks.served import Person

RELATIVE = Person("relative@example.org", "three plain words")
KIN = Person("kin@example.org", "three plain words")
MODERATOR = Person("moderator@example.org", "three plain words", "moderator", "Berezka")
SECOND_MODERATOR = Person("second@example.org", "three plain words", "moderator", "Ryabina")
SENIOR = Person("senior@example.org", "three plain words", "senior_moderator", "Sosna")
ADMINISTRATOR = Person("admin@example.org", "three plain words", "administrator", "Dub")
CAREFUL = Person("careful@example.org", "three plain words", "moderator", "Lipa")
"""Takes a second step when signing in."""
SHORT_ADDRESS = re.compile(r"/p/[0-9a-z]{9}")
SECONDS_TO_PREPARE = 20.0
SECONDS_BETWEEN_LOOKS = 0.05
PEOPLE = {
    person.email: person for person in (RELATIVE, KIN, MODERATOR, SECOND_MODERATOR, SENIOR, ADMINISTRATOR, CAREFUL)
}


def new_surname() -> str:
    """A surname that nobody else at the portal has."""
    return "Верещ" + "".join(secrets.choice("абвгдежзиклмнопрсту") for _ in range(8)) + "на"


def publish(desk: Sender, contribution: str) -> str:
    """Claim a contribution, approve it as soon as its pictures are prepared, and wait until it is published; gives the
    entry's short address."""
    desk.decide(contribution, "claim")
    _until(lambda: desk.decide(contribution, "approve", {"nobody_living_exposed": "yes"}).status == 303)
    found: list[str] = []

    def is_published() -> bool:
        found.extend(SHORT_ADDRESS.findall(desk.get(f"/en/my/{contribution}").text))
        return bool(found)

    _until(is_published)
    return found[0]


def _until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS_TO_PREPARE
    while not done():
        assert time.monotonic() < deadline, "it is still not published"
        time.sleep(SECONDS_BETWEEN_LOOKS)
