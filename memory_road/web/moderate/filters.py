"""The filters of the queue: as the address says them, as choices, and kept from case to case."""

from datetime import timedelta
from typing import Any

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from memory_road.cases import CaseKind
from memory_road.contributions.flag import Flag
from memory_road.facts.read import COUNTRIES
from memory_road.facts.vocabulary import Category
from memory_road.moderation.wanted import Wanted
from memory_road.web.countries import countries as country_names
from memory_road.web.edge import parts
from memory_road.web.language import language

NAMES = ("kind", "language", "country", "category", "waits", "flagged", "mine")
"""Their names in addresses."""
KINDS: dict[CaseKind, object] = {
    CaseKind.ENTRY: _l("New entry"),
    CaseKind.CORRECTION: _l("Correction"),
    CaseKind.REPORT: _l("A visitor reports a problem"),
    CaseKind.TAKEDOWN: _l("A relative asks for a takedown"),
    CaseKind.APPEAL: _l("Appeal"),
}
FLAGS: dict[Flag, object] = {
    Flag.UNLIKELY: _l("something is unlikely"),
    Flag.LOOK_TWICE: _l("a moderator asks to look twice"),
    Flag.KNOWN_PICTURE: _l("a picture is known already"),
    Flag.MANY_AT_ONCE: _l("the sender has sent very much at once"),
}
AGES: dict[str, timedelta] = {"day": timedelta(days=1), "week": timedelta(weeks=1), "month": timedelta(days=30)}
AGE_WORDS: dict[str, object] = {"day": _l("a day"), "week": _l("a week"), "month": _l("a month")}


def wanted() -> Wanted:
    """The filters that the address sets; what is no filter of ours is left out."""
    said = request.args.get
    kind, category, country = said("kind", ""), said("category", ""), said("country", "")
    return Wanted(
        kind=CaseKind(kind) if kind in set(CaseKind) else None,
        language=said("language", "") if said("language") in parts().settings.languages else "",
        country=country if country in COUNTRIES else "",
        category=Category(category) if category in set(Category) else None,
        waits_for=AGES.get(said("waits", "")),
        flagged=said("flagged") == "yes",
        mine=said("mine") == "yes",
    )


def kept() -> dict[str, Any]:
    """The filters of the address, for the addresses that follow: after a decision the next case is one of the same."""
    return {name: value for name in NAMES if (value := request.args.get(name, "")) and len(value) <= 20}


def countries() -> list[tuple[str, str]]:
    """All countries in the reader's language, in alphabetical order."""
    return country_names(language())


def categories() -> list[tuple[str, str]]:
    """The kinds of participants and their wordings."""
    return [(each.value, gettext(each.wording)) for each in Category]
