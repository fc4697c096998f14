"""Sentences about requests: why one cannot be taken, and what is said when it was."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from memory_road.requests.refusal import RequestRefusal, RequestRefused
from memory_road.web.counted import lazy_ngettext, said
from memory_road.web.entry_sentences import ENTRY_REFUSALS, FIELD_OF_ENTRY
from memory_road.web.kinship import FAMILY_REFUSALS, FIELD_OF_FAMILY
from memory_road.web.people_sentences import PEOPLE_REFUSALS
from memory_road.web.search_sentences import FIELD_OF_SEARCH, SEARCH_REFUSALS

REQUEST_REFUSALS: dict[RequestRefusal, object] = {
    RequestRefusal.NOT_FOUND: _l("There is no such request here. Please compare its number or address once more."),
    RequestRefusal.GROUND_MISSING: _l("Please choose what it is about."),
    RequestRefusal.WORDS_MISSING: _l("Please tell us in your own words. One sentence is enough."),
    RequestRefusal.WORDS_TOO_LONG: lazy_ngettext(
        "This is %(length)s character long, and %(most)s fit. Please shorten it.",
        "This is %(length)s characters long, and %(most)s fit. Please shorten it.",
        by="length",
    ),
    RequestRefusal.WORDS_UNREADABLE: _l("There are invisible characters in this text. Please type it by hand."),
    RequestRefusal.EMAIL_WRONG: _l("This is not an e-mail address. It looks like name@example.org."),
    RequestRefusal.TRAP_FILLED: _l("The last field is a trap for programs. Please leave it empty and send it again."),
    RequestRefusal.FLOOD_FROM_YOU: _l(
        "Very many messages have come from your connection in this hour. Please send this one in an hour: keep the "
        "page open, what you typed stays here."
    ),
    RequestRefusal.FLOOD_ABOUT_ENTRY: _l(
        "Very many messages about this entry have come in this hour, so we know that something is the matter. If you "
        "have more to tell, please send it in an hour: keep the page open, what you typed stays here."
    ),
    RequestRefusal.FLOOD: _l(
        "Very many messages have reached us in this hour, and we cannot take more just now. Please send this one in an "
        "hour: keep the page open, what you typed stays here."
    ),
    RequestRefusal.ASKED_ALREADY: _l("You have asked this already. We are looking at it and will write to you."),
    RequestRefusal.TOO_MANY_OPEN: _l("Twenty of your requests wait already. Please let us answer them first."),
    RequestRefusal.CLOSED_ALREADY: _l(
        "This was answered in the meantime. Please read the answer here, then open the next case."
    ),
    RequestRefusal.OUTCOME_MISSING: _l("Please choose what came of it."),
    RequestRefusal.ANSWER_MISSING: _l("Please write an answer: somebody waits for it."),
    RequestRefusal.NOT_TAKEN_DOWN: _l(
        "The entry is still shown. Take it down first, on its page at the desk, and then close this request."
    ),
    RequestRefusal.TAKEN_BY_ANOTHER: _l(
        "Another moderator has taken this request. Please leave the answer to them, and open the next case."
    ),
    RequestRefusal.UNDO_TOO_LATE: _l(
        "Whoever asked has been told by now, so the answer stays. If it was wrong, please tell a senior moderator."
    ),
    RequestRefusal.ASKED_AGAIN: _l(
        "Whoever asked has asked again meanwhile, so this answer stays. Please answer the new request in the queue."
    ),
}

ASKING_NOTICES: dict[str, object] = {
    "asked": _l("Thank you. We have it, and will write to you."),
    "answered": _l("Closed. Whoever asked is told soon, where there is an address."),
}

FIELD_OF: dict[RequestRefusal, str] = {
    RequestRefusal.GROUND_MISSING: "ground",
    RequestRefusal.WORDS_MISSING: "words",
    RequestRefusal.WORDS_TOO_LONG: "words",
    RequestRefusal.WORDS_UNREADABLE: "words",
    RequestRefusal.EMAIL_WRONG: "email",
    RequestRefusal.TRAP_FILLED: "website",
    RequestRefusal.OUTCOME_MISSING: "outcome",
    RequestRefusal.ANSWER_MISSING: "words",
    RequestRefusal.NOT_TAKEN_DOWN: "outcome",
}
"""At which field of a form a sentence stands."""


SENTENCES: dict[StrEnum, object] = {
    **REQUEST_REFUSALS,
    **FAMILY_REFUSALS,
    **ENTRY_REFUSALS,
    **PEOPLE_REFUSALS,
    **SEARCH_REFUSALS,
}
FIELDS: dict[StrEnum, str] = {**FIELD_OF, **FIELD_OF_FAMILY, **FIELD_OF_ENTRY, **FIELD_OF_SEARCH}


def request_sentence(refused: RequestRefused) -> str:
    """Why something cannot be taken or done, and what to do instead."""
    return said(SENTENCES[refused.code], refused.values)


def at_its_field(refused: RequestRefused) -> dict[str, str]:
    """The sentence by the name of the field that it belongs to."""
    return {FIELDS.get(refused.code, "form"): request_sentence(refused)}
