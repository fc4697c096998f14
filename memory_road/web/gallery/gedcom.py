"""An entry as a file that programs of family trees read (GEDCOM 7)."""

from datetime import UTC

from flask import Blueprint, Response, abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from memory_road import __version__
from memory_road.accounts.permissions import Audience
from memory_road.archive.participant import Participant
from memory_road.archive.queries import shown
from memory_road.facts.names import slug
from memory_road.facts.public import public_facts
from memory_road.gedcom.write import PublicPicture, Source, written
from memory_road.web.addresses import short_address
from memory_road.web.audience import audience
from memory_road.web.edge import parts
from memory_road.web.language import language, site_name

family_file = Blueprint("family_file", __name__, url_prefix="/<lang>/people/<participant_id>")
MEDIA_TYPE = "text/vnd.familysearch.gedcom"


@family_file.get("/gedcom")
@audience(Audience.EVERYONE)
def of_entry(participant_id: str) -> ResponseReturnValue:
    """The file, to be kept. Of an entry that was taken down its page says so."""
    participant = shown(participant_id)
    if participant is None:
        abort(404)
    if participant.gone_at is not None:
        return redirect(url_for("gallery.person", participant_id=participant.id))
    if participant.id != participant_id:
        return redirect(url_for("family_file.of_entry", participant_id=participant.id), 301)
    file = written(public_facts(participant.facts), _source(participant), gettext)
    response = Response(file, mimetype=MEDIA_TYPE)
    name = slug(participant.facts).strip("-") or participant.id
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ged"'
    return response


def _source(participant: Participant) -> Source:
    return Source(
        site=site_name(),
        version=__version__,
        base=short_address(participant.id).removesuffix(participant.id),
        number=participant.id,
        language=language(),
        told_in=participant.language,
        changed=participant.updated_at.astimezone(UTC).date().isoformat(),
        pictures=tuple(
            PublicPicture(
                f"{parts().settings.base_url}/media/{kept.key}-{size['name']}", size["media_type"], kept.caption
            )
            for kept in participant.photographs
            for size in kept.sizes
            if size["name"] == "share.jpg" and not kept.veiled
        ),
    )
