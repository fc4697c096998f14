"""A search in the words of the page's language."""

from flask_babel import gettext

from memory_road.searches.describe import described
from memory_road.searches.sought import Sought
from memory_road.web.language import language


def search_words(sought: Sought) -> list[tuple[str, str]]:
    """Its parts, each with its label."""
    return [
        (gettext(label), gettext(value) if is_term else value)
        for label, value, is_term in described(sought, language())
    ]
