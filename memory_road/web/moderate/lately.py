"""What the reader has just decided, and can still take back: it goes along with the address of the next page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request, url_for
from flask_babel import gettext

from memory_road.accounts.permissions import NotPermitted
from memory_road.accounts.tell import undo_time
from memory_road.contributions.lifecycle import State
from memory_road.contributions.move import Refused
from memory_road.contributions.queries import readable
from memory_road.facts.names import full_name
from memory_road.moderation.undo import undoable_by
from memory_road.moderation.undo_answer import answer_can_be_undone
from memory_road.requests.entry_request import EntryRequest
from memory_road.requests.queries import readable_request
from memory_road.requests.refusal import RequestRefused
from memory_road.web.edge import actor
from memory_road.web.sentences import STATES


@dataclass(frozen=True, slots=True)
class Lately:
    """A case, what became of it, and until when nobody is told; ``address`` shows it, ``undo`` takes it back."""

    name: str
    what: str
    until: datetime
    address: str
    undo: str


def to_undo(case_id: str) -> dict[str, Any]:
    """The part of an address that names what was just decided; nothing where nothing can be taken back."""
    return {"undo": case_id} if undo_time() else {}


def asked_to_undo() -> dict[str, Any]:
    """The same as the present address has it, to go on with."""
    named = request.args.get("undo")
    return {"undo": named} if named else {}


def just_decided() -> Lately | None:
    """What the address names, if the reader decided it and can still take it back."""
    named = request.args.get("undo", "")
    return (_contribution(named) or _answered(named)) if named else None


def _contribution(named: str) -> Lately | None:
    try:
        found = readable(named, actor())
    except Refused:
        return None
    if found.undo_until is None or not undoable_by(found, actor()):
        return None
    return Lately(
        full_name(found.facts or {}),
        str(STATES[State(found.state)]),
        found.undo_until,
        url_for("moderate.case", contribution_id=found.id),
        url_for("moderate.take_back", contribution_id=found.id),
    )


def _answered(named: str) -> Lately | None:
    try:
        found = readable_request(named, actor())
    except (RequestRefused, NotPermitted):
        return None
    return answered_lately(found)


def answered_lately(asked: EntryRequest) -> Lately | None:
    """An answer that the reader can take back; ``None``: they cannot."""
    if asked.closed_at is None or not answer_can_be_undone(asked, actor()):
        return None
    return Lately(
        asked.participant.called,
        gettext("Answered") if asked.answer else gettext("Closed"),
        asked.closed_at + undo_time(),
        url_for("request_desk.one", request_id=asked.id),
        url_for("request_desk.take_back", request_id=asked.id),
    )
