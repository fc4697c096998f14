"""The suggestions beside a field, in the reader's language. Read once in a request, from a few rows."""

from collections.abc import Sequence

from flask import g
from flask_babel import gettext

from memory_road.contributions.suggestion import SHIPPED, Vocabulary, suggestions
from memory_road.web.language import language

VOCABULARIES = {words: vocabulary for vocabulary, words in SHIPPED.items()}


def suggested(shipped: tuple[str, ...]) -> Sequence[str]:
    """What is suggested in place of the ``shipped`` suggestions of a fact."""
    vocabulary = VOCABULARIES.get(shipped)
    if vocabulary is None:
        return [gettext(words) for words in shipped]
    kept = g.setdefault("suggested", {})
    if vocabulary not in kept:
        kept[vocabulary] = _of(vocabulary)
    return kept[vocabulary]


def _of(vocabulary: Vocabulary) -> Sequence[str]:
    current = [each for each in suggestions(vocabulary) if not each.retired]
    words = [each.words if each.id else gettext(each.words) for each in current if each.language in {"", language()}]
    return list(dict.fromkeys(words))  # what was added may be how a shipped one is said
