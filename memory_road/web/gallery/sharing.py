"""The card that other sites show beside a link to an entry, drawn when one of them asks for it."""

from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from babel.core import get_global
from flask import Blueprint, Response, abort, url_for
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience
from memory_road.archive.participant import Participant
from memory_road.archive.photograph import Photograph
from memory_road.archive.queries import entry
from memory_road.facts.names import given_names, initials
from memory_road.facts.transliterate import spelt_for
from memory_road.facts.vocabulary import PhotographKind
from memory_road.media.share_card import CardWords, Fonts, draw_card
from memory_road.media.sizes import by_width, of_cards
from memory_road.media.store import FileMissing
from memory_road.web.audience import audience
from memory_road.web.built import asset_file
from memory_road.web.caching import A_DAY
from memory_road.web.edge import parts
from memory_road.web.entry import years
from memory_road.web.language import language, site_name
from memory_road.web.pace import MINUTE, Pace

sharing = Blueprint("sharing", __name__, url_prefix="/<lang>/people/<participant_id>")
LARGE_ENOUGH = 640
MOST_A_MINUTE = 120
"""Cards that a process draws: four seconds of a processor. Whoever comes then is asked to come again."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Where the card of an entry is, and the page's language with the country where most of its readers are, as Open
    Graph asks: ``ru_RU``."""

    card: str
    locale: str


class TooMany(Exception):
    """Too many cards were drawn in the last minute."""


PACE = Pace(MOST_A_MINUTE)


@sharing.get("/card.jpg")
@audience(Audience.EVERYONE)
def card(participant_id: str) -> ResponseReturnValue:
    """The card of an entry, with the page's language beside the name's own. Whatever follows a question mark only
    makes it another address, so that nobody keeps an old one."""
    found = entry(participant_id)
    if found is None:
        abort(404)
    try:
        drawn = _drawn(_words(found), _portrait(found))
    except FileMissing:
        abort(404)  # it is just taken down, or published anew
    except TooMany:
        return Response(status=503, headers={"Retry-After": f"{MINUTE:.0f}"})
    return Response(drawn, mimetype="image/jpeg", headers={"Cache-Control": A_DAY})


def shared(participant: Participant) -> Shared:
    """What the page of an entry tells other sites; its card has another address after every change."""
    edition = format(crc32(participant.edition.encode()), "x")
    card = parts().settings.base_url + url_for("sharing.card", participant_id=participant.id, v=edition)
    country = get_global("likely_subtags")[language()].rpartition("_")[2]
    return Shared(card, f"{language()}_{country}")


def _words(participant: Participant) -> CardWords:
    facts = participant.facts
    spelling = spelt_for(f"{given_names(facts)} {facts['surname']}", language())
    return CardWords(
        surname=str(facts["surname"]),
        given=given_names(facts),
        also=spelling.text if spelling else "",
        years=years(facts, language()),
        site=site_name(),
        initials=initials(facts),
    )


def _portrait(participant: Participant) -> str:
    """The file of the face that stands on the card; none where it is veiled."""
    shown = next((kept for kept in participant.photographs if PhotographKind.PORTRAIT.equals(kept.kind)), None)
    return "" if shown is None or shown.veiled else f"public/{shown.key}-{_name(shown)}"


def _name(photograph: Photograph) -> str:
    sizes = of_cards(photograph.sizes) or by_width(photograph.sizes)
    return next((size["name"] for size in sizes if size["width"] >= LARGE_ENOUGH), sizes[-1]["name"])


@lru_cache(maxsize=64)  # 5 MB: a link that many read is drawn once
def _drawn(words: CardWords, portrait: str) -> bytes:
    if not PACE.allows():
        raise TooMany
    serif = "paper/DejaVuSerifCondensed"
    fonts = Fonts(*(asset_file(f"{serif}{cut}.ttf") for cut in ("", "-Bold", "-Italic")))
    if not portrait:
        return draw_card(words, None, fonts)
    with parts().store.open(portrait) as file:
        return draw_card(words, file.read(), fonts)
