"""Suggestions below the search box while a name is being typed: for its script, as JSON."""

from flask import Blueprint, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from memory_road.accounts.flood import line_of
from memory_road.accounts.permissions import Audience
from memory_road.archive.suggest import Suggested, suggested
from memory_road.facts.transliterate import reader_of
from memory_road.web.audience import audience
from memory_road.web.gallery.asked import LONGEST_QUERY
from memory_road.web.gallery.cards import years_of
from memory_road.web.language import language
from memory_road.web.pace import MINUTE, PaceOfEach

suggesting = Blueprint("suggesting", __name__, url_prefix="/<lang>/suggest")
MOST_A_MINUTE = 1200
"""So often one line is answered by each process: a school class shares it, and each types a few letters a second."""
PACE = PaceOfEach(MOST_A_MINUTE)


@suggesting.get("")
@audience(Audience.EVERYONE)
def people() -> ResponseReturnValue:
    """People whose names begin with ``q``. Whoever asks too often gets nothing, and the search goes on without it."""
    line = line_of(request.remote_addr or "")
    if line is not None and not PACE.allows(line):
        return jsonify([]), 429, {"Retry-After": f"{MINUTE:.0f}"}
    typed = request.args.get("q", "")[:LONGEST_QUERY]
    return jsonify([_said(each) for each in suggested(typed)])


def _said(each: Suggested) -> dict[str, str]:
    return {
        "page": url_for("gallery.person", participant_id=each.id, name=each.slug),
        "name": f"{each.surname} {each.given}",
        "also": each.spelt.get(reader_of(language()), ""),
        "years": years_of(each.birth, each.death, language()),
    }
