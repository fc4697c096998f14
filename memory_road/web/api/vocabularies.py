"""What facts are called, and the terms that they can have, for programs."""

from typing import Any

from flask_babel import force_locale, gettext

from memory_road.accounts.permissions import Audience
from memory_road.archive.gone import GoneReason
from memory_road.facts.fields import FIELDS, Field
from memory_road.facts.vocabulary import PhotographKind, Relationship, Term
from memory_road.web.api.schemas import Vocabularies
from memory_road.web.api.service import Reads
from memory_road.web.audience import audience
from memory_road.web.edge import parts

words = Reads("api_vocabularies", "/api/v1/vocabularies", "Words of the archive")


@words.route("")
@audience(Audience.EVERYONE)
@words.response(200, Vocabularies)
def listed() -> dict[str, Any]:
    """Names and kinds of all facts that are public, with their terms, in all languages of the site."""
    return {
        "languages": list(parts().settings.languages),
        "facts": [_described(field) for field in FIELDS if not field.private],
        "picture_kinds": _terms(PhotographKind),
        "relationships": _terms(Relationship),
        "reasons_of_takedown": _terms(GoneReason),
    }


def _described(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "kind": field.kind.name.lower(),
        "label": _said(field.label),
        "terms": _terms(field.terms) if field.terms is not None else [],
        "parts": [_described(part) for part in field.parts],
    }


def _terms(terms: type[Term]) -> list[dict[str, Any]]:
    return [{"value": term.value, "label": _said(term.wording)} for term in terms]


def _said(text: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for language in parts().settings.languages:
        with force_locale(language):
            said[language] = gettext(text)
    return said
