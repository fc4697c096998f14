"""The map of birthplaces and burials: a page, the squares of a part of the map for its script, and who is in one."""

from flask import Blueprint, abort, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience
from memory_road.archive.on_map import FINER, entries_in, squares_in
from memory_road.archive.participant_place import COUNTED, FINEST, MapKind
from memory_road.archive.tally import tallied
from memory_road.facts.quadkey import middle_of
from memory_road.web.audience import audience
from memory_road.web.caching import TEN_MINUTES
from memory_road.web.countries import some_countries
from memory_road.web.gallery.cards import faces
from memory_road.web.language import language

mapping = Blueprint("mapping", __name__, url_prefix="/<lang>/map", template_folder="templates")
PARTS = range(COUNTED[0] - FINER - 1, COUNTED[-1] - FINER + 1)
"""The zooms of the map; at the first the whole world is seen."""


@mapping.get("")
@audience(Audience.EVERYONE)
def page() -> ResponseReturnValue:
    """The map, and below it the countries, which say the same without a script."""
    kind = MapKind.BURIAL if request.args.get("of") == MapKind.BURIAL else MapKind.BIRTH
    entries = tallied("country:")
    named = [(code, name, entries[code]) for code, name in some_countries(language(), entries.keys())]
    shown = {
        "kind": kind,
        "countries": sorted(named, key=lambda country: -country[2]),
        "least": PARTS[0],
        "most": PARTS[-1],
    }
    return render_template("gallery/map.html", **shown)


@mapping.get("/<kind>/<key>.json")
@audience(Audience.EVERYONE)
def squares(kind: str, key: str) -> ResponseReturnValue:
    """The squares of one part of the map: where the middle of each is, a place in it, how many are in it, and its
    page."""
    of, part = _known(kind, key)
    if len(part) not in PARTS:
        abort(404)
    found = [
        {
            "at": [round(degrees, 4) for degrees in middle_of(square.key)],
            "place": square.place,
            "entries": square.entries,
            "page": url_for("mapping.square", kind=of.value, key=square.key),
        }
        for square in squares_in(of, part)
    ]
    return jsonify(found), {"Cache-Control": TEN_MINUTES}


@mapping.get("/<kind>/<key>")
@audience(Audience.EVERYONE)
def square(kind: str, key: str) -> ResponseReturnValue:
    """Who is in one square of the map."""
    of, inside = _known(kind, key)
    cards, more = entries_in(of, inside)
    shown = faces(cards, language()) if cards else ""
    return render_template("gallery/map_square.html", kind=of, faces=shown, more=more, key=inside)


def _known(kind: str, key: str) -> tuple[MapKind, str]:
    if kind not in set(MapKind) or not 0 < len(key) <= FINEST or set(key) - set("0123"):
        abort(404)
    return MapKind(kind), key
