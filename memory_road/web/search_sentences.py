"""What is said when a search cannot be kept."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from memory_road.searches.refusal import SearchRefusal

SEARCH_REFUSALS: dict[SearchRefusal, object] = {
    SearchRefusal.TOO_WIDE: _l(
        "Very many people would fit this search. Please go back and add a name, a place, a unit, a place of work or an "
        "award."
    ),
    SearchRefusal.TOO_MANY_SEARCHES: _l(
        "We look for twenty searches of yours already. Please end one of them first, then press the button once more."
    ),
    SearchRefusal.LETTERS_ENOUGH: _l(
        "Several letters have gone to this address already. Please open the newest one and follow its link, or ask "
        "again tomorrow."
    ),
    SearchRefusal.SEARCHES_FROM_YOU: _l(
        "Very many searches have come from your connection. Please ask again tomorrow: keep the page open, what you "
        "typed stays here."
    ),
    SearchRefusal.SEARCHES_IN_ALL: _l(
        "Very many searches have reached us in this hour, and we cannot take more just now. Please ask again in an "
        "hour: keep the page open, what you typed stays here."
    ),
}

SEARCH_NOTICES: dict[str, object] = {
    "search_kept": _l("We look for it from now on for a year, and write to you when somebody new fits."),
    "search_ended": _l("We look for it no more."),
    "searches_ended": _l("All your searches have ended. We write to you about them no more."),
}

FIELD_OF_SEARCH: dict[StrEnum, str] = {SearchRefusal.LETTERS_ENOUGH: "email"}
"""At which field of a form a sentence stands."""
