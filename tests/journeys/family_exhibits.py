"""The pages on which relatives and the desk settle whose an entry is, what is wrong in it, and who learns of whom."""

import re
import secrets
from collections.abc import Callable
from email.message import EmailMessage

from benchmarks.sender import Answer, Fields, Sender
from tests.journeys.exhibit import Exhibit
from tests.journeys.people import KIN, MODERATOR, RELATIVE
from tests.journeys.steps import ADDRESS
from tests.smtp import text_of

INVITED = "invited@example.org"


def build(
    session_of: Callable[[str], Sender],
    letters_to: Callable[[str, int], list[EmailMessage]],
    entries: tuple[str, str],
    word: str,
) -> list[Exhibit]:
    """Two relatives of the first of RELATIVE's ``entries`` ask, answer, write and differ, in words with ``word``; of
    the second everything waits still. Gives the pages on which all of that is seen."""
    relative, kin, desk = (session_of(person.email) for person in (RELATIVE, KIN, MODERATOR))
    settled, waiting = (f"/my/entries/{entry}" for entry in entries)
    said = f"Это моя бабушка {word}. " * 7
    asking: Fields = {"relationship": "great_grandchild", "words": said}

    granted = _led(kin.post(f"/en{settled}/takeover", asking))
    relative.post(f"/en{settled}/takeover/{granted}", {"answer": "agrees", "words": said})
    desk.post(f"/en/moderate/families/care/{granted}", {"decision": "granted", "words": said})
    invitation = _invitation(kin, settled, said, letters_to)
    kin.post(f"/en{settled}/successor", {"name": word[:60], "email": "successor@example.org"})
    for person in (relative, kin):
        person.post(f"/en{settled}/relatives", {"wished": "yes"})
    other = _found(rf"/en{settled}/relatives/([0-9a-z]+)", kin.get(f"/en{settled}/relatives").text)
    kin.post(f"/en{settled}/relatives/{other}", {"words": said})

    asked = _led(kin.post(f"/en{waiting}/takeover", asking))
    kin.post(f"/en{waiting}/dispute", {"subject": word[:60], "words": said})
    takedown = _led(relative.post(f"/en{waiting}/takedown", {"ground": "living_person", "words": said}))
    families, requests = desk.get("/en/moderate/families").text, desk.get("/en/moderate/requests").text
    dispute = _found(r"/moderate/families/disputes/([0-9a-z]+)", families)
    message = _found(r"/moderate/families/messages/([0-9a-z]+)", families)
    report = _found(r"/moderate/requests/([0-9a-z]+)", requests)
    taken = _led(relative.post(f"/en{settled}/takedown", {"ground": "other", "words": said}))
    desk.post(f"/en/moderate/requests/{taken}/claim")
    correction = _led(kin.post(f"/en/contribute/about/{entries[1]}", {"form_key": secrets.token_urlsafe(32)}))
    return [
        Exhibit("entries", "/my/entries", KIN.email),
        Exhibit("entry-in-care", settled, KIN.email),
        Exhibit("entry-of-others", waiting, KIN.email),
        Exhibit("hand-over", f"{settled}/hand-over", KIN.email),
        Exhibit("invitation", invitation),
        Exhibit("invitation-unknown", "/care/unknown"),
        Exhibit("successor", f"{settled}/successor", KIN.email),
        Exhibit("ask-care", f"{waiting}/takeover", MODERATOR.email),
        Exhibit("care-asked", f"/my/requests/care/{asked}", KIN.email),
        Exhibit("answer-kin", f"{waiting}/takeover/{asked}", RELATIVE.email),
        Exhibit("dispute", f"{waiting}/dispute", KIN.email),
        Exhibit("dispute-new", f"{settled}/dispute", RELATIVE.email),
        Exhibit("relatives", f"{settled}/relatives", KIN.email),
        Exhibit("relative", f"{settled}/relatives/{other}", KIN.email),
        Exhibit("takedown-new", f"{waiting}/takedown", KIN.email),
        Exhibit("request", f"/my/requests/{takedown}", RELATIVE.email),
        Exhibit("correction-begun", f"/contribute/{correction}", KIN.email),
        Exhibit("families", "/moderate/families", MODERATOR.email),
        Exhibit("families-care", f"/moderate/families/care/{asked}", MODERATOR.email),
        Exhibit("families-dispute", f"/moderate/families/disputes/{dispute}", MODERATOR.email),
        Exhibit("families-message", f"/moderate/families/messages/{message}", MODERATOR.email),
        Exhibit("requests-waiting", "/moderate/requests", MODERATOR.email),
        Exhibit("request-at-the-desk", f"/moderate/requests/{report}", MODERATOR.email),
        Exhibit("request-taken", f"/moderate/requests/{taken}", MODERATOR.email),
    ]


def _invitation(kin: Sender, entry: str, words: str, letters_to: Callable[[str, int], list[EmailMessage]]) -> str:
    """The address in the letter to somebody who is invited to take an entry's care, without its language."""
    _led(kin.post(f"/en{entry}/hand-over", {"email": INVITED, "words": words}))
    letter = text_of(letters_to(INVITED, 1)[0])
    return _found(r"/[a-z]{2}(/care/\S+)", " ".join(ADDRESS.findall(letter)))


def _led(answer: Answer) -> str:
    """The id at the end of the address to which a form leads."""
    assert answer.status == 303, f"{answer.status}: {re.findall('<li><a href=.*?</li>', answer.text)}"
    return answer.location.partition("?")[0].rsplit("/", 1)[-1]


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found is not None, f"there is {pattern}"
    return found[1]
