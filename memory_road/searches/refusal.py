"""Why a search cannot be kept. The edge has a sentence for each code."""

from enum import StrEnum


class SearchRefusal(StrEnum):
    TOO_WIDE = "too_wide"
    TOO_MANY_SEARCHES = "too_many_searches"
    LETTERS_ENOUGH = "letters_enough"
    SEARCHES_FROM_YOU = "searches_from_you"
    SEARCHES_IN_ALL = "searches_in_all"
