"""How an entry is cited, and the square code of its short address, for what is printed or cut into stone."""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

import segno
from flask import Blueprint, Response, abort, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from memory_road.accounts.permissions import Audience
from memory_road.archive.participant import Participant
from memory_road.archive.queries import entry
from memory_road.web.audience import audience
from memory_road.web.caching import A_DAY
from memory_road.web.edge import parts
from memory_road.web.entry import EntryView
from memory_road.web.language import site_name
from memory_road.web.moments import day

citing = Blueprint("citing", __name__)
QUIET_ZONE = 4
"""Modules of white around the code, as ISO/IEC 18004 asks."""


@dataclass(frozen=True, slots=True)
class Citation:
    """What somebody copies who cites an entry, in one line, and the address of its square code."""

    text: str
    square: str


def citation(participant: Participant, view: EntryView) -> Citation:
    """How the entry is cited as it stands now: whom it is about, where it is, and when it was last changed."""
    who = ", ".join(part for part in (view.full_name, view.years) if part)
    changed = gettext("Last changed on %(day)s", day=day(participant.updated_at))
    text = f"{who}. {site_name()}. {view.short_address}. {changed}."
    return Citation(text, url_for("citing.square", participant_id=participant.id))


@citing.get("/p/<participant_id>/qr.svg")
@audience(Audience.EVERYONE)
def square(participant_id: str) -> ResponseReturnValue:
    """The QR code of the short address, dark on white in any scheme."""
    found = entry(participant_id)
    if found is None:
        abort(404)
    drawn = _drawn(f"{parts().settings.base_url}/p/{found.id}")
    return Response(drawn, mimetype="image/svg+xml", headers={"Cache-Control": A_DAY})


@lru_cache(maxsize=1000)  # one takes 7 ms, and 1.5 kB
def _drawn(address: str) -> bytes:
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", border=QUIET_ZONE, dark="#000", light="#fff", xmldecl=False, omitsize=True
    )
    return drawn.getvalue()
