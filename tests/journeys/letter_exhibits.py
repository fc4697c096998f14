"""The pages behind the links of letters."""

import re
from collections.abc import Callable
from email.message import EmailMessage

from benchmarks.sender import Sender
from tests.journeys.exhibit import Exhibit
from tests.journeys.exhibits import SEARCHER
from tests.journeys.people import KIN, RELATIVE
from tests.smtp import text_of

NEW_PASSWORD = re.compile(r"/[a-z]{2}(/account/reset/\S+)")
CONFIRM_SEARCH = re.compile(r"/[a-z]{2}(/searches/confirm/\S+)")
NO_MORE_LETTERS = re.compile(r"/[a-z]{2}(/letters/[^>\s]+)")


def build(visitor: Sender, letters_to: Callable[[str, int], list[EmailMessage]]) -> list[Exhibit]:
    """``visitor`` asks for a new password of KIN's; to RELATIVE decisions have been told, and
    SEARCHER was asked whether a search is to be kept."""
    page = visitor.get("/en/account/reset")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert token is not None, "the page has a form"
    visitor.token = token[1]
    assert visitor.post("/en/account/reset", {"email": KIN.email}).status in {200, 302, 303}
    return [
        Exhibit("new-password-chosen", _link(NEW_PASSWORD, text_of, KIN.email, letters_to)),
        Exhibit("confirm-search", _link(CONFIRM_SEARCH, text_of, SEARCHER, letters_to)),
        Exhibit("letters", _link(NO_MORE_LETTERS, _leave, RELATIVE.email, letters_to)),
    ]


def _link(
    wanted: re.Pattern[str],
    where: Callable[[EmailMessage], str],
    receiver: str,
    letters_to: Callable[[str, int], list[EmailMessage]],
) -> str:
    """The first address of a kind in a letter to ``receiver``, without its language; waits until it has come."""
    letters = letters_to(receiver, 1)
    while not (found := [link[1] for letter in letters if (link := wanted.search(where(letter)))]):
        letters = letters_to(receiver, len(letters) + 1)
    return found[0]


def _leave(letter: EmailMessage) -> str:
    return str(letter["List-Unsubscribe"])
