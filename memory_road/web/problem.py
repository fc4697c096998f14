"""Errors as programs read them: problem details (RFC 9457), with the same sentences as on pages."""

import json
from typing import Any

from flask import Response, request
from flask_babel import gettext

from memory_road.archive.gone import GoneReason
from memory_road.archive.participant import Participant

MEDIA_TYPE = "application/problem+json"
FOR_PROGRAMS = ("/api/", "/iiif/")


def for_programs() -> bool:
    """Whether the present address is one that programs read."""
    return request.path.startswith(FOR_PROGRAMS)


def problem(status: int, title: str, sentence: str, **further: Any) -> Response:
    """The answer to a program; ``further`` are members beside those of the standard."""
    document = {"type": "about:blank", "title": title, "status": status, "detail": sentence, **further}
    response = Response(json.dumps(document, ensure_ascii=False), status=status, mimetype=MEDIA_TYPE)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def gone(participant: Participant) -> Response:
    """The answer about an entry that was taken down, with the reason that everybody may read."""
    reason = gettext(GoneReason(participant.gone_reason).wording) if participant.gone_reason else ""  # pyright: ignore[reportCallIssue] -- a term is called with its value alone
    return problem(410, gettext("This entry was taken down"), reason, reason=participant.gone_reason)
